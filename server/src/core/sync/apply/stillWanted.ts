/**
 * Whether what a plan does is still asked for. Apply reads Datadog's side of a plan again, and what is in the way of its steps;
 * who is in which group only a plan made anew can tell. What is there already by now is no reason not to apply.
 */

import { fold } from "../../analysis/words.ts";
import { itemsOf } from "../../model/knowledge.ts";
import type { TargetInventory } from "../../model/target.ts";
import { keyOfContent } from "../diff/mappings.ts";
import { findAccount } from "../people.ts";
import type { Change, MappingContent, Named, Plan } from "../plan.ts";
import { describeMapping } from "../render/describeChange.ts";
import { findMapping } from "./mappings.ts";

/** One thing that a plan does, as a clause. */
interface Part {
  readonly words: string;
  readonly isThere: boolean;
}

/** In the reason; the new plan shows them all. */
const MOST_SHOWN = 6;

/** Why the plan may not be applied, or undefined. `fresh` is made of the same files, and `target` what it was made from. */
export function whyUnwanted(plan: Plan, fresh: Plan, target: TargetInventory): string | undefined {
  const [before, now] = [partsOf(plan, target), partsOf(fresh, target)];
  const gone = [...before].filter(([key, { isThere }]) => !isThere && !now.has(key)).map(([, { words }]) => words);
  const touched = givenByOpen(plan, target);
  const [shown, shows] = [loginsOf(touched, plan, target), loginsOf(touched, fresh, target)];
  const added = [...shows].filter(([key]) => !shown.has(key)).map(([, { words }]) => words);
  const lost = [...shown].filter(([key, { isThere }]) => !isThere && !shows.has(key)).map(([, { words }]) => words);
  const reasons = [
    ...(gone.length > 0 ? [`it is not asked for any more that ${fold(gone, MOST_SHOWN)}`] : []),
    ...(lost.length > 0 && gone.length === 0 ? [`it would not come about that ${fold(lost, MOST_SHOWN)}`] : []),
    ...(added.length > 0 ? [`the plan does not say that ${fold(added, MOST_SHOWN)}`] : []),
  ];
  if (reasons.length === 0) return undefined;
  const doubt = fresh.unread === undefined ? "" : ` (${fresh.unread})`;
  return `groups or accounts moved since the plan was made: ${reasons.join("; ")}${doubt}; plan again and look at the new one`;
}

/** By what is done to what. */
function partsOf({ changes }: Plan, target: TargetInventory): ReadonlyMap<string, Part> {
  const parts = new Map<string, Part>();
  for (const change of changes)
    for (const [key, words, isThere] of partsOfChange(change, target)) parts.set(key, { words, isThere });
  return parts;
}

type Entry = readonly [key: string, words: string, isThere: boolean];

