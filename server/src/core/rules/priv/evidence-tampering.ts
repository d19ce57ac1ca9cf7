/**
 * priv/evidence-tampering: a role can silence detection or the audit trail, and nothing says that security is its work.
 *
 * Why: who can switch off the record of what was done, or the rule that would have seen it, can hide the rest.
 * Do: give it to a security group alone; where it is one, say so in the mapping's reason.
 * Not reported: what Datadog Standard Role permits of it too, to up to ten people or within a limit of the policy;
 * groups whose name, and mappings whose reason, speaks of security, detection or audit; muting of monitors, which
 * everybody on call needs; roles that are dangerous in more ways to many people, see priv/catch-all-role, or as good as
 * Datadog Admin; Datadog's own roles; roles whose content is not known; mappings that have ended.
 */

import { audienceSize, groupName } from "../../analysis/grants.ts";
import { hasDuty } from "../../analysis/judgements/duties.ts";
import { crowdOf, hazardsOf, isCatchAll, isFreeOf } from "../../analysis/judgements/hazards.ts";
import { audienceTime } from "../../analysis/judgements/privilege.ts";
import { useLess } from "../../analysis/judgements/smallerRole.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, oldest, sizeText } from "../../analysis/words.ts";
import { policyOf } from "../../analysis/world.ts";

/** Datadog gives these to administrators alone. (2026-07) */
const RARE: ReadonlySet<string> = new Set(["audit_logs_write", "security_monitoring_filters_write"]);

export const evidenceTampering: Rule = {
  id: "priv/evidence-tampering",
  severity: "warning",
  checkMapping(resolved, { world, source, report }) {
    for (const held of resolved.held) {
      const all = hazardsOf(held, "evidence");
      if (all.length === 0 || hasDuty(resolved, "security")) continue;
      const crowd = crowdOf(resolved, held, policyOf(world));
      const names = crowd ? all : all.filter((name) => RARE.has(name));
      if (names.length === 0 || (crowd && isCatchAll(held))) continue;
      const audience = audienceSize(resolved);
      const people = audience ? sizeText(audience) : "everybody in it";
      report({
        span: held.span,
        message: `"${groupName(resolved)}" gives "${held.role.item.name}" to ${people}, who can silence detection or its records with ${fold(names)}. Give it to a security group alone, or say in the reason that this is one`,
        fixes: useLess(source, held, isFreeOf(held, "evidence")),
        ...oldest(held.role.asOf, audience && audienceTime(resolved)),
      });
    }
  },
};
