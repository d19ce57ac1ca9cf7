/**
 * priv/catch-all-role: many people get a role that is dangerous in three ways or more.
 *
 * Why: it is a role for a department, not for a task; each of its dangers was needed by somebody, and all get all of
 * them. Copies of Datadog Standard Role are the usual case.
 * Do: keep the everyday part, and give each dangerous part to those whose work it is, through a role and group of its
 * own.
 * Not reported: up to ten people; policies with a limit for high or lower permissions, see priv/limit-exceeded; roles
 * that are as good as Datadog Admin, see priv/admin-broad-group; Datadog's own roles; groups whose size, and roles
 * whose content, is not known; mappings that have ended. Silences the rules on single dangers for the same role.
 */

import { groupName } from "../../analysis/grants.ts";
import { crowdOf, type Hazard, isCatchAll, tableOf } from "../../analysis/judgements/hazards.ts";
import { audienceTime } from "../../analysis/judgements/privilege.ts";
import { useLess } from "../../analysis/judgements/smallerRole.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, oldest, sizeText } from "../../analysis/words.ts";
import { policyOf } from "../../analysis/world.ts";

const WORDS: Readonly<Record<Hazard, string>> = {
  destruction: "destroy data",
  credentials: "get at stored secrets",
  exfiltration: "send data outside",
  execution: "act on other systems",
  evidence: "silence detection",
  unmasking: "see masked values",
};

export const catchAllRole: Rule = {
  id: "priv/catch-all-role",
  severity: "warning",
  checkMapping(resolved, { world, source, report }) {
    for (const held of resolved.held) {
      if (!isCatchAll(held)) continue;
      const crowd = crowdOf(resolved, held, policyOf(world));
      if (!crowd) continue;
      const dangers = [...tableOf(held.target, held.role.item)].map(([kind, [name]]) => `${WORDS[kind]} (${name})`);
      report({
        span: held.span,
        message: `"${groupName(resolved)}" gives "${held.role.item.name}" to ${sizeText(crowd)}, who can ${fold(dangers, dangers.length)}. Give each of these to those whose work it is`,
        fixes: useLess(source, held, (role) => tableOf(held.target, role).size === 0),
        ...oldest(held.role.asOf, audienceTime(resolved)),
      });
    }
  },
};