function partsOfChange(change: Change, target: TargetInventory): readonly Entry[] {
  const accounts = itemsOf(target.accounts);
  const mappings = itemsOf(target.mappings);
  const created = (mapping: MappingContent): Entry => [
    `map ${keyOfContent(mapping)}`,
    `${describeMapping(mapping)} is mapped`,
    findMapping(mappings.values(), mapping) !== undefined,
  ];
  const deleted = (mapping: MappingContent, id: string): Entry => [
    `unmap ${keyOfContent(mapping)}`,
    `${describeMapping(mapping)} is mapped no more`,
    !mappings.has(id),
  ];
  switch (change.action) {
    case "set-roles": {
      const { id, name } = change.account;
      const held = accounts.get(id)?.roleIds ?? [];
      return [
        ...change.grants.map(
          (role): Entry => [`give ${id} ${role.id}`, `${name} gets ${role.name}`, held.includes(role.id)],
        ),
        ...change.revokes.map(
          (role): Entry => [`take ${id} ${role.id}`, `${name} loses ${role.name}`, !held.includes(role.id)],
        ),
      ];
    }
    case "set-members": {
      const { name: team } = change.team;
      const members = itemsOf(target.teamMembers.get(idOf(target, change.team)));
      const isIn = (account: Named) => members.has(findAccount(target, account)?.id ?? account.id);
      return [
        ...change.grants.map(
          ({ id, name }): Entry => [`join ${team} ${name}`, `${name} joins team ${team}`, isIn({ id, name })],
        ),
        ...change.revokes.map(
          ({ id, name }): Entry => [`leave ${team} ${name}`, `${name} leaves team ${team}`, !isIn({ id, name })],
        ),
      ];
    }
    case "link-team": {
      const { name } = change.team;
      const isThere = itemsOf(target.teams).get(idOf(target, change.team))?.managed === true;
      return [[`link ${name}`, `team ${name} is put under SCIM`, isThere]];
    }
    case "create-user": {
      const { name } = change.account;
      return [[`create ${name}`, `${name} gets an account`, findAccount(target, change.account) !== undefined]];
    }
    case "set-active": {
      const { id, name } = change.account;
      const state = change.active ? "on" : "off";
      const isOn = accounts.get(id)?.status !== "disabled";
      return [[`switch ${id} ${state}`, `the account ${name} is switched ${state}`, isOn === change.active]];
    }
    case "create-mapping":
      return [created(change.mapping)];
    case "update-mapping":
      return [created(change.after), deleted(change.before, change.id)];
    case "delete-mapping":
      return [deleted(change.mapping, change.id)];
  }
}

/** A team that the plan makes has an id once it is made. */
function idOf({ teams }: TargetInventory, { id, name }: Named): string {
  if (id !== "") return id;
  return [...itemsOf(teams).values()].find(({ handle }) => handle === name)?.id ?? "";
}

/** What the mappings give that a plan changes and that are not so yet, as `role SRE`. */
function givenByOpen({ changes }: Plan, target: TargetInventory): ReadonlySet<string> {
  const open = changes.filter(
    (change) => givenBy(change).length > 0 && partsOfChange(change, target).some(([, , isThere]) => !isThere),
  );
  return new Set(open.flatMap(givenBy).map(({ kind, name }) => `${kind} ${name}`));
}

/** What logins do to people by the roles and teams that are `touched`: groups alone say who that is. */
function loginsOf(touched: ReadonlySet<string>, { access }: Plan, target: TargetInventory): ReadonlyMap<string, Part> {
  const parts = new Map<string, Part>();
  if (touched.size === 0) return parts;
  const roleNamed = new Map([...itemsOf(target.roles).values()].map(({ id, name }) => [id, name]));
  const accounts = itemsOf(target.accounts);
  const held = (id: string) => new Set((accounts.get(id)?.roleIds ?? []).map((role) => roleNamed.get(role)));
  const teams = new Map([...itemsOf(target.teams).values()].map(({ id, handle }) => [handle, id]));
  const isIn = (team: string, id: string) => itemsOf(target.teamMembers.get(teams.get(team) ?? "")).has(id);
  for (const { accounts: people, rolesGained, rolesLost, teamsGained, teamsLost } of access)
    for (const { id, name } of people) {
      const note = (thing: string, words: string, isThere: boolean) => {
        if (touched.has(thing)) parts.set(words, { words, isThere });
      };
      for (const { role } of rolesGained) note(`role ${role}`, `${name} gains ${role} at a login`, held(id).has(role));
      for (const { role } of rolesLost) note(`role ${role}`, `${name} loses ${role} at a login`, !held(id).has(role));
      for (const { team } of teamsGained) note(`team ${team}`, `${name} joins team ${team} at a login`, isIn(team, id));
      for (const { team } of teamsLost) note(`team ${team}`, `${name} leaves team ${team} at a login`, !isIn(team, id));
    }
  return parts;
}

function givenBy(change: Change): readonly MappingContent["gives"][] {
  if (change.action === "update-mapping") return [change.before.gives, change.after.gives];
  return "mapping" in change ? [change.mapping.gives] : [];
}
