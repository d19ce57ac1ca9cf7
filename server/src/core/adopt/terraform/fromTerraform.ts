/** Terraform resources to what groups should hold. Values of expressions are never guessed: what needs one is said. */

import { ADMIN_ROLE, READ_ONLY_ROLE, STANDARD_ROLE } from "../../analysis/effective.ts";
import { rolesByName } from "../../analysis/resolve.ts";
import { memo, type Snapshot } from "../../analysis/snapshot.ts";
import { directoryOf } from "../../analysis/world.ts";
import { itemsOf } from "../../model/knowledge.ts";
import type { DirectoryConfig, OrganizationConfig } from "../../model/project.ts";
import type { TargetInventory } from "../../model/target.ts";
import { dayOf } from "../../model/time.ts";
import { countOf, joinAnd } from "../../sync/words.ts";
import { groupOfClaim, roleName } from "../fromAuthnMappings.ts";
import { type Evidence, gather, type Note, type Proposal, type RoleName } from "../proposal.ts";
import { readHcl } from "./hcl.ts";
import { readJson } from "./json.ts";
import type { ReadTerraform, Resource, TerraformFile, Value } from "./resources.ts";

export interface TerraformOptions {
  /** Only resources of this provider count, such as `datadog.eu`; needed where several are used. */
  readonly provider?: string;
}

/** Reads Terraform files of all kinds. Where there is a state, it says what the configuration came to: then it alone counts. */
export function readTerraform(files: readonly TerraformFile[]): ReadTerraform {
  const states = files.filter(({ file }) => /\.tfstate$/.test(file));
  const counted = states.length > 0 ? states : files;
  const read = counted.map((file) => (/\.tf$/.test(file.file) ? readHcl(file) : readJson(file)));
  return {
    resources: read.flatMap(({ resources }) => resources),
    locals: new Map(read.flatMap(({ locals }) => [...locals])),
    unread: read.flatMap(({ unread }) => unread),
  };
}

/** What the resources give, as mappings; or why that cannot be told. */
export function proposeFromTerraform(
  snapshot: Snapshot,
  organization: OrganizationConfig,
  read: ReadTerraform,
  { provider }: TerraformOptions,
): Proposal | { readonly problem: string } {
  const providers = [...new Set(read.resources.map(providerOf))].sort();
  if (provider === undefined && providers.length > 1)
    return {
      problem: `these resources belong to several Datadog organizations; name one of their providers with --provider: ${providers.join(", ")}`,
    };
  if (provider !== undefined && !providers.includes(provider))
    return {
      problem: `no resource uses the provider ${provider}; there ${providers.length === 1 ? "is" : "are"} ${joinAnd(providers) || "none at all"}`,
    };
  const resources = read.resources.filter((resource) => provider === undefined || providerOf(resource) === provider);
  const context = contextOf(snapshot, organization, resources, read.locals);
  const found = resources
    .filter(({ mode, type }) => mode === "managed" && type === MAPPING)
    .map((one) => readMapping(context, one));
  return {
    organization: organization.name,
    mappings: gather(found.flatMap((one) => ("evidence" in one ? [one.evidence] : []))),
    notes: [
      ...found.flatMap((one) => ("note" in one ? [one.note] : [])),
      ...byHand(resources),
      ...read.unread.map((text) => ({ text })),
    ],
  };
}

const MAPPING = "datadog_authn_mapping";

interface Context {
  readonly organization: OrganizationConfig;
  readonly target: TargetInventory | undefined;
  readonly byAddress: ReadonlyMap<string, Resource>;
  /** By type and id, as states tell them. */
  readonly byId: ReadonlyMap<string, Resource>;
  readonly locals: ReadTerraform["locals"];
  readonly directory: DirectoryConfig | undefined;
  readonly snapshot: Snapshot;
  /** The attribute that carries groups; undefined where several are used and the project names none. */
  readonly attribute: string | undefined;
}

function contextOf(
  snapshot: Snapshot,
  organization: OrganizationConfig,
  resources: readonly Resource[],
  locals: ReadTerraform["locals"],
): Context {
  const mappings = resources.filter(({ type }) => type === MAPPING);
  const keys = new Set(mappings.map(({ values, module }) => textOf(values.get("key"), module, locals)));
  const [key] = keys;
  return {
    organization,
    snapshot,
    locals,
    target: snapshot.targets.get(organization.name),
    directory: directoryOf(snapshot, {}, organization),
    byAddress: new Map(resources.map((resource) => [`${resource.module}\n${resource.address}`, resource])),
    byId: new Map(
      resources.flatMap((resource) => {
        const id = resource.values.get("id");
        return id?.kind === "text" ? [[`${resource.type}\n${id.text}`, resource] as const] : [];
      }),
    ),
    attribute: organization.attribute?.value ?? (keys.size === 1 ? key : undefined),
  };
}

function readMapping(context: Context, resource: Resource): { readonly evidence: Evidence } | { readonly note: Note } {
  const { values, module } = resource;
  const many = ["for_each", "count"].find((key) => values.has(key));
  if (many) return unread(resource, `${many} makes several of it; a state file has their values`);
  const [key, value] = ["key", "value"].map((name) => textOf(values.get(name), module, context.locals));
  const open = ["key", "value"].find((name) => textOf(values.get(name), module, context.locals) === undefined);
  if (key === undefined || value === undefined)
    return unread(resource, describe(open ?? "value", values.get(open ?? "value")));
  if (key !== context.attribute)
    return { note: { text: `${placeOf(resource)} maps ${key}=${value}, which is no group claim` } };
  const kind = values.get("team") && isSet(values.get("team")) ? "team" : "role";
  const grants = kind === "team" ? teamOf(context, resource) : roleOf(context, resource);
  if (typeof grants === "string") return unread(resource, grants);
  const inventory = context.directory && context.snapshot.directories.get(context.directory.name);
  return { evidence: { ...groupOfClaim(value, context.directory, inventory, dayOf(context.snapshot.now)), grants } };
}

