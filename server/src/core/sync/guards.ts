/**
 * Looks at a finished plan and names what makes it dangerous. Each guard is a function of its own, and lifting one
 * never lifts another. A refusal without a waiver cannot be lifted at all. Own rights are guarded where they arise, in
 * `diffRoles.ts`; incomplete reads are held back in `gaps.ts`; the wrong organization gets no plan, in `requirements.ts`.
 */

import { isAdmin, sensitivityOf } from "../analysis/effective.ts";
import { itemsOf } from "../model/knowledge.ts";
import type { Policy, Safety } from "../model/project.ts";
import type { Account, TargetInventory } from "../model/target.ts";
import type { Desired } from "./desired.ts";
import { roleOf } from "./diffRoles.ts";
import { peopleOf } from "./people.ts";
import type { Change, Named, Refusal, SetRoles, SetTeamMembers } from "./plan.ts";
import { compareText, countOf } from "./words.ts";

export interface Guarded {
  readonly desired: Desired;
  readonly changes: readonly Change[];
  readonly policy: Policy;
  readonly safety: Safety;
}

export type Guard = (guarded: Guarded) => readonly Refusal[];

/** All guards, in the order in which refusals are shown. */
export const GUARDS: readonly Guard[] = [noAdminLeft, massRemoval, emptied, massGrant, managedTeam];

/** `lock/no-admin-left`: fewer human administrators than the project wants, because of this plan. */
export function noAdminLeft({ desired, changes, safety }: Guarded): readonly Refusal[] {
  const { before, after } = countAdmins(desired.target, changes);
  // An organization that never had enough is warned about; a plan is stopped for what it does itself.
  if (after >= safety.admins || after >= before) return [];
  const guard = "lock/no-admin-left";
  if (after === 0) return [{ guard, message: "nobody would be left who can administer the organization" }];
  const message = `${countOf(after, "person", "people")} would be left who can administer the organization; safety.admins asks for ${safety.admins}`;
  return [{ guard, message, waiver: guard }];
}

/** `lock/mass-removal`: more people lose a role, a team or anything at all than is ordinary. */
export function massRemoval({ desired, changes, safety }: Guarded): readonly Refusal[] {
  const refusals: Refusal[] = [];
  const guard = "lock/mass-removal";
  const check = (object: string, what: string, leaving: number, holders: number) => {
    const { share, people, floor } = safety.removals;
    if (leaving <= floor || (leaving <= people && leaving <= share * holders)) return;
    const message = `${leaving} of ${countOf(holders, "person", "people")} would lose ${what}; up to ${Math.round(share * 100)} % and ${countOf(people, "person", "people")} is ordinary`;
    refusals.push({ guard, object, message, waiver: `${guard}:${object}` });
  };
  const everybody = new Set<string>();
  const losers = new Set<string>();
  for (const { role, holders, leaving } of roleMovements(desired, changes)) {
    check(`role=${role.name}`, role.name, leaving.length, holders.length);
    for (const account of holders) everybody.add(account.id);
    for (const account of leaving) losers.add(account.id);
  }
  for (const { change, members } of teamMovements(desired, changes)) {
    check(`team=${change.team.name}`, `their place in team ${change.team.name}`, change.revokes.length, members.length);
    for (const id of members) everybody.add(id);
    for (const { id } of change.revokes) losers.add(id);
  }
  check("total", "something", losers.size, everybody.size);
  return refusals;
}

/** `lock/emptied`: a role or team that has people would have none. */
export function emptied({ desired, changes }: Guarded): readonly Refusal[] {
  const guard = "lock/emptied";
  const refuse = (object: string, what: string): Refusal => ({
    guard,
    object,
    message: `${what} has people today and would have none`,
    waiver: `${guard}:${object}`,
  });
  const roles = roleMovements(desired, changes)
    .filter(({ leaving, remaining }) => leaving.length > 0 && remaining === 0)
    .map(({ role }) => refuse(`role=${role.name}`, role.name));
  const teams = teamMovements(desired, changes)
    .filter(({ change, members }) => change.grants.length === 0 && change.revokes.length === members.length)
    .map(({ change }) => refuse(`team=${change.team.name}`, `team ${change.team.name}`));
  return [...roles, ...teams];
}

