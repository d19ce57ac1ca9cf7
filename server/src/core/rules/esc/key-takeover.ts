/**
 * esc/key-takeover: whoever is in a group can widen a key that belongs to an administrator or a stronger service account.
 *
 * Why: a key with scopes is given to programs and people as harmless. Who lifts its scopes, and has it or finds it in a
 * pipeline, does all that its owner may.
 * Do: take org_app_keys_write out of the role, or let keys belong to service accounts that are no administrators.
 * Not reported: groups that get an administrator's permission openly, see priv/admin-broad-group and
 * priv/admin-equivalent-role; org_app_keys_write without a known key to widen, which priv/admin-equivalent-role tells; keys
 * without scopes, which nothing widens, see cred/unscoped-service-key; keys that could not be read; mappings that have ended.
 */

import { hiddenWays } from "../../analysis/judgements/escalationReport.ts";
import type { Rule } from "../../analysis/rule.ts";

export const keyTakeover: Rule = {
  id: "esc/key-takeover",
  severity: "error",
  checkOrganization(mapped, { world, report }) {
    for (const finding of hiddenWays(mapped, world, "key")) report(finding);
  },
};
