/**
 * ref/wrong-identifier-kind: an id stands where a name belongs, or a name where an id does.
 *
 * Why: names and ids are looked up in different places, so this finds nothing and gives nobody anything. It happens when a
 * value is copied out of an admin page or a SAML assertion.
 * Do: write the name, which people can read; with `claim: id` the push sends the id by itself. The fix converts it.
 * Not reported: systems that could not be read completely; names that several groups or roles have.
 */

import { changeTo } from "../../analysis/judgements/fixes.ts";
import type { Rule } from "../../analysis/rule.ts";

export const wrongIdentifierKind: Rule = {
  id: "ref/wrong-identifier-kind",
  severity: "error",
  checkNames({ groups, roles }, { source, report }) {
    for (const { ref, found, otherKind, inventory } of groups) {
      if (!otherKind || found.answer !== "absent") continue;
      const isName = ref.by === "name";
      report({
        span: ref.span,
        message: isName
          ? `"${ref.text}" is the id of the group "${otherKind.name}" in "${inventory.name}"; write its name, or { id: … }`
          : `"${ref.text}" is the name of a group in "${inventory.name}" and no id; its id is ${otherKind.id}`,
        fixes: changeTo(source, ref.span, [isName ? otherKind.name : otherKind.id]),
        asOf: found.asOf,
      });
    }
    for (const { ref, found, otherKind, organization } of roles) {
      if (!otherKind || found.answer !== "absent") continue;
      report({
        span: ref.span,
        message:
          ref.id === undefined
            ? `"${ref.name}" is the id of the role "${otherKind.name}" in "${organization.name}"; write its name`
            : `"${ref.id}" is the name of a role in "${organization.name}" and no id; write it as a name`,
        fixes: changeTo(source, ref.span, [otherKind.name]),
        asOf: found.asOf,
      });
    }
  },
};
