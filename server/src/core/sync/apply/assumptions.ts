/** The live facts that changes rest on, and nothing else: apply reads exactly these again. */

import { itemsOf } from "../../model/knowledge.ts";
import { compareText } from "../../model/order.ts";
import type { TargetInventory } from "../../model/target.ts";
import type { Assumption, Change, MappingContent, Named } from "../plan.ts";

/**
 * Role sets that will be written over, members that will be added to or taken from, content of roles that are given,
 * accounts that must not exist yet, mappings as they stand, and the switches that say what a login makes of mappings, and of
 * what is written past them.
 */
export function assumptionsOf(target: TargetInventory, changes: readonly Change[]): readonly Assumption[] {
  const facts = new Map<string, Assumption>();
  const { roles, teamMembers } = target;

  function assumeAccount(account: Named, held: readonly Named[]): void {
    const roleIds = held.map(({ id }) => id).sort(compareText);
    facts.set(`account ${account.id}`, { fact: "account-roles", account, roleIds });
  }

  function assumeRole({ id, name }: Named, isGiven: boolean): void {
    const known = facts.get(`role ${id}`);
    if (known?.fact === "role" && (known.permissions || !isGiven)) return;
    const permissions = isGiven && [...(itemsOf(roles).get(id)?.permissions ?? [])].sort(compareText);
    facts.set(`role ${id}`, { fact: "role", role: { id, name }, ...(permissions && { permissions }) });
  }

  function assumeMapping(mapping: MappingContent, id?: string): void {
    const key = `mapping ${mapping.key} ${mapping.value} ${mapping.gives.kind} ${mapping.gives.id} ${id ?? ""}`;
    facts.set(key, { fact: "mapping", mapping, ...(id !== undefined && { id }) });
    if (mapping.gives.kind === "role") assumeRole(mapping.gives, id === undefined);
    assumeSwitch(mapping.gives.kind);
  }

  function assumeSwitch(kind: "role" | "team"): void {
    const [name, value] =
      kind === "role"
        ? (["role-mapping", target.switches.roleMapping] as const)
        : (["team-source", target.switches.teamSource] as const);
    if (value.state === "known") facts.set(`switch ${name}`, { fact: "switch", name, value: String(value.value) });
  }

  for (const change of changes) {
    switch (change.action) {
      case "set-roles":
        assumeAccount(change.account, change.before);
        if (change.through === "api") assumeSwitch("role");
        for (const role of change.after)
          assumeRole(
            role,
            change.grants.some(({ id }) => id === role.id),
          );
        break;
      case "set-active":
        assumeAccount(change.account, change.roles);
        break;
      case "create-user":
        facts.set(`handle ${change.account.name}`, { fact: "no-account", handle: change.account.name });
        for (const role of change.roles) assumeRole(role, true);
        break;
      case "link-team":
      case "set-members": {
        if (change.action === "set-members" && change.through === "api") assumeSwitch("team");
        if (change.team.id === "") break;
        const accountIds = [...itemsOf(teamMembers.get(change.team.id)).keys()].sort(compareText);
        facts.set(`team ${change.team.id}`, { fact: "team-members", team: change.team, accountIds });
        break;
      }
      case "create-mapping":
        assumeMapping(change.mapping);
        break;
      case "update-mapping":
        assumeMapping(change.before, change.id);
        assumeMapping(change.after);
        break;
      case "delete-mapping":
        assumeMapping(change.mapping, change.id);
        break;
    }
  }
  return [...facts].sort(([a], [b]) => compareText(a, b)).map(([, fact]) => fact);
}
