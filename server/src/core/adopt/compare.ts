/**
 * Who holds something against who is in a group. A group explains what people hold only when everybody who holds it is in
 * the group and everybody in the group holds it; anything less is for a person to judge.
 */

import { accountsOf } from "../analysis/accounts.ts";
import { activeMembers } from "../analysis/grants.ts";
import type { Snapshot } from "../analysis/snapshot.ts";
import type { DirectoryInventory, Group } from "../model/directory.ts";
import { isComplete, itemsOf, type Knowledge } from "../model/knowledge.ts";
import { push } from "../model/maps.ts";
import { compareText } from "../model/order.ts";
import type { Account, TargetInventory } from "../model/target.ts";

/** A group whose members are wholly known. */
export interface ComparedGroup {
  readonly directory: DirectoryInventory;
  readonly group: Group;
  /** Enabled accounts of its active members. */
  readonly accounts: ReadonlySet<string>;
  /** Active members of whom no single account is known. */
  readonly without: number;
}

export interface Comparison {
  readonly groups: readonly ComparedGroup[];
  readonly byAccount: ReadonlyMap<string, readonly ComparedGroup[]>;
  /** Groups whose members were not read, or not wholly. */
  readonly uncompared: number;
  /** Every group of every directory is compared, but for those that hold everyone. */
  readonly isWhole: boolean;
}

export type Explanation =
  /** Its accounts are the holders that are still to be explained, and nobody else's. */
  | { readonly kind: "whole"; readonly group: ComparedGroup }
  /** Several groups of the same people: only a person knows which one is meant. */
  | { readonly kind: "several"; readonly groups: readonly ComparedGroup[] }
  | { readonly kind: "partly"; readonly candidates: readonly LikelyGroup[] }
  | { readonly kind: "none" };

/** A group that explains most of the holders that are left, and would not give it to more people than it explains. */
export interface LikelyGroup {
  readonly group: ComparedGroup;
  readonly explains: number;
  /** Accounts that do not hold it and would. */
  readonly adds: number;
}

/** Of one person's access a group of one person explains nothing: such coincidences are everywhere. */
const FEWEST = 2;
const MOST_CANDIDATES = 2;

/** All groups of the snapshot whose members are known. A group that holds everyone is compared with nothing. */
export function compareGroups(snapshot: Snapshot, target: TargetInventory): Comparison {
  const groups: ComparedGroup[] = [];
  let uncompared = 0;
  for (const directory of snapshot.directories.values()) {
    for (const group of groupsIn(directory)) {
      if (group.kind === "everyone") continue;
      const members = directory.members.get(group.id);
      if (isComplete(members)) groups.push({ directory, group, ...accountsIn(target, members) });
      else uncompared++;
    }
  }
  groups.sort((a, b) => compareText(a.group.name, b.group.name));
  const byAccount = new Map<string, ComparedGroup[]>();
  for (const group of groups) for (const id of group.accounts) push(byAccount, id, group);
  const isListed = [...snapshot.directories.values()].every((directory) => isComplete(directory.groups));
  return { groups, byAccount, uncompared, isWhole: isListed && uncompared === 0 };
}

/** Enabled accounts of a group's active members, and for how many of them none can be told. */
export function accountsIn(
  target: TargetInventory,
  members: Knowledge<Parameters<typeof accountsOf>[1]>,
): Pick<ComparedGroup, "accounts" | "without"> {
  const accounts = new Set<string>();
  let without = 0;
  for (const person of activeMembers(members)) {
    const [account, ...others] = accountsOf(target, person);
    if (account && others.length === 0 && isEnabledPerson(account)) accounts.add(account.id);
    else without++;
  }
  return { accounts, without };
}

/** Neither switched off nor a service account. */
export function isEnabledPerson({ status, serviceAccount }: Account): boolean {
  return status !== "disabled" && !serviceAccount;
}

/** What explains the holders that `explained` does not hold yet. */
export function explain(
  { byAccount }: Comparison,
  holders: ReadonlySet<string>,
  explained: ReadonlySet<string>,
): Explanation {
  const left = [...holders].filter((id) => !explained.has(id));
  const found = new Map<ComparedGroup, number>();
  for (const id of left) for (const group of byAccount.get(id) ?? []) found.set(group, (found.get(group) ?? 0) + 1);
  const candidates = [...found].map(([group, explains]): LikelyGroup => {
    return { group, explains, adds: [...group.accounts].filter((id) => !holders.has(id)).length };
  });
  const sizes = [left.length, holders.size];
  const exact = candidates.filter(
    ({ group, explains, adds }) => explains === left.length && adds === 0 && sizes.includes(group.accounts.size),
  );
  if (left.length >= FEWEST && exact.length > 0) {
    const [only, ...others] = exact.map(({ group }) => group) as [ComparedGroup, ...ComparedGroup[]];
    return others.length === 0 ? { kind: "whole", group: only } : { kind: "several", groups: [only, ...others] };
  }
  const most = candidates
    .filter(({ explains, adds }) => explains * 2 > left.length && explains >= FEWEST && adds <= explains)
    .sort((a, b) => b.explains - b.adds - (a.explains - a.adds) || compareText(a.group.group.name, b.group.group.name));
  return most.length === 0 ? { kind: "none" } : { kind: "partly", candidates: most.slice(0, MOST_CANDIDATES) };
}

/** Listed groups and those that were looked up. */
function groupsIn({ groups, named }: DirectoryInventory): Iterable<Group> {
  const all = [groups, ...named.values()].flatMap((some) => [...itemsOf(some).values()]);
  return new Map(all.map((group) => [group.id, group])).values();
}
