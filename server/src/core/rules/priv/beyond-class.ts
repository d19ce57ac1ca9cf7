/**
 * priv/beyond-class: a group of a class with `only: read` gets a role that does more than read, if by way of a team.
 *
 * Why: the repository promises that these people only read, and other decisions rest on that.
 * Do: give a role that only reads, or take the group out of the class where the policy is reviewed.
 * Not reported: the baseline, which is what Datadog Read Only Role and everybody holds; permissions that are on the class's
 * `never` list, see sod/forbidden-access; links of teams that `linked` does not declare; groups pinned by an id whose name is not known; roles whose content is not
 * known; mappings that have ended.
 */

import { groupName } from "../../analysis/grants.ts";
import { policyClassesOf } from "../../analysis/judgements/classes.ts";
import { remove } from "../../analysis/judgements/fixes.ts";
import { conferredRoles } from "../../analysis/judgements/linkedRoles.ts";
import { writesOf } from "../../analysis/judgements/privilege.ts";
import { useLess } from "../../analysis/judgements/smallerRole.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold } from "../../analysis/words.ts";

export const beyondClass: Rule = {
  id: "priv/beyond-class",
  severity: "error",
  checkMapping(resolved, { world, source, report }) {
    const classes = policyClassesOf(world, resolved);
    const readers = classes.find(({ only }) => only === "read");
    if (!readers || !world.project) return;
    const forbidden = new Set(classes.flatMap(({ never }) => never.map(({ value }) => value)));
    for (const held of conferredRoles(resolved)) {
      const names = writesOf(held.target, held.role.item).filter((name) => !forbidden.has(name));
      if (names.length === 0) continue;
      report({
        span: held.span,
        message: `"${groupName(resolved)}" may only read, but the team "${held.handle}" is linked to "${held.role.item.name}", which also permits ${fold(names)}; take them out of the team, or unlink it`,
        fixes: held.bundle ? [] : remove(source, "Remove this team", held.span),
        related: [{ source: world.project.tree, span: readers.span, message: "the class that says so" }],
        asOf: held.role.asOf,
      });
    }
    for (const held of resolved.held) {
      const names = writesOf(held.target, held.role.item).filter((name) => !forbidden.has(name));
      if (names.length === 0) continue;
      report({
        span: held.span,
        message: `"${groupName(resolved)}" may only read, but "${held.role.item.name}" also permits ${fold(names)}; give it a smaller role`,
        fixes: useLess(source, held, (role) => writesOf(held.target, role).length === 0),
        related: [{ source: world.project.tree, span: readers.span, message: "the class that says so" }],
        asOf: held.role.asOf,
      });
    }
  },
};
