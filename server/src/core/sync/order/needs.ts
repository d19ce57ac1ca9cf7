/**
 * What steps need of others. Guards look at where a plan ends; a step that failed on the way must not leave less than they
 * passed: nobody who can let people in, a role that nobody holds, or people with neither the old mapping nor the new one.
 */

import { ADMIN_EQUIVALENT, ADMIN_ROLE } from "../../analysis/effective.ts";
import { push } from "../../model/maps.ts";
import type { AccessDiff, Change, MappingContent, Plan } from "../plan.ts";
import { describeChange } from "../render/describeChange.ts";
import { stageOf } from "./order.ts";

/** What a step needs: one of these changes, by place, and what is missing while none of them has succeeded. */
export interface Need {
  readonly anyOf: readonly number[];
  readonly obstacle: string;
}

export type Needs = ReadonlyMap<number, readonly Need[]>;

/** What each change needs, by its place. Nothing is needed of a later stage, nor in a circle. */
export function needsOf(plan: Plan): Needs {
  const needs = new Map<number, readonly Need[]>();
  // Swaps can wait for each other; then the first of them waits, and the last one does not.
  const stages = plan.changes.map(stageOf);
  const isFree = (index: number, giver: number) =>
    giver !== index && (stages[giver] !== stages[index] || !reaches(needs, giver, index));
  const sources = [
    membersNeed(plan),
    halvesNeed(plan),
    adminsNeed(plan),
    mappingsNeed(plan, isFree),
    rolesNeed(plan, isFree),
  ];
  for (const needOf of sources)
    for (const [index, change] of plan.changes.entries()) {
      const found = needOf(change, index).filter(({ anyOf }) => anyOf.length > 0);
      if (found.length > 0) needs.set(index, [...(needs.get(index) ?? []), ...found]);
    }
  return needs;
}

type NeedOf = (change: Change, index: number) => readonly Need[];
type IsFree = (index: number, giver: number) => boolean;

/** Places of the changes in the order in which they are begun: by stage, and in each stage after those that they need. */
export function beginningOrder({ changes }: Plan, needs: Needs): readonly number[] {
  const stages = changes.map(stageOf);
  const depths = new Map<number, number>();
  const depthOf = (index: number): number => {
    const known = depths.get(index);
    if (known !== undefined) return known;
    const before = (needs.get(index) ?? []).flatMap(({ anyOf }) => anyOf.filter((on) => stages[on] === stages[index]));
    const depth = before.reduce((deepest, on) => Math.max(deepest, depthOf(on) + 1), 0);
    depths.set(index, depth);
    return depth;
  };
  return changes
    .map((_, index) => index)
    .sort((a, b) => (stages[a] ?? 0) - (stages[b] ?? 0) || depthOf(a) - depthOf(b) || a - b);
}

/** Whether the one waits for the other, at whatever distance. */
function reaches(needs: Needs, from: number, to: number): boolean {
  const seen = new Set([from]);
  for (const index of seen) {
    if (index === to) return true;
    for (const { anyOf } of needs.get(index) ?? []) for (const next of anyOf) seen.add(next);
  }
  return false;
}

/** Members can only be written when their team is linked. */
function membersNeed({ changes }: Plan): NeedOf {
  const links = new Map<string, readonly Need[]>();
  for (const [index, change] of changes.entries())
    if (change.action === "link-team")
      links.set(change.team.name, [{ anyOf: [index], obstacle: `team ${change.team.name} is not linked` }]);
  return (change) => (change.action === "set-members" ? (links.get(change.team.name) ?? []) : []);
}

/** What a change in two halves takes, it takes when it has given. */
function halvesNeed({ changes }: Plan): NeedOf {
  const first = new Map<string, number>();
  for (const [index, change] of changes.entries())
    if (change.action === "set-roles" && !first.has(change.account.id)) first.set(change.account.id, index);
  return (change, index) => {
    const giver = change.action === "set-roles" ? first.get(change.account.id) : undefined;
    if (giver === undefined || giver === index) return [];
    return [{ anyOf: [giver], obstacle: `this did not succeed: ${describeChange(changes[giver] as Change)}` }];
  };
}

/** One who can let the others in may be ill or gone, so with fewer than two that the plan does not touch, it waits. */
const SURE_ADMINS = 2;

