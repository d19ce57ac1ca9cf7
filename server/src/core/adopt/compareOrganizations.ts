/** What the mappings of one organization give and those of another do not, and roles of one name that permit different things. */

import { permissionNames } from "../analysis/effective.ts";
import { mappingsOf, type ResolvedMapping } from "../analysis/grants.ts";
import { memo } from "../analysis/memo.ts";
import { lineOf } from "../analysis/places.ts";
import { resolveRole, resolveTeam, rolesByName } from "../analysis/resolve.ts";
import type { Snapshot } from "../analysis/snapshot.ts";
import { directoryOf } from "../analysis/world.ts";
import { gapOf } from "../model/knowledge.ts";
import { compareText } from "../model/order.ts";
import type { TargetInventory } from "../model/target.ts";
import type { Day } from "../model/time.ts";

/** A role or team that a group has in the first organization alone. */
export interface Lacking {
  readonly kind: "role" | "team";
  readonly name: string;
  /** The mapping that gives it for longest. */
  readonly mapping: ResolvedMapping;
  readonly file: string;
  readonly line: number;
  readonly until?: Day;
  /** Why a mapping of the second organization could not give it as it is. */
  readonly obstacle?: string;
}

export interface GroupDifference {
  /** Name of the group, or its id where no name is known. */
  readonly group: string;
  /** Its directory, where that is not the organization's usual one. */
  readonly directory?: string;
  readonly by: "name" | "id";
  readonly lacking: readonly Lacking[];
}

export interface RoleDifference {
  readonly role: string;
  readonly onlyFrom: readonly string[];
  readonly onlyTo: readonly string[];
}

export interface OrganizationDifference {
  readonly from: string;
  readonly to: string;
  readonly groups: readonly GroupDifference[];
  readonly roles: readonly RoleDifference[];
  /** What could not be compared, one sentence each. */
  readonly unknown: readonly string[];
}

/**
 * Groups are compared by name in the usual directory of each organization, so that two organizations with directories of
 * their own can be compared too; and each with itself, whichever directory is the usual one. Mappings that have ended give
 * nothing.
 */
export function compareOrganizations(snapshot: Snapshot, from: string, to: string): OrganizationDifference {
  const ours = heldBy(snapshot, from);
  const theirs = heldBy(snapshot, to);
  const groups = [...ours.groups]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([key, { id, grants }]) => {
      const directory = id.directory ?? ours.usual;
      const itself = holderKey({ ...id, directory: directory === theirs.usual ? undefined : directory });
      const others = [...new Set([key, itself])].flatMap((one) => theirs.groups.get(one)?.grants ?? []);
      const there = (grant: Grant) => others.flatMap((held) => held.get(keyOf(grant)) ?? []);
      const lacking = [...grants.values()]
        .filter((grant) => grant.mapping.inForce && !there(grant).some(({ mapping }) => mapping.inForce))
        .map((grant) => withObstacle(snapshot, to, grant, there(grant)[0]))
        .sort((a, b) => compareText(keyOf(a), keyOf(b)));
      return lacking.length === 0 ? [] : [{ ...id, lacking }];
    });
  const roles = compareRoles(snapshot.targets.get(from), snapshot.targets.get(to), [from, to]);
  return {
    from,
    to,
    groups,
    roles: roles.differences,
    unknown: [...ours.unknown, ...theirs.unknown, ...roles.unknown],
  };
}

type Grant = Omit<Lacking, "obstacle">;

interface Holder {
  readonly id: Pick<GroupDifference, "group" | "directory" | "by">;
  readonly grants: Map<string, Grant>;
}

function keyOf({ kind, name }: Pick<Grant, "kind" | "name">): string {
  return `${kind} ${name}`;
}

function holderKey({ group, directory }: { readonly group: string; readonly directory?: string | undefined }): string {
  return `${group}\n${directory ?? ""}`;
}

