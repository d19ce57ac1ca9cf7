/**
 * priv/code-execution: many people get a role that runs code on hosts or acts on other systems.
 *
 * Why: such a role reaches far beyond Datadog, with the rights of agents, runners and connections and not of the
 * person.
 * Do: move these permissions to a role for the few who automate or operate the fleet.
 * Not reported: up to ten people; policies with a limit for high or lower permissions, see priv/limit-exceeded; roles
 * that are dangerous in three ways or more, see priv/catch-all-role, or as good as Datadog Admin; Datadog's own roles;
 * groups whose size, and roles whose content, is not known; mappings that have ended.
 */

import { reportCrowds } from "../../analysis/judgements/crowd.ts";
import type { Rule } from "../../analysis/rule.ts";

export const codeExecution: Rule = {
  id: "priv/code-execution",
  severity: "warning",
  checkMapping(resolved, context) {
    reportCrowds(resolved, context, "execution", {
      can: "act on hosts or other systems",
      instead: "Move this to a role for those who automate",
    });
  },
};
