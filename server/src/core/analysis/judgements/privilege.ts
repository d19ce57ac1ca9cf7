/** How privileged the roles of a mapping are, and whom they reach: the judgements that privilege and governance rules share. */

import type { Policy } from "../../model/project.ts";
import {
  compareSensitivity,
  type Role,
  SENSITIVITIES,
  type Sensitivity,
  type TargetInventory,
  worstFirst,
} from "../../model/target.ts";
import type { Instant } from "../../model/time.ts";
import { adminEquivalence, beyondBaseline, isAdmin, sensitivityOf } from "../effective.ts";
import { audienceSize, groupName, type HeldRole, type ResolvedMapping } from "../grants.ts";
import { fold } from "../words.ts";

/** People whom an administrator's role may reach where the policy says nothing. */
const MOST_ADMINS = 10;

/** True for a group that holds all people by definition. */
export function isEverybody({ group }: ResolvedMapping): boolean {
  return group?.answer === "present" && group.item.kind === "everyone";
}

/** When the sizes that a finding about a group names were read. */
export function audienceTime({ members, group }: ResolvedMapping): Instant | undefined {
  if (members.state === "known") return members.asOf;
  return group?.answer === "present" ? group.asOf : undefined;
}

/** The most sensitive role of a mapping at or above a level; undefined when none is, or none is known. */
export function mostSensitive(
  resolved: ResolvedMapping,
  level: Sensitivity,
): { readonly held: HeldRole; readonly sensitivity: Sensitivity } | undefined {
  const [top] = resolved.held
    .map((held) => ({ held, sensitivity: sensitivityOf(held.target, held.role.item) }))
    .filter(({ sensitivity }) => compareSensitivity(sensitivity, level) >= 0)
    .sort((a, b) => compareSensitivity(b.sensitivity, a.sensitivity));
  return top;
}

/** People a grant of this sensitivity may reach: its own limit, else that of the next lower level that has one. */
export function limitFor(policy: Policy, sensitivity: Sensitivity): number | undefined {
  for (let level = SENSITIVITIES.indexOf(sensitivity); level >= 0; level--) {
    const limit = policy.limits[SENSITIVITIES[level] as Sensitivity];
    if (limit !== undefined) return limit;
  }
  return undefined;
}

/** True when the policy itself wants an end for a role of this sensitivity, which exp/missing-on-privileged judges. */
export function mustEnd({ require }: Policy, sensitivity: Sensitivity): boolean {
  return require.until !== undefined && compareSensitivity(sensitivity, require.until) >= 0;
}

/** The audience of an administrator's role, when it is larger than the policy allows (10 people unless it says otherwise). */
export function tooManyAdmins(
  resolved: ResolvedMapping,
  held: HeldRole,
  policy: Policy,
): { readonly people: number; readonly exact: boolean } | undefined {
  if (!isAdmin(held.target, held.role.item)) return undefined;
  const audience = audienceSize(resolved);
  return audience && audience.people > (limitFor(policy, "critical") ?? MOST_ADMINS) ? audience : undefined;
}

/** The permissions that make a role an administrator's, the one that grants everything first. */
export function decisivePermissions({ target, role }: HeldRole): readonly string[] {
  const names = adminEquivalence(target, role.item);
  if (names.length === 0) return names;
  return [...names].sort((a, b) => Number(b === "user_access_manage") - Number(a === "user_access_manage"));
}

/** `"dd-sre" gets "SRE" (critical: logs_delete_data)`: the beginning of findings about what a mapping lacks. */
export function describePrivilege(
  resolved: ResolvedMapping,
  { held, sensitivity }: { readonly held: HeldRole; readonly sensitivity: Sensitivity },
): string {
  const names = permissionsAt(held, sensitivity);
  const why = names.length === 0 ? sensitivity : `${sensitivity}: ${fold(names)}`;
  return `"${groupName(resolved)}" gets "${held.role.item.name}" (${why})`;
}

/** What a role permits beyond the baseline and beyond reading, the worst first. */
export function writesOf(target: TargetInventory, role: Role): readonly string[] {
  return beyondBaseline(target, role)
    .filter(({ type }) => type !== "read")
    .sort(worstFirst)
    .map(({ name }) => name);
}

/** Permissions of a role beyond the baseline that have exactly this sensitivity: why the role has it. */
export function permissionsAt(
  { target, role }: Pick<HeldRole, "target" | "role">,
  sensitivity: Sensitivity,
): readonly string[] {
  return beyondBaseline(target, role.item)
    .filter((permission) => permission.sensitivity === sensitivity)
    .map(({ name }) => name)
    .sort();
}
