/** Rows of an organization's roles, and of what one of them permits and who gives it. */

import { type Engine, roleIdsOf } from "../../analysis/engine/engine.ts";
import { memo } from "../../analysis/memo.ts";
import type { Snapshot } from "../../analysis/snapshot.ts";
import { countOf } from "../../analysis/words.ts";
import { rolePage } from "../../model/adminPages.ts";
import { itemsOf } from "../../model/knowledge.ts";
import { indexBy } from "../../model/maps.ts";
import { compareText } from "../../model/order.ts";
import type { Permission, TargetInventory } from "../../model/target.ts";
import type { Spot } from "../../model/text.ts";
import { beyondIn, isPrivileged, privilegesIn, privilegesOfBits } from "../support/privileges.ts";
import type { Organization } from "./mapped.ts";
import { EMPTY, type Level, levelOf, placeOf, type Row, saying, type View } from "./row.ts";

/** A role of the organization, or one that the files name and it has not. */
interface ListedRole {
  readonly key: string;
  readonly name: string;
  readonly id?: string;
  readonly isUnknown?: boolean;
  /** Where the files give it. */
  readonly spots: readonly Spot[];
}

/** Roles that the organization has, and those that the files name besides. */
export function rolesLevel({ snapshot }: View, organization: Organization, filter: string): Level {
  const { target } = organization;
  if (!target) return saying(`${organization.config.name} has not been read yet`, "unknown");
  return levelOf(
    rolesOf(organization),
    ({ name }) => name,
    (role) => roleRow(snapshot, organization, role),
    filter,
  );
}

/** How many roles there are to list, or undefined where they were not read. */
export function listedRoles(organization: Organization): readonly { readonly name: string }[] | undefined {
  return organization.target?.roles.state === "known" ? rolesOf(organization) : undefined;
}

function rolesOf(organization: Organization): readonly ListedRole[] {
  return memo(organization, listRoles);
}

function listRoles({ mappings, target }: Organization): readonly ListedRole[] {
  const granted = mappings.flatMap(({ roles, mapping }) =>
    roles.map(({ role, ref, span }) => ({ role, ref, spot: { source: mapping.source, span } })),
  );
  const byId = indexBy(granted, ({ role }) => (role.answer === "present" ? role.item.id : ""));
  const live = [...itemsOf(target?.roles).values()].map(({ id, name }): ListedRole => {
    return { key: `id ${id}`, id, name, spots: (byId.get(id) ?? []).map(({ spot }) => spot) };
  });
  const missing = indexBy(
    granted.filter(({ role }) => role.answer === "absent" || role.answer === "unknown"),
    ({ ref }) => ref.name ?? ref.id ?? "",
  );
  const named = [...missing].map(([name, list]): ListedRole => {
    const isUnknown = list.some(({ role }) => role.answer === "unknown");
    return { key: `name ${name}`, name, isUnknown, spots: list.map(({ spot }) => spot) };
  });
  return [...live, ...named].sort((one, other) => compareText(one.name, other.name));
}

function roleRow(snapshot: Snapshot, organization: Organization, { key, name, id, isUnknown, spots }: ListedRole): Row {
  const { config, target, engine } = organization;
  const [spot] = spots;
  const role = id === undefined ? undefined : itemsOf(target?.roles).get(id);
  const held = id !== undefined && engine && target ? privilegesOfRole(engine, target, id) : "";
  const given = spots.length === 0 ? "not in the files" : `given ${countOf(spots.length, "time")}`;
  const state = isUnknown ? "not checked" : `not in ${config.name}`;
  const page = id === undefined ? undefined : rolePage(config, id);
  return {
    key,
    kind: "role",
    label: name,
    detail: (id === undefined ? [state] : [held || "nothing privileged", given]).join(" · "),
    tooltip: role ? `${name}, role with ${countOf(role.permissions.length, "permission")}` : name,
    ...(id === undefined ? { tone: isUnknown ? "unknown" : "error" } : { opens: true }),
    ...(spot ? { place: placeOf(snapshot, spot) } : {}),
    ...(page ? { page } : {}),
  };
}

/** Groups that give the role, where they give it, and what it permits beyond what everybody has. */
export function roleLevel({ snapshot }: View, organization: Organization, key: string): Level {
  const { engine, target } = organization;
  const listed = rolesOf(organization).find((candidate) => candidate.key === key);
  if (!listed?.id || !engine || !target) return EMPTY;
  const { id } = listed;
  const giving = [...engine.groups.values()].filter(({ facts }) => roleIdsOf(engine.relation, facts).includes(id));
  const groups = giving.map(({ key: groupKey, facts }): Row => {
    const spot = facts.grants.find((grant) => grant.kind === "role" && grant.role === id)?.spot;
    return {
      key: groupKey,
      kind: "group",
      label: facts.name,
      name: groupKey,
      detail: facts.membersGap === undefined ? countOf(facts.members.size, "person", "people") : "people not checked",
      ...(spot ? { place: placeOf(snapshot, spot) } : {}),
    };
  });
  const beyond = permissionsOfRole(organization, id);
  const permissions: Row = {
    key: "permissions",
    kind: "permissions",
    label: "Permissions",
    detail: beyond.length === 0 ? "none beyond what everybody has" : `${beyond.length} beyond what everybody has`,
    ...(beyond.length > 0 ? { opens: true } : {}),
  };
  return { rows: [...groups, permissions], hidden: 0 };
}

/** What a role permits beyond what everybody has, the most sensitive first. */
export function permissionsLevel(organization: Organization, key: string, filter: string): Level {
  const listed = rolesOf(organization).find((candidate) => candidate.key === key);
  if (!listed?.id) return EMPTY;
  return levelOf(permissionsOfRole(organization, listed.id), ({ name }) => name, permissionRow, filter);
}

function permissionRow(permission: Permission): Row {
  const { name, sensitivity, summary, displayName } = permission;
  return {
    key: name,
    kind: "permission",
    label: name,
    detail: sensitivity,
    tooltip: summary ?? displayName,
    ...(isPrivileged(permission) ? { tone: "warning" } : {}),
  };
}

function permissionsOfRole({ engine, target }: Organization, id: string): readonly Permission[] {
  const bits = engine?.roleBits.get(id);
  return bits && engine && target ? beyondIn(engine, target, bits) : [];
}

/** `2 critical`; empty for a role that is not privileged. */
export function privilegesOfRole(engine: Engine, target: TargetInventory, id: string): string {
  const bits = engine.roleBits.get(id);
  return bits ? privilegesOfBits(engine, target, bits) : privilegesIn([]);
}
