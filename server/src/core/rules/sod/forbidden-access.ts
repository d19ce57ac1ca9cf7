/**
 * sod/forbidden-access: a group gets a permission that its class must never reach, by a role or by a team that is linked to one.
 *
 * Why: the repository says so under `policy.classes`, usually for people who are not employees or not trained for it.
 * Do: remove the role or the team, or give one without the permission.
 * Not reported: what people of the group hold through other groups; links of teams that `linked` does not declare; groups pinned by an id whose name is not known;
 * roles whose content is not known; mappings that have ended. Whether a log restriction query narrows what a role reads
 * is not known here, since those endpoints are marked unstable (2026-09): a class that must not read logs forbids
 * logs_read_data itself, and there is no priv/logs-unrestricted-outsiders.
 */

import { permissionNames } from "../../analysis/effective.ts";
import { groupName } from "../../analysis/grants.ts";
import { policyClassesOf } from "../../analysis/judgements/classes.ts";
import { remove } from "../../analysis/judgements/fixes.ts";
import { conferredRoles } from "../../analysis/judgements/linkedRoles.ts";
import { useLess } from "../../analysis/judgements/smallerRole.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold } from "../../analysis/words.ts";
import type { Spanned } from "../../model/text.ts";

export const forbiddenAccess: Rule = {
  id: "sod/forbidden-access",
  severity: "error",
  checkMapping(resolved, { world, source, report }) {
    const never = policyClassesOf(world, resolved).flatMap((policyClass) => policyClass.never);
    if (never.length === 0 || !world.project) return;
    const { tree: policy } = world.project;
    for (const { handle, ...held } of conferredRoles(resolved)) {
      const permitted = permissionNames(held.target, held.role.item);
      const reached = never.filter(({ value }) => permitted.has(value));
      if (reached.length === 0) continue;
      report({
        span: held.span,
        message: `"${groupName(resolved)}" must never reach ${namesOf(reached)}, but "${held.role.item.name}", which the team "${handle}" is linked to, permits ${itOrThem(reached)}; take them out of the team, or unlink it`,
        fixes: held.bundle ? [] : remove(source, "Remove this team", held.span),
        related: reached.map(({ span }) => ({ source: policy, span, message: "forbidden here" })),
        asOf: held.role.asOf,
      });
    }
    for (const held of resolved.held) {
      const permitted = permissionNames(held.target, held.role.item);
      const reached = never.filter(({ value }) => permitted.has(value));
      if (reached.length === 0) continue;
      report({
        span: held.span,
        message: `"${groupName(resolved)}" must never reach ${namesOf(reached)}, but "${held.role.item.name}" permits ${itOrThem(reached)}; give it a smaller role`,
        fixes: useLess(
          source,
          held,
          (role) => !never.some(({ value }) => permissionNames(held.target, role).has(value)),
        ),
        related: reached.map(({ span }) => ({ source: policy, span, message: "forbidden here" })),
        asOf: held.role.asOf,
      });
    }
  },
};

function namesOf(reached: readonly Spanned<string>[]): string {
  return fold(distinct(reached));
}

function itOrThem(reached: readonly Spanned<string>[]): string {
  return distinct(reached).length === 1 ? "it" : "them";
}

function distinct(reached: readonly Spanned<string>[]): string[] {
  return [...new Set(reached.map(({ value }) => value))];
}
