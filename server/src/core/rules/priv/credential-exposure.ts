/**
 * priv/credential-exposure: many people get a role that shows, makes or uses stored secrets.
 *
 * Why: a secret that leaked works from anywhere and without its reader's account; with a key that many could have read,
 * nobody can say afterwards who did.
 * Do: move these permissions to a role for the few who manage keys and connections.
 * Not reported: up to ten people; policies with a limit for high or lower permissions, see priv/limit-exceeded; roles
 * that are dangerous in three ways or more, see priv/catch-all-role, or as good as Datadog Admin; Datadog's own roles;
 * groups whose size, and roles whose content, is not known; mappings that have ended.
 */

import { reportCrowds } from "../../analysis/judgements/crowd.ts";
import type { Rule } from "../../analysis/rule.ts";

export const credentialExposure: Rule = {
  id: "priv/credential-exposure",
  severity: "warning",
  checkMapping(resolved, context) {
    reportCrowds(resolved, context, "credentials", {
      can: "get at stored secrets",
      instead: "Move this to a role for those who manage keys",
    });
  },
};
