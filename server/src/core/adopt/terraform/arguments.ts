/** What the arguments of a Terraform resource stand for: through references, locals and ids, but never by computing. */

import { ADMIN_ROLE, READ_ONLY_ROLE, STANDARD_ROLE } from "../../analysis/effective.ts";
import { memo } from "../../analysis/memo.ts";
import { rolesByName } from "../../analysis/resolve.ts";
import { itemsOf } from "../../model/knowledge.ts";
import type { TargetInventory } from "../../model/target.ts";
import { roleName } from "../fromAuthnMappings.ts";
import type { RoleName } from "../proposal.ts";
import type { ReadTerraform, Resource, Value } from "./resources.ts";

/** Resources by where references look for them, and what is live. */
export interface Surroundings {
  readonly target: TargetInventory | undefined;
  readonly byAddress: ReadonlyMap<string, Resource>;
  /** By type and id, as states tell them. */
  readonly byId: ReadonlyMap<string, Resource>;
  readonly locals: ReadTerraform["locals"];
}

/** The role, or why it is not known. */
export function roleOf(context: Surroundings, resource: Resource): { readonly role: RoleName } | string {
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
  const how = context.target
    ? "no role is called exactly that, and a state file has its id"
    : "read with live roles to see which one it is";
  return `${found.resource.address} looks for roles with "${filter}" in their name; ${how}`;
}

/**
 * The data source takes the role of exactly this name wherever there is one, else the only one that the text finds.
 * Datadog's own roles are there in each organization. (provider's source, 2026-11)
 */
function isExact({ target }: Surroundings, name: string): boolean {
  return (
    [ADMIN_ROLE, STANDARD_ROLE, READ_ONLY_ROLE].includes(name) ||
    (target !== undefined && memo(target, rolesByName).has(name))
  );
}

function named({ target }: Surroundings, name: string, id: string | undefined): RoleName {
  const live = target && (id === undefined ? memo(target, rolesByName).get(name)?.[0] : itemsOf(target.roles).get(id));
  if (live && target) return roleName(target, live);
  return { name, ...(id !== undefined && { id }) };
}

/** The team's handle, or why it is not known. */
export function teamOf(context: Surroundings, resource: Resource): { readonly team: string } | string {
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
  { byAddress, byId, locals }: Surroundings,
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
export function textOf(value: Value | undefined, module: string, locals: ReadTerraform["locals"]): string | undefined {
  let found = value;
  for (let steps = 0; found?.kind === "reference" && steps < 10; steps++) {
    const [head, name, ...rest] = found.path;
    found = head === "local" && rest.length === 0 ? locals.get(`${module}\n${name}`) : undefined;
  }
  return found?.kind === "text" ? found.text : undefined;
}

/** Why an argument, called `name`, has no text to take: it is missing, or an expression. */
export function describe(name: string, value: Value | undefined): string {
  if (value === undefined || value.kind === "text") return `it has no ${name}`;
  const where = value.line === undefined ? "" : ` at line ${value.line}`;
  return `${name} is the expression ${value.written}${where}; a state file has its value`;
}

/** A state writes what is not set as an empty text. */
export function isSet(value: Value | undefined): boolean {
  return value !== undefined && (value.kind !== "text" || value.text !== "");
}
