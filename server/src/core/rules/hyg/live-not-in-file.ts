/**
 * hyg/live-not-in-file: an organization has AuthN mappings that no file explains.
 *
 * Why: they give access at every login, and nobody reviews them. Whoever reads the files believes to see all of it.
 * Do: write them into a mapping file, or delete them in Datadog.
 * Not reported: organizations whose role mapping is off and that are not pushed to through SAML, since nothing comes of
 * these mappings there; live mappings or names that could not be read completely; mappings that have ended in the files.
 */

import { isOther, surplusMappings } from "../../analysis/judgements/liveMappings.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold } from "../../analysis/words.ts";
import { isComplete } from "../../model/knowledge.ts";
import type { OrganizationConfig } from "../../model/project.ts";
import type { AuthnMapping, TargetInventory } from "../../model/target.ts";

export const liveNotInFile: Rule = {
  id: "hyg/live-not-in-file",
  severity: "warning",
  checkOrganization(mapped, { world, report }) {
    const { organization, target } = mapped;
    if (!world.project || !target || !isComplete(target.mappings)) return;
    const { roleMapping } = target.switches;
    if (organization.push.roles !== "saml" && !(roleMapping.state === "known" && roleMapping.value)) return;
    const surplus = surplusMappings(mapped) ?? [];
    if (surplus.length === 0) return;
    const names = surplus.map((mapping) => describe(mapping, mapped.organization, target)).sort();
    const what = surplus.length === 1 ? "an AuthN mapping" : `${surplus.length} AuthN mappings`;
    report({
      source: world.project.tree,
      span: organization.span,
      message: `"${organization.name}" has ${what} that no file explains: ${fold(names)}; write ${surplus.length === 1 ? "it" : "them"} into a mapping file, or delete ${surplus.length === 1 ? "it" : "them"} in Datadog`,
      asOf: target.mappings.asOf,
    });
  },
};

/** Of another attribute, that comes first: the value alone may stand in a file. */
function describe(mapping: AuthnMapping, organization: OrganizationConfig, { roles, teams }: TargetInventory): string {
  const { key, value, grants } = mapping;
  const name =
    "roleId" in grants
      ? isComplete(roles) && roles.items.get(grants.roleId)?.name
      : isComplete(teams) && teams.items.get(grants.teamId)?.handle;
  return `${isOther(organization, mapping) ? `${key}=` : ""}${value} → ${name || "a role or team that is gone"}`;
}