/** `lock/mass-grant`: a role with high or critical permissions would reach more people through mappings than the policy allows. */
export function massGrant({ desired, changes, policy }: Guarded): readonly Refusal[] {
  const guard = "lock/mass-grant";
  const enabled = new Set(enabledPeople(desired.target).map(({ id }) => id));
  return roleMovements(desired, changes).flatMap(({ role, gaining }): Refusal[] => {
    const live = roleOf(desired, role.id);
    const sensitivity = live && sensitivityOf(desired.target, live);
    if (gaining === 0 || (sensitivity !== "high" && sensitivity !== "critical")) return [];
    const limit = policy.limits[sensitivity];
    const reached = [...desired.roles].filter(([id, roles]) => enabled.has(id) && roles.has(role.id)).length;
    if (limit === undefined || reached <= limit) return [];
    const object = `role=${role.name}`;
    const message = `${countOf(reached, "person", "people")} would hold ${role.name} (${sensitivity}) through mappings; policy.limits allows ${limit}`;
    return [{ guard, object, message, waiver: `${guard}:${object}` }];
  });
}

/** `plat/managed-team`: SCIM owns the team already, and nothing says that it was this project that linked it. */
export function managedTeam({ desired, changes }: Guarded): readonly Refusal[] {
  const guard = "plat/managed-team";
  const pins = desired.snapshot.lock.organizations.get(desired.organization.name)?.teams;
  return changes.flatMap((change): Refusal[] => {
    if (change.action !== "set-members") return [];
    const { name, id } = change.team;
    if (!itemsOf(desired.target.teams).get(id)?.managed || pins?.has(name)) return [];
    const object = `team=${name}`;
    const message = `team ${name} is managed through SCIM and accessmap.lock does not record it, so another tool may own it; if it is yours, run \`accessmap lock\``;
    return [{ guard, object, message, waiver: `${guard}:${object}` }];
  });
}

/** Human administrators who can log in, now and after the changes. */
export function countAdmins(
  target: TargetInventory,
  changes: readonly Change[],
): { readonly before: number; readonly after: number } {
  const roles = itemsOf(target.roles);
  const isAdminSet = (ids: readonly string[]) =>
    ids.some((id) => {
      const role = roles.get(id);
      return role !== undefined && isAdmin(target, role);
    });
  const written = new Map(changes.filter(isSetRoles).map((change) => [change.account.id, change]));
  let before = 0;
  let after = 0;
  for (const account of peopleOf(target)) {
    if (account.status !== "active") continue;
    if (isAdminSet(account.roleIds)) before++;
    if (isAdminSet(written.get(account.id)?.after.map(({ id }) => id) ?? account.roleIds)) after++;
  }
  return { before, after };
}

interface RoleMovement {
  readonly role: Named;
  /** Enabled people who hold it today. */
  readonly holders: readonly Account[];
  readonly leaving: readonly Named[];
  readonly gaining: number;
  /** Enabled accounts, service accounts included, that hold it afterwards. */
  readonly remaining: number;
}

/** Roles that changes give or take, by name. */
function roleMovements({ target }: Desired, changes: readonly Change[]): readonly RoleMovement[] {
  const written = changes.filter(isSetRoles);
  const moved = new Map(
    written.flatMap(({ grants, revokes }) => [...grants, ...revokes]).map((role) => [role.id, role]),
  );
  const enabled = [...itemsOf(target.accounts).values()].filter((account) => account.status !== "disabled");
  return [...moved.values()]
    .sort((a, b) => compareText(a.name, b.name))
    .map((role) => {
      const all = enabled.filter((account) => account.roleIds.includes(role.id));
      const leaving = written.flatMap(({ account, revokes }) =>
        revokes.some(({ id }) => id === role.id) ? [account] : [],
      );
      const gaining = written.filter(({ grants }) => grants.some(({ id }) => id === role.id)).length;
      const holders = all.filter((account) => !account.serviceAccount);
      return { role, holders, leaving, gaining, remaining: all.length - leaving.length + gaining };
    });
}

function teamMovements({ target }: Desired, changes: readonly Change[]) {
  return changes.filter(isTakingMembers).map((change) => ({
    change,
    members: [...itemsOf(target.teamMembers.get(change.team.id)).keys()],
  }));
}

function enabledPeople(target: TargetInventory): readonly Account[] {
  return peopleOf(target).filter((account) => account.status !== "disabled");
}

function isSetRoles(change: Change): change is SetRoles {
  return change.action === "set-roles";
}

function isTakingMembers(change: Change): change is SetTeamMembers {
  return change.action === "set-members" && change.revokes.length > 0;
}
