/**
 * hyg/live-not-in-file: an organization has AuthN mappings that no file explains.
 *
 * Why: they give access at every login, and nobody reviews them. Whoever reads the files believes to see all of it.
 * Do: write them into a mapping file, or delete them in Datadog.
 * Not reported: organizations whose role mapping is off and that are not pushed to through SAML, since nothing comes of
 * these mappings there; live mappings or names that could not be read completely; mappings that have ended in the files.
 */

import type { ResolvedMapping } from "../../analysis/grants.ts";
import { groupName } from "../../analysis/privilege.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold } from "../../analysis/words.ts";
import { isComplete } from "../../model/knowledge.ts";
import type { AuthnMapping, TargetInventory } from "../../model/target.ts";

export const liveNotInFile: Rule = {
  id: "hyg/live-not-in-file",
  severity: "warning",
  checkOrganization({ organization, target, mappings }, { world, report }) {
    if (!world.project || !target || !isComplete(target.mappings)) return;
    const { roleMapping } = target.switches;
    if (organization.push.roles !== "saml" && !(roleMapping.state === "known" && roleMapping.value)) return;
    if (!isComplete(target.roles) || !isComplete(target.teams) || mappings.some(isOpen)) return;
    const known = new Set(mappings.flatMap(keysOf));
    const surplus = [...target.mappings.items.values()].filter((mapping) => !known.has(keyOf(mapping)));
    if (surplus.length === 0) return;
    const names = surplus.map((mapping) => describe(mapping, target)).sort();
    const what = surplus.length === 1 ? "an AuthN mapping" : `${surplus.length} AuthN mappings`;
    report({
      source: world.project.tree,
      span: organization.span,
      message: `"${organization.name}" has ${what} that no file explains: ${fold(names)}; write ${surplus.length === 1 ? "it" : "them"} into a mapping file, or delete ${surplus.length === 1 ? "it" : "them"} in Datadog`,
      asOf: target.mappings.asOf,
    });
  },
};

/** What an unknown name gives may be the very mapping in question. */
function isOpen({ mapping, group, roles, teams, unknownBundles }: ResolvedMapping): boolean {
  return (
    (mapping.group?.by === "id" && group?.answer !== "present") ||
    unknownBundles.length > 0 ||
    roles.some(({ role }) => role.answer === "unknown" || role.answer === "ambiguous") ||
    teams.some(({ team }) => team.answer === "unknown")
  );
}

/** Both forms of the group's value: which one the claim carries is a setting that may have changed since. */
function keysOf(resolved: ResolvedMapping): readonly string[] {
  const { group, roles, teams } = resolved;
  const values = [groupName(resolved), ...(group?.answer === "present" ? [group.item.id] : [])];
  const ids = [
    ...roles.flatMap(({ role }) => (role.answer === "present" ? [role.item.id] : [])),
    ...teams.flatMap(({ team }) => (team.answer === "present" ? [team.item.id] : [])),
  ];
  return values.flatMap((value) => ids.map((id) => `${value}\n${id}`));
}

function keyOf({ value, grants }: AuthnMapping): string {
  return `${value}\n${"roleId" in grants ? grants.roleId : grants.teamId}`;
}

function describe({ value, grants }: AuthnMapping, { roles, teams }: TargetInventory): string {
  const name =
    "roleId" in grants
      ? isComplete(roles) && roles.items.get(grants.roleId)?.name
      : isComplete(teams) && teams.items.get(grants.teamId)?.handle;
  return `${value} → ${name || "a role or team that is gone"}`;
}
