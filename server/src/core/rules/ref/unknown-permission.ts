/**
 * ref/unknown-permission: the policy or an expectation names a permission that neither Datadog nor our catalogue knows.
 *
 * Why: a guard over a permission that does not exist guards nothing, and an expectation of it always holds or never.
 * Do: correct the name (offered when one is close).
 * Not reported: names that our catalogue lacks while the live list could not be read completely, since Datadog adds
 * permissions all the time; old names that the live list has as aliases.
 */

import { changeTo, hint } from "../../analysis/judgements/fixes.ts";
import { checksOfNamed, type NamedPermission } from "../../analysis/judgements/namedPermissions.ts";
import { memo } from "../../analysis/memo.ts";
import type { Report, Rule, RuleContext } from "../../analysis/rule.ts";
import { oldest } from "../../analysis/words.ts";
import { CATALOGUE } from "../../model/catalogue.ts";
import { isComplete, itemsOf } from "../../model/knowledge.ts";
import type { TargetInventory } from "../../model/target.ts";
import { nearestFew } from "../../syntax/nearest.ts";

export const unknownPermission: Rule = {
  id: "ref/unknown-permission",
  severity: "error",
  ...checksOfNamed(examine),
};

/** Reports a name that none of the organizations has. One that was not read may have it. */
function examine({ value, span, targets }: NamedPermission, { source, report }: RuleContext): void {
  if (CATALOGUE.has(value)) return;
  const read = targets.flatMap((target) => (target && isComplete(target.permissions) ? [target] : []));
  if (read.length === 0 || read.length < targets.length) return;
  if (read.some((target) => memo(target, namesOf).has(value))) return;
  const near = nearestFew(value, [...CATALOGUE.keys(), ...read.flatMap((target) => [...memo(target, namesOf)])], 3);
  const finding: Report = {
    span,
    message: `Datadog has no permission "${value}"${hint(near, "correct the name")}`,
    fixes: changeTo(source, span, near),
  };
  report({
    ...finding,
    ...oldest(...read.map(({ permissions }) => (isComplete(permissions) ? permissions.asOf : undefined))),
  });
}

function namesOf(target: TargetInventory): ReadonlySet<string> {
  const permissions = [...itemsOf(target.permissions).values()];
  return new Set(permissions.flatMap(({ name, aliases }) => [name, ...aliases]));
}
