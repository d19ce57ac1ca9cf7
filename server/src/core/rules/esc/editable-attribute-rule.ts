/**
 * esc/editable-attribute-rule: a group is fed by a rule over an attribute that people may set themselves.
 *
 * Why: who changes their own name, address or language to what the rule looks for is a member some minutes later;
 * guests bring theirs from a directory that nobody here runs.
 * Do: let the rule read what only the personnel system or an administrator writes, such as department or employee type.
 * Not reported: rules that could not be read (Okta and Entra tell them); attributes of which people may edit theirs
 * only because somebody allowed it; rules in Entra that leave guests out by `user.userType`; roles without anything
 * sensitive beyond the baseline; roles whose content is not known; mappings that have ended.
 */

import { sensitivityOf } from "../../analysis/effective.ts";
import { ownAttributesIn } from "../../analysis/judgements/ownAttributes.ts";
import { describePrivilege, mostSensitive } from "../../analysis/judgements/privilege.ts";
import { useLess } from "../../analysis/judgements/smallerRole.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, oldest } from "../../analysis/words.ts";

export const editableAttributeRule: Rule = {
  id: "esc/editable-attribute-rule",
  severity: "error",
  checkMapping(resolved, { source, report }) {
    const { mapping, group, directory } = resolved;
    const rule = group?.answer === "present" ? group.item.rule : undefined;
    if (rule === undefined || group?.answer !== "present" || !directory || !mapping.group) return;
    const attributes = ownAttributesIn(rule, directory.type);
    const top = attributes.length === 0 ? undefined : mostSensitive(resolved, "medium");
    if (!top) return;
    report({
      span: mapping.group.span,
      message: `${describePrivilege(resolved, top)}, and is filled by a rule over ${fold(attributes)}, which people may set themselves; let the rule read what only an administrator writes`,
      fixes: useLess(source, top.held, (role) => sensitivityOf(top.held.target, role) === "low"),
      ...oldest(group.asOf, top.held.role.asOf),
    });
  },
};
