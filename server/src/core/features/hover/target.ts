/** Hover on a Datadog role or team: what it is, what it permits, who gets it. */

import { effectivePermissions, permissionNames, READ_ONLY_ROLE, sensitivityOf } from "../../analysis/effective.ts";
import { resolvedMappings } from "../../analysis/grants.ts";
import { memo } from "../../analysis/memo.ts";
import { resolveRole, resolveTeam, rolesByName } from "../../analysis/resolve.ts";
import type { Snapshot } from "../../analysis/snapshot.ts";
import { countOf } from "../../analysis/words.ts";
import { itemsOf, type Lookup } from "../../model/knowledge.ts";
import type { RoleRef } from "../../model/mapping.ts";
import type { Role, TargetInventory } from "../../model/target.ts";
import { type Instant, renderInstant } from "../../model/time.ts";
import { code, codes } from "../support/markdown.ts";
import type { Scope } from "../support/scope.ts";
import { notChecked, readAt } from "./age.ts";
import { permissionList } from "./permissions.ts";

/** A role as the organization has it: its holders and what it permits. */
export function describeRole(snapshot: Snapshot, { target, organization }: Scope, ref: RoleRef): string {
  const where = organization?.name ?? "the organization";
  const lookup = resolveRole(target, ref, where);
  if (lookup.answer !== "present" || !target) {
    return `**Role** ${code(ref.name ?? ref.id ?? "")}\n\n${missing(lookup, "Role", where, snapshot.now)}`;
  }
  const role = lookup.item;
  const holders =
    role.userCount === undefined
      ? []
      : [`${countOf(role.userCount, "person", "people")} ${role.userCount === 1 ? "holds" : "hold"} it.`];
  const permissions = effectivePermissions(target, [role]);
  return [
    `**Role** ${code(role.name)} in ${code(where)}, sensitivity **${sensitivityOf(target, role)}**`,
    [...holders, ...growth(role)].join(" "),
    `**Permits**, before resource restrictions\n\n${permissionList(permissions, false).join("\n") || "- nothing"}`,
    unresolved(role),
    delta(target, role),
    lastChange(target, role, snapshot.now),
    readAt(where, lookup.asOf, snapshot.now),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** A team as the organization has it. */
export function describeTeam(snapshot: Snapshot, { target, organization }: Scope, handle: string): string {
  const where = organization?.name ?? "the organization";
  const lookup = resolveTeam(target, handle, where);
  const groups = resolvedMappings(snapshot).flatMap(({ mapping, teams, organization: other }) =>
    mapping.group && other?.name === organization?.name && teams.some((team) => team.handle === handle)
      ? [mapping.group.text]
      : [],
  );
  const fedBy = groups.length > 0 ? `Fed by ${codes([...new Set(groups)])}.` : "No mapping feeds it.";
  if (lookup.answer !== "present") {
    return [`**Team** ${code(handle)}`, missing(lookup, "Team", where, snapshot.now), fedBy].join("\n\n");
  }
  const team = lookup.item;
  const title = team.name === team.handle ? "" : `, ${code(team.name)}`;
  const facts = [
    ...(team.userCount === undefined ? [] : [`${countOf(team.userCount, "person", "people")}.`]),
    team.managed ? "SCIM owns its membership: other writes are refused." : "Its membership is open to other writers.",
    fedBy,
  ];
  return [
    `**Team** ${code(handle)}${title} in ${code(where)}`,
    facts.join(" "),
    readAt(where, lookup.asOf, snapshot.now),
  ].join("\n\n");
}

function missing<T extends { readonly id: string }>(
  lookup: Lookup<T>,
  what: string,
  where: string,
  now: Instant,
): string {
  switch (lookup.answer) {
    case "unknown":
      return notChecked(what, lookup.why, now);
    case "absent":
      return `${code(where)} has none of this name, read ${renderInstant(lookup.asOf, now)}.`;
    case "ambiguous":
      return `${lookup.items.length} bear this name: ${codes(lookup.items.map((item) => item.id))}.`;
    case "present":
      return "";
  }
}

function growth(role: Role): readonly string[] {
  if (role.managed) return ["Datadog manages it and adds new permissions to it."];
  if (role.receivesFrom.length === 0) return [];
  return [`Grows by itself: receives new permissions of ${codes(role.receivesFrom)}.`];
}

function unresolved(role: Role): string {
  if (role.unresolved === 0) return "";
  return `${countOf(role.unresolved, "permission")} of it ${role.unresolved === 1 ? "is" : "are"} in no list and not shown.`;
}

/** How far the role is from Datadog's own read-only role, in both directions. */
function delta(target: TargetInventory, role: Role): string {
  const [readOnly] = memo(target, rolesByName).get(READ_ONLY_ROLE) ?? [];
  if (!readOnly || readOnly === role) return "";
  const [own, base] = [permissionNames(target, role), permissionNames(target, readOnly)];
  const more = [...own].filter((name) => !base.has(name)).length;
  const less = [...base].filter((name) => !own.has(name)).length;
  return `Compared with ${code(READ_ONLY_ROLE)}: ${more} more, ${less} fewer.`;
}

/** The latest change that the audit trail tells of. A trail without one proves nothing, so nothing is said then. */
function lastChange({ audit }: TargetInventory, role: Role, now: Instant): string {
  const changes = [...itemsOf(audit?.events).values()].filter(
    ({ asset }) => asset.type === "role" && asset.id === role.id,
  );
  const [latest] = changes.sort((a, b) => (a.at < b.at ? 1 : -1));
  if (!latest) return "";
  const who = latest.actor.email === undefined ? "Datadog" : code(latest.actor.email);
  return `Last changed ${renderInstant(latest.at, now)} by ${who}, as the audit trail says.`;
}
