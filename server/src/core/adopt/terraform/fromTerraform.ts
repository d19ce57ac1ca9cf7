/** Terraform resources to what groups should hold. Values of expressions are never guessed: what needs one is said. */

import type { Snapshot } from "../../analysis/snapshot.ts";
import { countOf } from "../../analysis/words.ts";
import { directoryOf } from "../../analysis/world.ts";
import type { DirectoryConfig, OrganizationConfig } from "../../model/project.ts";
import { dayOf } from "../../model/time.ts";
import { joinAnd } from "../../sync/render/words.ts";
import { groupOfClaim } from "../fromAuthnMappings.ts";
import { type Evidence, gather, type Note, type Proposal } from "../proposal.ts";
import { stateOf, WHY } from "../switchedOff.ts";
import { describe, isSet, roleOf, type Surroundings, teamOf, textOf } from "./arguments.ts";
import { readHcl } from "./hcl.ts";
import { readJson } from "./json.ts";
import type { ReadTerraform, Resource, TerraformFile } from "./resources.ts";

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
  const evidence = found.flatMap((one) => ("evidence" in one ? [one.evidence] : []));
  return {
    organization: organization.name,
    mappings: gather(evidence),
    notes: [
      ...found.flatMap((one) => ("note" in one ? [one.note] : [])),
      ...switchedOff(context, evidence),
      ...byHand(resources),
      ...read.unread.map((text) => ({ text })),
    ],
  };
}

const MAPPING = "datadog_authn_mapping";

interface Context extends Surroundings {
  readonly organization: OrganizationConfig;
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
  // What is computed is said by itself, and no reason to doubt the rest.
  const keys = new Set(mappings.flatMap(({ values, module }) => textOf(values.get("key"), module, locals) ?? []));
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

/** Unlike live mappings, what somebody wrote down is meant to have effect: it is imported, and said. */
function switchedOff({ organization, target }: Context, evidence: readonly Evidence[]): readonly Note[] {
  if (!target) return [];
  return (["role", "team"] as const)
    .filter((kind) => evidence.some(({ grants }) => kind in grants))
    .filter((kind) => stateOf(kind, organization, target.switches) === "off")
    .map((kind) => ({
      text: `AuthN mappings of ${kind}s have no effect in ${organization.name} today, because ${WHY[kind]}; as entries they would`,
    }));
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
