/** The finding that rules on one kind of harm share: a role that does it reaches many people. */

import type { ResolvedMapping } from "../grants.ts";
import { groupName } from "../grants.ts";
import type { RuleContext } from "../rule.ts";
import { fold, oldest, sizeText } from "../words.ts";
import { policyOf } from "../world.ts";
import { crowdOf, type Hazard, hazardsOf, isCatchAll, isFreeOf } from "./hazards.ts";
import { audienceTime } from "./privilege.ts";
import { useLess } from "./smallerRole.ts";

/** `words` goes on from `who can`, and says in a sentence of its own what to do instead. */
export function reportCrowds(
  resolved: ResolvedMapping,
  { world, source, report }: RuleContext,
  hazard: Hazard,
  words: { readonly can: string; readonly instead: string },
): void {
  for (const held of resolved.held) {
    const names = hazardsOf(held, hazard);
    if (names.length === 0 || isCatchAll(held)) continue;
    const crowd = crowdOf(resolved, held, policyOf(world));
    if (!crowd) continue;
    report({
      span: held.span,
      message: `"${groupName(resolved)}" gives "${held.role.item.name}" to ${sizeText(crowd)}, who can ${words.can} with ${fold(names)}. ${words.instead}`,
      fixes: useLess(source, held, isFreeOf(held, hazard)),
      ...oldest(held.role.asOf, audienceTime(resolved)),
    });
  }
}
