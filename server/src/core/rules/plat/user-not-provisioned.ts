/**
 * plat/user-not-provisioned: members of a mapped group have no account in the organization.
 *
 * Why: they are in the group and get nothing, and nobody tells them. A push gives them their access once there is an account.
 * Do: assign the people to Datadog's application in the identity provider, invite them, or set `push.users: full`.
 * Not reported: ways to push other than SCIM and members; `push.users: full`, which creates accounts; organizations that make
 * accounts at a first login; accounts or members that were not read completely.
 */

import { accountsOf } from "../../analysis/accounts.ts";
import { activeMembers, groupName, type ResolvedMapping } from "../../analysis/grants.ts";
import { audienceTime } from "../../analysis/judgements/privilege.ts";
import { memoOf } from "../../analysis/memo.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, oldest } from "../../analysis/words.ts";
import type { Principal } from "../../model/directory.ts";
import { isComplete, type Known } from "../../model/knowledge.ts";
import type { TargetInventory } from "../../model/target.ts";

export const userNotProvisioned: Rule = {
  id: "plat/user-not-provisioned",
  severity: "info",
  checkMapping(resolved, { report }) {
    const { mapping, organization, target, members, inForce } = resolved;
    if (!inForce || !mapping.group || !target || !organization || !isComplete(members) || !isPushed(resolved)) return;
    // Every mapping of a group asks the same.
    const strangers = memoOf(target, members, strangersIn);
    if (strangers.length === 0) return;
    const handles = strangers.map(({ login }) => login).sort();
    report({
      span: mapping.group.span,
      message: `${fold(handles)} of "${groupName(resolved)}" ${strangers.length === 1 ? "has" : "have"} no account in "${organization.name}" and ${strangers.length === 1 ? "gets" : "get"} nothing; assign them to Datadog in the identity provider`,
      ...oldest(audienceTime(resolved), target.accounts.state === "known" ? target.accounts.asOf : undefined),
    });
  },
};

function isPushed({ organization, target }: ResolvedMapping): boolean {
  const { push } = organization ?? {};
  const justInTime = target?.switches.justInTime;
  if (!push || !isComplete(target?.accounts) || push.users === "full") return false;
  // Somebody's key reads the list, so one without anybody is no list.
  if (target.accounts.items.size === 0) return false;
  if (justInTime?.state !== "known" || justInTime.value.domains.length > 0) return false;
  return [push.roles, push.teams].some((path) => path === "scim" || path === "members");
}

/** Active members without an account. */
function strangersIn(target: TargetInventory, members: Known<Principal>): readonly Principal[] {
  return activeMembers(members).filter((principal) => accountsOf(target, principal).length === 0);
}
