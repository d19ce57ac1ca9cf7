/**
 * priv/env-mismatch: a group that is for staging by its name gets more than reading in production.
 *
 * Why: people are put into such a group lightly, because nothing there can break.
 * Do: map the group in the organization or to the role of its own environment, or correct its name.
 * Not reported: roles that only read; an organization named for production when the project has none for another
 * environment, since then all groups meet there; roles whose content is not known; mappings that have ended. Names such
 * as dev, test and qa are those of people as often as of environments, and say nothing.
 */

import { groupName } from "../../analysis/grants.ts";
import { remove } from "../../analysis/judgements/fixes.ts";
import { writesOf } from "../../analysis/judgements/privilege.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold } from "../../analysis/words.ts";
import type { World } from "../../analysis/world.ts";

const STAGING = /(^|[^a-z0-9])(staging|stage|stg|non-?prod|pre-?prod|sandbox|uat)([^a-z0-9]|$)/i;
const PRODUCTION = /(^|[^a-z0-9])(prod|production)([^a-z0-9]|$)/i;

export const envMismatch: Rule = {
  id: "priv/env-mismatch",
  severity: "warning",
  checkMapping(resolved, { world, source, report }) {
    const name = groupName(resolved);
    if (!STAGING.test(name)) return;
    const organization = resolved.organization?.name ?? "";
    const isThere = isProduction(organization) && hasOther(world);
    for (const held of resolved.held) {
      const role = held.role.item;
      const writes = writesOf(held.target, role);
      if (writes.length === 0 || !(isThere || isProduction(role.name))) continue;
      const where = isThere ? `in "${organization}"` : "by its name a role for production";
      report({
        span: held.span,
        message: `"${name}" is not for production by its name, and gets "${role.name}" ${where}, which permits ${fold(writes)}; map it in its own environment`,
        fixes: held.bundle ? [] : remove(source, "Remove this role", held.span),
        asOf: held.role.asOf,
      });
    }
  },
};

function isProduction(name: string): boolean {
  return PRODUCTION.test(name) && !STAGING.test(name);
}

function hasOther({ project }: World): boolean {
  return [...(project?.content.organizations.keys() ?? [])].some((name) => !isProduction(name));
}
