/**
 * esc/self-grant: whoever is in a group can come to an administrator's power by a permission that is not called so.
 *
 * Why: who may map cloud identities to accounts lets a workload of their own act as any account, an administrator's too;
 * reviews of the administrators miss it.
 * Do: move the permission to a role for administrators.
 * Not reported: groups that get an administrator's permission openly, see priv/admin-broad-group and
 * priv/admin-equivalent-role; other ways, see esc/service-account-pivot, esc/key-takeover, esc/stored-connection and
 * esc/team-confers-role; organizations without a known account to act as; mappings that have ended.
 */

import { hiddenWays } from "../../analysis/judgements/escalationReport.ts";
import type { Rule } from "../../analysis/rule.ts";

export const selfGrant: Rule = {
  id: "esc/self-grant",
  severity: "error",
  checkOrganization(mapped, { world, report }) {
    for (const finding of hiddenWays(mapped, world, "identity")) report(finding);
  },
};
