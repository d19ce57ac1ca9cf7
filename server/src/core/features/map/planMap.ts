/** Before and after a plan: how many people hold something of each class, each role and each team. */

import { sensitivityOf } from "../../analysis/effective.ts";
import { addAll, meets, newBits } from "../../analysis/engine/bits.ts";
import { bitsOfNames, vocabularyOf } from "../../analysis/engine/vocabulary.ts";
import { gapOf, itemsOf } from "../../model/knowledge.ts";
import { compareText } from "../../model/order.ts";
import type { TargetInventory } from "../../model/target.ts";
import { peopleOf } from "../../sync/people.ts";
import type { AccessDiff, Cause, Plan } from "../../sync/plan.ts";
import type { MapPlace, PlanMap, PlanMapRow } from "./accessMap.ts";
import { type By, classesOf } from "./classes.ts";

/** `target` as it was read for the plan. Accounts that are off hold nothing; service accounts are no people. */
export function planMap(plan: Plan, target: TargetInventory, by: By): PlanMap {
  const gap = gapOf(target.accounts);
  return {
    by,
    title: `What the plan changes in ${plan.organization.title}`,
    rows: [...classRows(plan, target, by), ...roleRows(plan, target), ...teamRows(plan, target)],
    gaps: gap ? [`accounts of ${target.name} not known completely: ${gap.message}`] : [],
  };
}

type RoleIds = ReadonlySet<string>;

function classRows({ access }: Plan, target: TargetInventory, by: By): readonly PlanMapRow[] {
  const classes = classesOf(target, by);
  const holds = classTable(target, classes);
  const before = heldNow(target);
  const moved = movedBy(access, target, before);
  return classes.map(({ label, worst }, at): PlanMapRow => {
    const held = [...before.values()].filter((roles) => holds(roles)[at]).length;
    const gain = moved.filter((move) => !holds(move.before)[at] && holds(move.after)[at]).length;
    const loss = moved.filter((move) => holds(move.before)[at] && !holds(move.after)[at]).length;
    return { kind: "class", name: label, worst, before: held, after: held + gain - loss, gain, loss };
  });
}

/** For a set of roles, whether it has something of each class; thousands of people share a handful of sets. */
function classTable(target: TargetInventory, classes: ReturnType<typeof classesOf>) {
  const vocabulary = vocabularyOf(target);
  const roles = itemsOf(target.roles);
  const known = new Map<string, readonly boolean[]>();
  return (ids: RoleIds): readonly boolean[] => {
    const key = [...ids].sort().join(" ");
    let holds = known.get(key);
    if (!holds) {
      const bits = newBits(vocabulary.permissions.length);
      for (const id of ids) addAll(bits, bitsOfNames(vocabulary, roles.get(id)?.permissions ?? []));
      holds = classes.map((one) => meets(bits, one.bits));
      known.set(key, holds);
    }
    return holds;
  };
}

/** Role ids of enabled people by account id. */
function heldNow(target: TargetInventory): ReadonlyMap<string, RoleIds> {
  const enabled = peopleOf(target).filter(({ status }) => status !== "disabled");
  return new Map(enabled.map(({ id, roleIds }) => [id, new Set(roleIds)]));
}

function movedBy(access: readonly AccessDiff[], target: TargetInventory, held: ReadonlyMap<string, RoleIds>) {
  const ids = new Map([...itemsOf(target.roles).values()].map(({ id, name }) => [name, id]));
  return access.flatMap(({ accounts, rolesGained, rolesLost }) => {
    const gained = rolesGained.map(({ role }) => ids.get(role) ?? role);
    const lost = new Set(rolesLost.map(({ role }) => ids.get(role) ?? role));
    return accounts.map(({ id }) => {
      const before = held.get(id) ?? new Set<string>();
      return { before, after: new Set([...[...before].filter((role) => !lost.has(role)), ...gained]) };
    });
  });
}

interface Movement {
  gain: number;
  loss: number;
  because: Cause;
}

function movements(
  access: readonly AccessDiff[],
  of: (entry: AccessDiff) => readonly { readonly name: string; readonly by: number; readonly because: Cause }[],
): readonly (readonly [string, Movement])[] {
  const found = new Map<string, Movement>();
  for (const entry of access)
    for (const { name, by, because } of of(entry)) {
      const known = found.get(name) ?? { gain: 0, loss: 0, because };
      if (by > 0) known.gain += entry.accounts.length;
      else known.loss += entry.accounts.length;
      if (!known.because.place) known.because = because;
      found.set(name, known);
    }
  return [...found].sort(([a], [b]) => compareText(a, b));
}

function roleRows({ access }: Plan, target: TargetInventory): readonly PlanMapRow[] {
  const roles = [...itemsOf(target.roles).values()];
  const held = [...heldNow(target).values()];
  return movements(access, ({ rolesGained, rolesLost }) => [
    ...rolesGained.map(({ role, because }) => ({ name: role, by: 1, because })),
    ...rolesLost.map(({ role, because }) => ({ name: role, by: -1, because })),
  ]).map(([name, { gain, loss, because }]): PlanMapRow => {
    const role = roles.find((candidate) => candidate.name === name);
    const before = role ? held.filter((ids) => ids.has(role.id)).length : 0;
    const worst = role && sensitivityOf(target, role);
    return {
      kind: "role",
      name,
      ...(worst && { worst }),
      before,
      after: before + gain - loss,
      gain,
      loss,
      ...at(because),
    };
  });
}

/** A team whose members were not read has no numbers before and after. */
function teamRows({ access }: Plan, target: TargetInventory): readonly PlanMapRow[] {
  const teams = new Map([...itemsOf(target.teams).values()].map(({ id, handle }) => [handle, id]));
  return movements(access, ({ teamsGained, teamsLost }) => [
    ...teamsGained.map(({ team, because }) => ({ name: team, by: 1, because })),
    ...teamsLost.map(({ team, because }) => ({ name: team, by: -1, because })),
  ]).map(([name, { gain, loss, because }]): PlanMapRow => {
    const id = teams.get(name);
    const members = id === undefined ? undefined : target.teamMembers.get(id);
    const before = id === undefined ? 0 : members?.state === "known" ? members.items.size : undefined;
    const counts = before === undefined ? {} : { before, after: before + gain - loss };
    return { kind: "team", name, ...counts, gain, loss, ...at(because) };
  });
}

function at({ place, line }: Cause): { readonly place?: MapPlace } {
  return place && line !== undefined ? { place: { file: place.file, line } } : {};
}