/** What each group is given, ended mappings included, the one that holds for longest first. */
function heldBy(snapshot: Snapshot, organization: string) {
  const usual = directoryOf(snapshot, {}, snapshot.project?.content.organizations.get(organization))?.name;
  const groups = new Map<string, Holder>();
  const unknown = new Set<string>();
  for (const mapping of mappingsOf(snapshot, organization)) {
    const id = groupOf(mapping, usual);
    if (!id) continue;
    const key = holderKey(id);
    const holder = groups.get(key) ?? { id, grants: new Map() };
    groups.set(key, holder);
    const { file, line } = lineOf(snapshot, { source: mapping.mapping.source, span: mapping.mapping.span });
    const place = { mapping, file, line, ...(mapping.until !== undefined && { until: mapping.until }) };
    for (const { ref, role } of mapping.roles) {
      const name = role.answer === "present" ? role.item.name : ref.name;
      if (name === undefined)
        unknown.add(`role ${ref.id} of ${organization} is known by its id alone (${file}:${line})`);
      else keepLongest(holder, { kind: "role", name, ...place });
    }
    for (const { handle } of mapping.teams) keepLongest(holder, { kind: "team", name: handle, ...place });
    for (const { value } of mapping.unknownBundles)
      unknown.add(`bundle "${value}" does not exist, so nobody knows what it gives (${file}:${line})`);
  }
  return { usual, groups, unknown: [...unknown] };
}

function groupOf({ mapping, group, directory }: ResolvedMapping, usual: string | undefined): Holder["id"] | undefined {
  if (!mapping.group) return undefined;
  const { by, text } = mapping.group;
  const isNamed = by === "name" || group?.answer === "present";
  return {
    group: by === "id" && group?.answer === "present" ? group.item.name : text,
    by: isNamed ? "name" : "id",
    ...(directory && directory.name !== usual && { directory: directory.name }),
  };
}

function keepLongest({ grants }: Holder, grant: Grant): void {
  const key = keyOf(grant);
  const known = grants.get(key);
  if (!known || endOf(grant) > endOf(known)) grants.set(key, grant);
}

/** A mapping without an end outlives all others; one whose end cannot be read gives nothing. */
function endOf({ until, mapping }: Grant): string {
  if (!mapping.inForce && until === undefined) return "";
  return until ?? "9999-99-99";
}

function withObstacle(snapshot: Snapshot, to: string, grant: Grant, ended: Grant | undefined): Lacking {
  const obstacle = obstacleTo(snapshot, to, grant) ?? endedThere(to, ended);
  return { ...grant, ...(obstacle !== undefined && { obstacle }) };
}

function endedThere(to: string, ended: Grant | undefined): string | undefined {
  if (!ended) return undefined;
  return `it ended in ${to}${ended.until === undefined ? "" : ` on ${ended.until}`}: ${ended.file}:${ended.line}`;
}

function obstacleTo(snapshot: Snapshot, to: string, { kind, name, mapping }: Grant): string | undefined {
  const target = snapshot.targets.get(to);
  if (kind === "role") {
    const found = resolveRole(target, { name, span: mapping.mapping.span }, to);
    if (found.answer === "absent") return `${to} has no role of this name`;
    return found.answer === "ambiguous" ? `${to} has several roles of this name` : undefined;
  }
  // A push through SCIM makes the team.
  const isMade = snapshot.project?.content.organizations.get(to)?.push.teams === "scim";
  return !isMade && resolveTeam(target, name, to).answer === "absent" ? `${to} has no team of this handle` : undefined;
}

/** Roles whose name each organization has once. */
function compareRoles(
  from: TargetInventory | undefined,
  to: TargetInventory | undefined,
  names: readonly [string, string],
): { readonly differences: readonly RoleDifference[]; readonly unknown: readonly string[] } {
  const unknown = [from, to].flatMap((target, at) => {
    const why = target ? gapOf(target.roles)?.message : "it was not read";
    const which = target?.roles.state === "known" ? "not all roles" : "no roles";
    return why === undefined ? [] : [`${which} of ${names[at]} were compared: ${why}`];
  });
  if (!from || !to) return { differences: [], unknown };
  const theirs = memo(to, rolesByName);
  const ours = memo(from, rolesByName);
  const differences = [...ours.keys()].sort(compareText).flatMap((name) => {
    const [one, ...more] = ours.get(name) ?? [];
    const [other, ...others] = theirs.get(name) ?? [];
    if (!one || !other || more.length + others.length > 0) return [];
    if (one.unresolved + other.unresolved > 0) {
      unknown.push(`role ${name} was not compared: not all of what it permits is known`);
      return [];
    }
    const [here, there] = [permissionNames(from, one), permissionNames(to, other)];
    const onlyFrom = [...here].filter((permission) => !there.has(permission)).sort();
    const onlyTo = [...there].filter((permission) => !here.has(permission)).sort();
    return onlyFrom.length + onlyTo.length === 0 ? [] : [{ role: name, onlyFrom, onlyTo }];
  });
  return { differences, unknown };
}
