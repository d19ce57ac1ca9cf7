/**
 * hyg/orphan-role: a custom role of an organization has no people, and nothing gives it to anybody.
 *
 * Why: a role that waits unused is granted one day by somebody who believes that it was reviewed.
 * Do: delete it in Datadog, or map it.
 * Not reported: Datadog's own roles; roles whose holders were not counted; roles that teams or connections confer, as far as
 * `linked` of the organization says so, since Datadog does not; roles that new accounts begin with; roles that a mapping
 * writes by a former name; organizations whose roles or mappings could not be read completely.
 */

import type { Rule } from "../../analysis/rule.ts";
import { fold, inQuotes } from "../../analysis/words.ts";
import { isComplete } from "../../model/knowledge.ts";

export const orphanRole: Rule = {
  id: "hyg/orphan-role",
  severity: "info",
  checkOrganization({ organization, target, mappings }, { world, report }) {
    if (!world.project || !target || !isComplete(target.roles) || !isComplete(target.mappings)) return;
    const pins = world.lock.organizations.get(organization.name)?.roles;
    const given = new Set<string>();
    for (const { roles } of mappings)
      for (const { role, ref } of roles) {
        if (role.answer === "present") given.add(role.item.id);
        else if (role.answer === "ambiguous") for (const { id } of role.items) given.add(id);
        else given.add(pins?.get(ref.name ?? "")?.id ?? "");
      }
    const { justInTime } = target.switches;
    const begun =
      justInTime?.state === "known"
        ? justInTime.value.defaultRoles.map((role) => ("id" in role ? role.id : role.name))
        : [];
    const { teams, connections } = organization.linked;
    const linked = [...teams, ...connections].flatMap(({ roles }) => roles.map(({ value }) => value));
    const used = new Set([...begun, ...linked]);
    for (const { grants } of target.mappings.items.values()) if ("roleId" in grants) given.add(grants.roleId);
    const orphans = [...target.roles.items.values()].filter(
      ({ id, name, managed, userCount }) =>
        !managed && userCount === 0 && !given.has(id) && !used.has(id) && !used.has(name),
    );
    if (orphans.length === 0) return;
    const names = orphans.map(({ name }) => inQuotes(name)).sort();
    const [verb, them] = orphans.length === 1 ? ["has", "it"] : ["have", "them"];
    report({
      source: world.project.tree,
      span: organization.span,
      message: `${fold(names)} of "${organization.name}" ${verb} no people and no mapping; delete ${them} in Datadog, or map ${them}`,
      asOf: target.roles.asOf,
    });
  },
};