/** Administrators are not taken before those are made without whom too few would be left. */
function adminsNeed({ changes, access, lockout: { admins } }: Plan): NeedOf {
  const after = new Set(admins);
  const given = changes.flatMap((change, index): Need[] => {
    if (!("account" in change) || !after.has(change.account.name) || rolesGiven(change).length === 0) return [];
    const obstacle = `${change.account.name} is no administrator yet, and too few others would be left`;
    return [{ anyOf: [index], obstacle }];
  });
  if (given.length === 0 || admins.length - given.length >= SURE_ADMINS) return () => [];
  const losing = new Set(access.filter(losesAdmin).flatMap(({ accounts }) => accounts.map(({ id }) => id)));
  return (change) =>
    "account" in change &&
    rolesTaken(change).length > 0 &&
    losing.has(change.account.id) &&
    !after.has(change.account.name)
      ? given
      : [];
}

function losesAdmin({ state, rolesLost, losses }: AccessDiff): boolean {
  return (
    state === "off" ||
    rolesLost.some(({ role }) => role === ADMIN_ROLE) ||
    losses.some(({ permission }) => ADMIN_EQUIVALENT.includes(permission))
  );
}

/** A role that changes hands is taken from nobody before somebody new has it: one is enough. */
function rolesNeed({ changes, lockout: { changingHands = [] } }: Plan, isFree: IsFree): NeedOf {
  const givers = new Map<string, number[]>();
  const names = new Map(changingHands.map(({ id, name }) => [id, name]));
  if (names.size === 0) return () => [];
  for (const [index, change] of changes.entries()) for (const id of rolesGiven(change)) push(givers, id, index);
  return (change, index) =>
    rolesTaken(change)
      .filter((id) => names.has(id))
      .map((id) => ({
        anyOf: (givers.get(id) ?? []).filter((giver) => isFree(index, giver)),
        obstacle: `nobody who is to get ${names.get(id)} has it yet, and nobody else would be left with it`,
      }));
}

/** Ids of the roles that a step gives an account. */
export function rolesGiven(change: Change): readonly string[] {
  if (change.action === "set-roles") return change.grants.map(({ id }) => id);
  const gives = change.action === "create-user" || (change.action === "set-active" && change.active);
  return gives ? change.roles.map(({ id }) => id) : [];
}

/** Ids of the roles that a step takes from an account. */
export function rolesTaken(change: Change): readonly string[] {
  if (change.action === "set-roles") return change.revokes.map(({ id }) => id);
  return change.action === "set-active" && !change.active ? change.roles.map(({ id }) => id) : [];
}

/**
 * Who matches a mapping that goes may match one that comes; which people those are, no mapping tells. So what gives a role or
 * team stays until all that is to give it is there. With role mapping on, whoever matches nothing loses all roles at a login:
 * then mappings of roles are changed when all new ones are there, and deleted when all changed ones are too.
 */
function mappingsNeed({ changes, assumptions }: Plan, isFree: IsFree): NeedOf {
  const isOff = assumptions.some(
    (fact) => fact.fact === "switch" && fact.name === "role-mapping" && fact.value === "false",
  );
  const coming = changes.flatMap((change, index) => {
    const gives = mappingGiven(change);
    if (!gives) return [];
    const failed = `this did not succeed: ${describeChange(change)}`;
    const need = (why: string): Need => ({ anyOf: [index], obstacle: `${why} ${failed}` });
    const same = need("people may still need it, because");
    const other = need("people who match no mapping of a role would lose all they hold at a login, and");
    return [{ index, gives, stage: stageOf(change), same, other }];
  });
  return (change, index) => {
    const gone = mappingTaken(change);
    if (!gone) return [];
    const stage = stageOf(change);
    return coming.flatMap(({ index: giver, gives, same, other, ...given }) => {
      if (gives.kind !== gone.kind) return [];
      if (gives.id === gone.id) return isFree(index, giver) ? [same] : [];
      return gone.kind === "team" || isOff || given.stage >= stage ? [] : [other];
    });
  };
}

function mappingGiven(change: Change): MappingContent["gives"] | undefined {
  if (change.action === "create-mapping") return change.mapping.gives;
  return change.action === "update-mapping" ? change.after.gives : undefined;
}

function mappingTaken(change: Change): MappingContent["gives"] | undefined {
  if (change.action === "delete-mapping") return change.mapping.gives;
  return change.action === "update-mapping" ? change.before.gives : undefined;
}
