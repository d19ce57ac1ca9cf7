/** Terraform's JSON: configuration (`*.tf.json`), state (version 4), and what `terraform show -json` prints of a state. */

import { isRecord } from "../../model/json.ts";
import {
  addressOf,
  type ReadTerraform,
  type Resource,
  type TerraformFile,
  templateValue,
  type Value,
  WANTED,
} from "./resources.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Reads a JSON file of any of the three kinds, told apart by what it holds. */
export function readJson(source: TerraformFile): ReadTerraform {
  const { file, text } = source;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return nothing(`${file} was not read: it is not valid JSON`);
  }
  if (!isRecord(parsed)) return nothing(`${file} was not read: it is no Terraform file`);
  if (Array.isArray(parsed.resources) && "version" in parsed) return readState(source, parsed);
  if (isRecord(parsed.values)) return readShown(source, parsed.values);
  if ("format_version" in parsed) return nothing(`${file} was not read: it is a plan or an empty state`);
  return readConfiguration(source, parsed);
}

/** https://developer.hashicorp.com/terraform/language/state (format version 4, 2026-11) */
function readState({ file }: TerraformFile, state: Fields): ReadTerraform {
  if (state.version !== 4)
    return nothing(`${file} was not read: its state has version ${String(state.version)}, not 4`);
  const unread: string[] = [];
  const resources = listOf(state.resources).flatMap((raw) => {
    const { mode, type, name, module, provider } = raw;
    if (!isWanted(type) || typeof name !== "string") return [];
    const alias = typeof provider === "string" ? /\]\.([\w-]+)$/.exec(provider)?.[1] : undefined;
    return listOf(raw.instances).flatMap((instance): Resource[] => {
      const kind = mode === "data" ? "data" : "managed";
      const address = addressOf(kind, type, name) + indexOf(instance.index_key);
      // What was replaced and not yet destroyed gives something that nobody means any more.
      if (typeof instance.deposed === "string") {
        unread.push(
          `${file}: ${typeof module === "string" ? `${module}.` : ""}${address} (deposed) was not read: Terraform destroys it with its next apply`,
        );
        return [];
      }
      // States that were upgraded from version 3 keep these until the provider next writes the resource.
      const values = textsOf(instance.attributes ?? instance.attributes_flat);
      if (alias !== undefined) values.set("provider", { kind: "text", text: `datadog.${alias}` });
      return [{ mode: kind, type, address, module: typeof module === "string" ? module : "", file, values }];
    });
  });
  return { resources, locals: new Map(), unread };
}

/** https://developer.hashicorp.com/terraform/internals/json-format (values representation, 2026-11) */
function readShown({ file }: TerraformFile, values: Fields): ReadTerraform {
  const resources: Resource[] = [];
  const modules = isRecord(values.root_module) ? [values.root_module] : [];
  for (const module of modules) {
    modules.push(...listOf(module.child_modules));
    for (const raw of listOf(module.resources)) {
      const { mode, type, name, address } = raw;
      if (!isWanted(type) || typeof name !== "string") continue;
      const kind = mode === "data" ? "data" : "managed";
      resources.push({
        mode: kind,
        type,
        address: typeof address === "string" ? address : addressOf(kind, type, name),
        module: typeof module.address === "string" ? module.address : "",
        file,
        values: textsOf(raw.values),
      });
    }
  }
  return { resources, locals: new Map(), unread: [] };
}

/** https://developer.hashicorp.com/terraform/language/syntax/json (2026-11) */
function readConfiguration({ file, folder }: TerraformFile, root: Fields): ReadTerraform {
  const resources: Resource[] = [];
  for (const [key, mode] of [
    ["resource", "managed"],
    ["data", "data"],
  ] as const) {
    for (const byType of listOf(root[key])) {
      for (const [type, named] of Object.entries(byType)) {
        if (!WANTED.has(type)) continue;
        for (const byName of listOf(named))
          for (const [name, bodies] of Object.entries(byName))
            for (const body of listOf(bodies)) {
              const address = addressOf(mode, type, name);
              resources.push({ mode, type, address, module: folder, file, values: templatesOf(body) });
            }
      }
    }
  }
  const locals = new Map<string, Value>();
  for (const body of listOf(root.locals))
    for (const [key, value] of templatesOf(body)) locals.set(`${folder}\n${key}`, value);
  return { resources, locals, unread: [] };
}

/** Attributes of a state are what they are: nothing in them is an expression. */
function textsOf(raw: unknown): Map<string, Value> {
  return scalarsOf(raw, (text) => ({ kind: "text", text }));
}

/** Texts of a configuration are templates. Lists and objects are expressions that no wanted argument takes. */
function templatesOf(raw: unknown): Map<string, Value> {
  return scalarsOf(raw, (text) => templateValue(text));
}

function scalarsOf(raw: unknown, toValue: (text: string) => Value): Map<string, Value> {
  const values = new Map<string, Value>();
  if (!isRecord(raw)) return values;
  for (const [key, value] of Object.entries(raw)) {
    if (typeof value === "string") values.set(key, toValue(value));
    else if (typeof value === "number" || typeof value === "boolean")
      values.set(key, { kind: "text", text: String(value) });
    else if (value !== null) values.set(key, { kind: "expression", written: Array.isArray(value) ? "[...]" : "{...}" });
  }
  return values;
}

/** `["key"]` or `[0]` behind an address. */
function indexOf(key: unknown): string {
  return typeof key === "string" || typeof key === "number" ? `[${JSON.stringify(key)}]` : "";
}

function isWanted(type: unknown): type is string {
  return typeof type === "string" && WANTED.has(type);
}

/** JSON configuration writes one thing, or a list of them. */
function listOf(raw: unknown): Fields[] {
  return (Array.isArray(raw) ? raw : [raw]).filter(isRecord);
}

function nothing(why: string): ReadTerraform {
  return { resources: [], locals: new Map(), unread: [why] };
}
