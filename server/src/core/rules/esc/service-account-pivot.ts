/**
 * esc/service-account-pivot: whoever is in a group can make keys for a service account that may do more than they.
 *
 * Why: a key of a service account carries all that the account may do, has no second factor and no end, and outlives the
 * person who made it.
 * Do: take service_account_write out of the role, or give the service account a role of its own that is no administrator's.
 * Not reported: groups that get an administrator's permission openly, see priv/admin-broad-group and
 * priv/admin-equivalent-role; groups that are too large for such a role, see priv/admin-broad-group; service_account_write
 * without a known account to use, which priv/admin-equivalent-role tells; organizations whose accounts could not be read; mappings that have ended.
 */

import { hiddenWays } from "../../analysis/judgements/escalationReport.ts";
import type { Rule } from "../../analysis/rule.ts";

export const serviceAccountPivot: Rule = {
  id: "esc/service-account-pivot",
  severity: "error",
  checkOrganization(mapped, { world, report }) {
    for (const finding of hiddenWays(mapped, world, "service-account")) report(finding);
  },
};