/** A state writes what is not set as an empty text. */
function isSet(value: Value | undefined): boolean {
  return value !== undefined && (value.kind !== "text" || value.text !== "");
}

/** The role, or why it is not known. */
function roleOf(context: Context, resource: Resource): { readonly role: RoleName } | string {
  const value = resource.values.get("role");
  const found = follow(context, resource, value, "datadog_role");
  if (typeof found === "string") return found;
  if ("id" in found) {
    const live = itemsOf(context.target?.roles).get(found.id);
    return { role: live && context.target ? roleName(context.target, live) : { id: found.id } };
  }
  const { values, mode, module } = found.resource;
  const name = textOf(values.get("name"), module, context.locals);
  if (name !== undefined && isSet(values.get("name")))
    return { role: named(context, name, textOf(values.get("id"), module, context.locals)) };
  const filter = mode === "data" ? textOf(values.get("filter"), module, context.locals) : undefined;
  if (filter === undefined) return `the name of ${found.resource.address} is not known`;
  if (isExact(context, filter)) return { role: named(context, filter, undefined) };
  return `${found.resource.address} looks for roles with "${filter}" in their name; read with live roles to see which one it is`;
}

/**
 * The data source takes the role of exactly this name wherever there is one, else the only one that the text finds.
 * Datadog's own roles are there in each organization. (provider's source, 2026-11)
 */
function isExact({ target }: Context, name: string): boolean {
  return (
    [ADMIN_ROLE, STANDARD_ROLE, READ_ONLY_ROLE].includes(name) ||
    (target !== undefined && memo(target, rolesByName).has(name))
  );
}

function named({ target }: Context, name: string, id: string | undefined): RoleName {
  const live = target && (id === undefined ? memo(target, rolesByName).get(name)?.[0] : itemsOf(target.roles).get(id));
  if (live && target) return roleName(target, live);
  return { name, ...(id !== undefined && { id }) };
}

/** The team's handle, or why it is not known. */
function teamOf(context: Context, resource: Resource): { readonly team: string } | string {
  const found = follow(context, resource, resource.values.get("team"), "datadog_team");
  if (typeof found === "string") return found;
  if ("id" in found) {
    const live = itemsOf(context.target?.teams).get(found.id);
    return live ? { team: live.handle } : `the handle of team ${found.id} is not known`;
  }
  const { values, module, address } = found.resource;
  const handle = textOf(values.get("handle"), module, context.locals);
  return handle !== undefined && isSet(values.get("handle"))
    ? { team: handle }
    : `the handle of ${address} is not known`;
}

/** What an id argument stands for: a resource of these files, or an id that none of them explains. */
function follow(
  { byAddress, byId, locals }: Context,
  { module }: Resource,
  value: Value | undefined,
  type: string,
): { readonly resource: Resource } | { readonly id: string } | string {
  const name = type.replace("datadog_", "");
  const text = textOf(value, module, locals);
  if (text !== undefined) {
    const resource = byId.get(`${type}\n${text}`);
    return resource ? { resource } : { id: text };
  }
  if (value?.kind !== "reference") return describe(name, value);
  const { path } = value;
  const resource = path.at(-1) === "id" ? byAddress.get(`${module}\n${path.slice(0, -1).join(".")}`) : undefined;
  return resource?.type === type ? { resource } : describe(name, value);
}

/** Text, through locals of the module where need be; a local may name another one. */
function textOf(value: Value | undefined, module: string, locals: ReadTerraform["locals"]): string | undefined {
  let found = value;
  for (let steps = 0; found?.kind === "reference" && steps < 10; steps++) {
    const [head, name, ...rest] = found.path;
    found = head === "local" && rest.length === 0 ? locals.get(`${module}\n${name}`) : undefined;
  }
  return found?.kind === "text" ? found.text : undefined;
}

function describe(name: string, value: Value | undefined): string {
  if (value === undefined || value.kind === "text") return `it has no ${name}`;
  const where = value.line === undefined ? "" : ` at line ${value.line}`;
  return `${name} is the expression ${value.written}${where}; a state file has its value`;
}

function unread(resource: Resource, why: string): { readonly note: Note } {
  return { note: { text: `${placeOf(resource)} was not read: ${why}` } };
}

function placeOf({ file, line, address, module }: Resource): string {
  const inner = module !== "" && !address.startsWith("module.") && module.startsWith("module.") ? `${module}.` : "";
  return `${file}${line === undefined ? "" : `:${line}`}: ${inner}${address}`;
}

function providerOf({ values }: Resource): string {
  const provider = values.get("provider");
  if (provider === undefined) return "datadog";
  return provider.kind === "text" ? provider.text : provider.written;
}

/** Single people's places: no mapping says that. */
function byHand(resources: readonly Resource[]): readonly Note[] {
  return [
    ["datadog_team_membership", "puts single people into teams", "put single people into teams"],
    ["datadog_user_role", "gives a role to a single person", "give roles to single people"],
  ].flatMap(([type, one, many]) => {
    const count = resources.filter((resource) => resource.mode === "managed" && resource.type === type).length;
    if (count === 0) return [];
    return [
      { text: `${countOf(count, `${type} resource ${one}`, `${type} resources ${many}`)}; mappings are about groups` },
    ];
  });
}
