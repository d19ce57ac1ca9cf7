/**
 * priv/data-exfiltration: many people get a role that can send data to where Datadog's sign-in no longer guards it.
 *
 * Why: a public link, a webhook or a forwarding rule goes on giving data away after its maker has lost all access.
 * Do: move these permissions to a role for the few who publish or archive.
 * Not reported: up to ten people; policies with a limit for high or lower permissions, see priv/limit-exceeded; roles
 * that are dangerous in three ways or more, see priv/catch-all-role, or as good as Datadog Admin; Datadog's own roles;
 * reports and dashboards that are mailed, since the organization's list of mail domains bounds them; groups whose size,
 * and roles whose content, is not known; mappings that have ended.
 */

import { reportCrowds } from "../../analysis/judgements/crowd.ts";
import type { Rule } from "../../analysis/rule.ts";

export const dataExfiltration: Rule = {
  id: "priv/data-exfiltration",
  severity: "warning",
  checkMapping(resolved, context) {
    reportCrowds(resolved, context, "exfiltration", {
      can: "send data outside",
      instead: "Move this to a role for those who publish",
    });
  },
};
