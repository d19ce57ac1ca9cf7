/**
 * ref/attribute-key-unseen: AuthN mappings are pushed with an attribute that none of the live ones uses.
 *
 * Why: a login matches a mapping by the attribute's name and value. A name that the identity provider does not send matches
 * nobody, and where role mapping is on, whoever matches nothing loses all roles.
 * Do: write the attribute that the live mappings use; the fix does. When the identity provider changes it, change both in
 * one go.
 * Not reported: other ways to push; organizations without an attribute of their own; live mappings that could not be read
 * completely, or of which there are none yet.
 */

// https://docs.datadoghq.com/account_management/saml/mapping/ (2026-09)
import { changeTo } from "../../analysis/judgements/fixes.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, inQuotes } from "../../analysis/words.ts";
import { isComplete } from "../../model/knowledge.ts";
import { indexBy } from "../../model/maps.ts";

export const attributeKeyUnseen: Rule = {
  id: "ref/attribute-key-unseen",
  severity: "warning",
  checkProject({ world, source, report }) {
    for (const { name, attribute, push } of world.project?.content.organizations.values() ?? []) {
      const mappings = world.targets.get(name)?.mappings;
      if (!attribute || (push.roles !== "saml" && push.teams !== "saml") || !isComplete(mappings)) continue;
      const byKey = indexBy(mappings.items.values(), ({ key }) => key);
      if (byKey.size === 0 || byKey.has(attribute.value)) continue;
      const keys = [...byKey].sort(([, a], [, b]) => b.length - a.length).map(([key]) => key);
      report({
        span: attribute.span,
        message: `No mapping of "${name}" uses the attribute "${attribute.value}"; they use ${fold(keys.map(inQuotes))}`,
        fixes: changeTo(source, attribute.span, keys.slice(0, 3)),
        asOf: mappings.asOf,
      });
    }
  },
};
