/**
 * idp/no-mfa: people who get a sensitive role sign in without a second factor.
 *
 * Why: for each of them one stolen password is enough.
 * Do: enforce the second factor for the group in the directory, before the role is given. Where Google leaves the
 * sign-in to another provider, its flag says nothing: switch this rule off.
 * Not reported: directories that do not tell with the person (Google does); Datadog's own flag, since it says nothing
 * of people who come by single sign-on; roles below high sensitivity; groups whose members, and roles whose content, is
 * not known; mappings that have ended.
 */

import { activeMembers, groupName } from "../../analysis/grants.ts";
import { mostSensitive } from "../../analysis/judgements/privilege.ts";
import { memo } from "../../analysis/memo.ts";
import type { Rule } from "../../analysis/rule.ts";
import { oldest } from "../../analysis/words.ts";
import type { Principal } from "../../model/directory.ts";
import type { Knowledge } from "../../model/knowledge.ts";

export const noMfa: Rule = {
  id: "idp/no-mfa",
  severity: "warning",
  checkMapping(resolved, { report }) {
    const { mapping, members, directory } = resolved;
    if (!mapping.group || members.state === "unknown") return;
    const without = memo(members as Knowledge<Principal>, withoutSecondFactor);
    const top = without === 0 ? undefined : mostSensitive(resolved, "high");
    if (!top) return;
    report({
      span: mapping.group.span,
      message: `${without} of ${activeMembers(members).length} people in "${groupName(resolved)}" ${without === 1 ? "signs" : "sign"} in to "${directory?.name}" without a second factor and ${without === 1 ? "gets" : "get"} "${top.held.role.item.name}" (${top.sensitivity}); enforce it for this group`,
      ...oldest(members.asOf, top.held.role.asOf),
    });
  },
};

function withoutSecondFactor(members: Knowledge<Principal>): number {
  return activeMembers(members).filter(({ mfa }) => mfa === false).length;
}
