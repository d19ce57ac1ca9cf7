/** The live facts that changes rest on, and nothing else: apply reads exactly these again. */

import { itemsOf } from "../model/knowledge.ts";
import type { TargetInventory } from "../model/target.ts";
import type { Assumption, Change } from "./plan.ts";
import { compareText } from "./words.ts";

/** Role sets that will be written over, members that will be added to or taken from, content of roles that are given. */
export function assumptionsOf(target: TargetInventory, changes: readonly Change[]): readonly Assumption[] {
  const facts = new Map<string, Assumption>();
  for (const change of changes) {
    if (change.action === "set-roles") {
      const { account } = change;
      const roleIds = change.before.map(({ id }) => id).sort(compareText);
      facts.set(`account ${account.id}`, { fact: "account-roles", account, roleIds });
      for (const { id, name } of change.after) {
        const permissions = [...(itemsOf(target.roles).get(id)?.permissions ?? [])].sort(compareText);
        const isGiven = change.grants.some((grant) => grant.id === id);
        const role = { fact: "role", role: { id, name } } as const;
        if (isGiven) facts.set(`role ${id}`, { ...role, permissions });
        else if (!facts.has(`role ${id}`)) facts.set(`role ${id}`, role);
      }
    } else if (change.team.id !== "") {
      const members = target.teamMembers.get(change.team.id);
      const accountIds = [...itemsOf(members).keys()].sort(compareText);
      facts.set(`team ${change.team.id}`, { fact: "team-members", team: change.team, accountIds });
    }
  }
  return [...facts].sort(([a], [b]) => compareText(a, b)).map(([, fact]) => fact);
}
