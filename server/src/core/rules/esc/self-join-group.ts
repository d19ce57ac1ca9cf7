/**
 * esc/self-join-group: anybody in the directory may join a group that gets more than reading.
 *
 * Why: whoever wants the role takes it; no request, no approval, no line in this repository.
 * Do: map a group that somebody keeps, or make this one private in the directory.
 * Not reported: groups of which the directory does not say who may join (Entra tells for Microsoft 365 groups; Okta has
 * no such groups; Google and SCIM do not tell); roles without anything sensitive beyond the baseline; roles whose
 * content is not known; mappings that have ended.
 */

import { sensitivityOf } from "../../analysis/effective.ts";
import { describePrivilege, mostSensitive } from "../../analysis/judgements/privilege.ts";
import { useLess } from "../../analysis/judgements/smallerRole.ts";
import type { Rule } from "../../analysis/rule.ts";
import { oldest } from "../../analysis/words.ts";

export const selfJoinGroup: Rule = {
  id: "esc/self-join-group",
  severity: "error",
  checkMapping(resolved, { source, report }) {
    const { mapping, group, directory } = resolved;
    if (group?.answer !== "present" || group.item.joinable !== true || !mapping.group) return;
    const top = mostSensitive(resolved, "medium");
    if (!top) return;
    report({
      span: mapping.group.span,
      message: `${describePrivilege(resolved, top)}, and anybody in "${directory?.name}" may join it; map a group that somebody keeps, or make this one private`,
      fixes: useLess(source, top.held, (role) => sensitivityOf(top.held.target, role) === "low"),
      ...oldest(group.asOf, top.held.role.asOf),
    });
  },
};
