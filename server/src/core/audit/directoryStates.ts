/** What directories say of whoever an account belongs to. That nobody was found there is said only of whole reads. */

import { accountsOf } from "../analysis/accounts.ts";
import { directoriesOf } from "../analysis/grants.ts";
import type { Snapshot } from "../analysis/snapshot.ts";
import type { Principal } from "../model/directory.ts";
import { isComplete, itemsOf } from "../model/knowledge.ts";
import { push } from "../model/maps.ts";
import type { OrganizationConfig } from "../model/project.ts";
import type { TargetInventory } from "../model/target.ts";
import { type DirectoryPeople, hasLeft } from "./leavers.ts";

export const STATE_NOT_KNOWN = "state not known";

/**
 * By id of each account of a person: `active`, `deactivated`, `in no directory` or why it is not known; with the
 * directory's name where the organization has several. `people` is what directories told of everybody in them.
 */
export function directoryStates(
  snapshot: Snapshot,
  organization: OrganizationConfig,
  people: DirectoryPeople,
): ReadonlyMap<string, string> {
  const target = snapshot.targets.get(organization.name);
  if (!target) return new Map();
  const directories = directoriesOf(snapshot, organization);
  const answers = directories.map((name) => ({
    where: directories.length > 1 ? ` in ${name}` : "",
    isWhole: isComplete(people.get(name)),
    found: principalsIn(target, people, name),
  }));
  const accounts = [...itemsOf(target.accounts).values()].filter(({ serviceAccount }) => !serviceAccount);
  return new Map(
    accounts.map(({ id }) => {
      const told = answers.flatMap(({ where, isWhole, found }) => {
        const own = found.get(id);
        if (own) return [`${stateAmong(target, own)}${where}`];
        return isWhole ? [] : [`${STATE_NOT_KNOWN}${where}`];
      });
      if (told.length > 0) return [id, told.join("; ")];
      return [id, directories.length === 0 ? STATE_NOT_KNOWN : "in no directory"];
    }),
  );
}

/** The state as a directory tells it. */
export function stateText({ state, guest }: Principal): string {
  return `${state === "unknown" ? STATE_NOT_KNOWN : state}${guest ? ", guest" : ""}`;
}

/** Whom each account may belong to, by its id. */
function principalsIn(
  target: TargetInventory,
  people: DirectoryPeople,
  directory: string,
): ReadonlyMap<string, readonly Principal[]> {
  const found = new Map<string, Principal[]>();
  for (const principal of itemsOf(people.get(directory)).values())
    for (const { id } of accountsOf(target, principal)) push(found, id, principal);
  return found;
}

/** Whoever is still there counts before those who left: one account may have been theirs one after the other. */
function stateAmong(target: TargetInventory, principals: readonly Principal[]): string {
  const there = principals.filter((principal) => !hasLeft(principal));
  const meant = there.length > 0 ? there : principals;
  if (meant.some((principal) => accountsOf(target, principal).length > 1))
    return `${STATE_NOT_KNOWN}: several accounts carry one address`;
  return [...new Set(meant.map(stateText))].join(" or ");
}
