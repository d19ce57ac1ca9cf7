/**
 * ref/retired-permission: the policy or an expectation names a permission by a name that Datadog has given up, or a custom
 * role still holds one.
 *
 * Why: a guard over an old name does not see the roles that hold the new one. In a role the old permissions are the widest
 * there are: "admin" and "standard" each stand for a whole set, whatever else the role lists.
 * Do: write the current name (offered where Datadog names it); in Datadog, give the role the current permissions that it
 * needs and take the old one off.
 * Not reported: Datadog's own roles, which Datadog keeps up; old names while the organization's list was not read, unless our
 * catalogue knows them; roles that no mapping names, and old permissions of low sensitivity in roles.
 */

// Deprecated names and aliases of the permission list. (2026-09)
import { findPermission } from "../../analysis/effective.ts";
import { changeTo } from "../../analysis/judgements/fixes.ts";
import { checksOfNamed, type NamedPermission } from "../../analysis/judgements/namedPermissions.ts";
import { memo } from "../../analysis/memo.ts";
import type { Rule, RuleContext } from "../../analysis/rule.ts";
import { fold } from "../../analysis/words.ts";
import { CATALOGUE } from "../../model/catalogue.ts";
import { itemsOf } from "../../model/knowledge.ts";
import type { TargetInventory } from "../../model/target.ts";

export const retiredPermission: Rule = {
  id: "ref/retired-permission",
  severity: "warning",
  ...checksOfNamed(examine),
  checkOrganization({ mappings }, { report }) {
    const seen = new Set<string>();
    for (const resolved of mappings) {
      for (const { role, span, target } of resolved.held) {
        const { id, name, managed, permissions } = role.item;
        if (managed || seen.has(id)) continue;
        seen.add(id);
        const retired = permissions.filter(
          (permission) => isDeprecated(permission, target) && matters(permission, target),
        );
        if (retired.length === 0) continue;
        report({
          source: resolved.mapping.source,
          span,
          message: `"${name}" still holds ${fold(retired)}, which Datadog has given up; give the role the current permissions that it needs instead`,
          asOf: role.asOf,
        });
      }
    }
  },
};

function examine({ value, span, targets }: NamedPermission, { source, report }: RuleContext): void {
  const current = targets.flatMap((target) => (target && memo(target, currentNames).get(value)) ?? [])[0];
  if (current !== undefined) {
    report({
      span,
      message: `Datadog calls "${value}" "${current}" now; write it that way`,
      fixes: changeTo(source, span, [current]).map((fix) => ({ ...fix, safe: true })),
    });
  } else if (targets.some((target) => isDeprecated(value, target))) {
    report({ span, message: `Datadog has given up the permission "${value}"; name what replaces it` });
  }
}

function isDeprecated(name: string, target: TargetInventory | undefined): boolean {
  return (target && itemsOf(target.permissions).get(name)?.deprecated) ?? CATALOGUE.get(name)?.deprecated ?? false;
}

/** What permits next to nothing is left to Datadog, which takes it away in time. */
function matters(name: string, target: TargetInventory): boolean {
  return findPermission(target, name).sensitivity !== "low";
}

/** Old names with the ones that the organization lists instead. */
function currentNames({ permissions }: TargetInventory): ReadonlyMap<string, string> {
  const names = itemsOf(permissions);
  return new Map(
    [...names.values()].flatMap(({ name, aliases }) =>
      aliases.filter((alias) => !names.has(alias)).map((alias) => [alias, name] as const),
    ),
  );
}
