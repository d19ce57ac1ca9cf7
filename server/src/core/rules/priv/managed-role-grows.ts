/**
 * priv/managed-role-grows: people who should hold little get a role that Datadog widens by itself.
 *
 * Why: Datadog Standard Role, and custom roles that receive permissions from a managed one, gain each new permission
 * without a change in any file; 54 permissions of 2021 were 345 in 2026.
 * Do: give a custom role that receives nothing; clone the one that grows, if it is right today.
 * Not reported: groups that the policy has no class for and that hold no outsiders; grants that priv/beyond-class,
 * sod/forbidden-access or idp/outsiders reports already; Datadog Read Only Role, which grows by reading alone; roles
 * that are as good as Datadog Admin; roles whose content is not known; mappings that have ended.
 */

import { isAdmin, permissionNames, READ_ONLY_ROLE, sensitivityOf } from "../../analysis/effective.ts";
import type { HeldRole, ResolvedMapping } from "../../analysis/grants.ts";
import { groupName } from "../../analysis/grants.ts";
import { policyClassesOf } from "../../analysis/judgements/classes.ts";
import { outsidersOf } from "../../analysis/judgements/outsiders.ts";
import { writesOf } from "../../analysis/judgements/privilege.ts";
import { useLess } from "../../analysis/judgements/smallerRole.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, inQuotes } from "../../analysis/words.ts";
import type { World } from "../../analysis/world.ts";
import { compareSensitivity, type Role } from "../../model/target.ts";

export const managedRoleGrows: Rule = {
  id: "priv/managed-role-grows",
  severity: "warning",
  checkMapping(resolved, { world, source, report }) {
    for (const held of resolved.held) {
      const role = held.role.item;
      const from = growsFrom(role);
      if (from.length === 0 || isAdmin(held.target, role)) continue;
      const why = restraintOn(world, resolved, held);
      if (why === undefined) continue;
      const how = role.managed
        ? "which Datadog widens by itself"
        : `which receives all that ${fold(from.map(inQuotes))} gains`;
      report({
        span: held.span,
        message: `"${groupName(resolved)}" ${why}, but gets "${role.name}", ${how}; give it a role that only you change`,
        fixes: useLess(source, held, (other) => growsFrom(other).length === 0),
        asOf: held.role.asOf,
      });
    }
  },
};

/** Whose new permissions a role gets; Datadog's own reading role widens nothing that matters. */
function growsFrom(role: Role): readonly string[] {
  const from = role.managed ? [role.name] : role.receivesFrom;
  return from.filter((name) => name !== READ_ONLY_ROLE);
}

/** Why these people should hold little; undefined when nothing says so, or when what they hold already is a finding. */
function restraintOn(world: World, resolved: ResolvedMapping, { target, role }: HeldRole): string | undefined {
  const classes = policyClassesOf(world, resolved);
  if (classes.some(({ only }) => only === "read") && writesOf(target, role.item).length > 0) return undefined;
  const permitted = permissionNames(target, role.item);
  if (classes.some(({ never }) => never.some(({ value }) => permitted.has(value)))) return undefined;
  if (classes.length > 0) return "is of a class that the policy restrains";
  if (compareSensitivity(sensitivityOf(target, role.item), "high") >= 0) return undefined;
  const inventory = resolved.directory && world.directories.get(resolved.directory.name);
  return inventory && outsidersOf(inventory, resolved.members).length > 0 ? "holds outsiders" : undefined;
}
