/**
 * What steps need of others. Guards look at where a plan ends; a step that failed on the way must not leave less than they
 * passed: nobody who can let people in, or people with neither the old mapping nor the new one.
 */

import { ADMIN_EQUIVALENT, ADMIN_ROLE } from "../analysis/effective.ts";
import { describeChange } from "./describeChange.ts";
import { stageOf } from "./order.ts";
import type { AccessDiff, Change, Plan } from "./plan.ts";

/** What a step needs: the place of another change, and what is missing when that one did not succeed. */
export interface Need {
  readonly index: number;
  readonly obstacle: string;
}

export type Needs = ReadonlyMap<number, readonly Need[]>;

/** What each change needs, by its place. */
export function needsOf(plan: Plan): Needs {
  const needs = new Map<number, readonly Need[]>();
  const links = linksOf(plan);
  const adminsGiven = unsureAdmins(plan);
  const comingFor = mappingsComing(plan);
  for (const [index, change] of plan.changes.entries()) {
    const found = [
      ...(change.action === "set-members" ? (links.get(change.team.name) ?? []) : []),
      ...(adminsGiven.length > 0 && takesAdmin(plan, change) ? adminsGiven : []),
      ...comingFor(change),
    ];
    if (found.length > 0) needs.set(index, found);
  }
  return needs;
}

/** Places of the changes in the order in which they are begun: by stage, and in each stage last what needs another one of it. */
export function beginningOrder({ changes }: Plan, needs: Needs): readonly number[] {
  const stages = changes.map(stageOf);
  const isLate = stages.map((stage, index) => needs.get(index)?.some((need) => stages[need.index] === stage) === true);
  const rank = (index: number) => (stages[index] ?? 0) * 2 + (isLate[index] ? 1 : 0);
  return changes.map((_, index) => index).sort((a, b) => rank(a) - rank(b) || a - b);
}

/** Members can only be written when their team is linked: that step, by the team's handle. */
function linksOf({ changes }: Plan): ReadonlyMap<string, readonly Need[]> {
  const links = new Map<string, readonly Need[]>();
  for (const [index, change] of changes.entries())
    if (change.action === "link-team")
      links.set(change.team.name, [{ index, obstacle: `team ${change.team.name} is not linked` }]);
  return links;
}

/** One who can let the others in may be ill or gone, so with fewer than two that the plan does not touch, it waits. */
const SURE_ADMINS = 2;

/** The steps that make administrators, where too few would be left without them. */
function unsureAdmins({ changes, lockout: { admins } }: Plan): readonly Need[] {
  const unsure = new Set(admins);
  const given = changes.flatMap((change, index): Need[] => {
    if (!("account" in change) || !unsure.has(change.account.name) || !isGiving(change)) return [];
    return [{ index, obstacle: `${change.account.name} is no administrator yet, and too few others would be left` }];
  });
  return admins.length - given.length >= SURE_ADMINS ? [] : given;
}

function isGiving(change: Change): boolean {
  if (change.action === "set-roles") return change.grants.length > 0;
  return change.action === "create-user" || (change.action === "set-active" && change.active);
}

/** Somebody who is no administrator afterwards loses what one can do, or their whole account. */
function takesAdmin({ access, lockout }: Plan, change: Change): boolean {
  const isTaking =
    change.action === "set-roles" ? change.revokes.length > 0 : change.action === "set-active" && !change.active;
  if (!isTaking || !("account" in change) || lockout.admins.includes(change.account.name)) return false;
  const { id } = change.account;
  return access.some((entry) => entry.accounts.some((account) => account.id === id) && losesAdmin(entry));
}

function losesAdmin({ state, rolesLost, losses }: AccessDiff): boolean {
  return (
    state === "off" ||
    rolesLost.some(({ role }) => role === ADMIN_ROLE) ||
    losses.some(({ permission }) => ADMIN_EQUIVALENT.includes(permission))
  );
}

/**
 * Who matches a mapping that goes may match one that comes; which people those are, no mapping tells. So changes of mappings
 * wait for new ones of their kind, and what is deleted for both.
 */
function mappingsComing({ changes }: Plan): (change: Change) => readonly Need[] {
  const coming = (kind: string, ...actions: readonly Change["action"][]) =>
    changes.flatMap((change, index): Need[] =>
      actions.includes(change.action) && kindOf(change) === kind
        ? [{ index, obstacle: `people may still need it, because this did not succeed: ${describeChange(change)}` }]
        : [],
    );
  const before = new Map<string, readonly Need[]>(
    ["role", "team"].flatMap((kind) => [
      [`update-mapping ${kind}`, coming(kind, "create-mapping")] as const,
      [`delete-mapping ${kind}`, coming(kind, "create-mapping", "update-mapping")] as const,
    ]),
  );
  return (change) => before.get(`${change.action} ${kindOf(change)}`) ?? [];
}

function kindOf(change: Change): "role" | "team" | undefined {
  if (change.action === "update-mapping") return change.after.gives.kind;
  return "mapping" in change ? change.mapping.gives.kind : undefined;
}
