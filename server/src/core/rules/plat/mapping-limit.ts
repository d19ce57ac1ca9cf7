/**
 * plat/mapping-limit: an organization would have nearly as many AuthN mappings as Datadog allows, or more.
 *
 * Why: Datadog takes 1,000 mappings to roles and 1,000 to teams. From the next one on a push is refused half-way, in whatever
 * order it happened to be.
 * Do: map fewer, larger groups; or push through SCIM, which has no such limit.
 * Not reported: other ways to push; fewer than 900 mappings. Live mappings count where they were read completely.
 */

// 1,000 of each kind an organization. https://docs.datadoghq.com/account_management/saml/mapping/ (2026-09)
import type { ResolvedMapping } from "../../analysis/grants.ts";
import { groupName } from "../../analysis/grants.ts";
import type { Rule } from "../../analysis/rule.ts";
import { oldest } from "../../analysis/words.ts";
import { isComplete } from "../../model/knowledge.ts";
import type { TargetInventory } from "../../model/target.ts";

const MOST = 1_000;
const NEAR = 900;

export const mappingLimit: Rule = {
  id: "plat/mapping-limit",
  severity: "warning",
  checkOrganization({ organization, target, mappings }, { world, report }) {
    if (!world.project) return;
    for (const part of ["roles", "teams"] as const) {
      if (organization.push[part] !== "saml") continue;
      const pairs = new Set(mappings.flatMap((resolved) => pairsOf(resolved, part)));
      if (target) for (const pair of livePairs(target, part)) pairs.add(pair);
      if (pairs.size < NEAR) continue;
      const verdict = pairs.size > MOST ? "so a push would be refused half-way" : "so there is room for few more";
      report({
        source: world.project.tree,
        span: organization.span,
        message: `"${organization.name}" would have ${pairs.size} mappings to ${part}, and Datadog allows ${MOST}, ${verdict}; map fewer groups, or push through SCIM`,
        ...oldest(target && isComplete(target.mappings) ? target.mappings.asOf : undefined),
      });
    }
  },
};

function pairsOf(resolved: ResolvedMapping, part: "roles" | "teams"): readonly string[] {
  if (!resolved.inForce) return [];
  const group = groupName(resolved);
  const value =
    resolved.directory?.claim === "id" && resolved.group?.answer === "present" ? resolved.group.item.id : group;
  const things =
    part === "roles"
      ? resolved.roles.map(({ role, ref }) => (role.answer === "present" ? role.item.id : (ref.id ?? ref.name)))
      : resolved.teams.map(({ team, handle }) => (team.answer === "present" ? team.item.id : handle));
  return things.map((thing) => `${value}\n${thing}`);
}

function livePairs({ mappings }: TargetInventory, part: "roles" | "teams"): readonly string[] {
  if (!isComplete(mappings)) return [];
  return [...mappings.items.values()].flatMap(({ value, grants }) => {
    const id = "roleId" in grants ? (part === "roles" ? grants.roleId : undefined) : part === "teams" && grants.teamId;
    return id ? [`${value}\n${id}`] : [];
  });
}
