/**
 * exp/expired: a mapping's last day has passed.
 *
 * Why: the mapping gives nothing any more; whoever reads the file believes otherwise, and a push takes the access away.
 * Do: remove the mapping, or extend it with a fresh reason.
 * Not reported: the last day itself, which still counts; dates that cannot be read, see exp/ambiguous-date.
 */

import { groupName } from "../../analysis/grants.ts";
import { remove } from "../../analysis/judgements/fixes.ts";
import type { Rule } from "../../analysis/rule.ts";
import { dayOf } from "../../model/time.ts";

export const expired: Rule = {
  id: "exp/expired",
  severity: "error",
  checkMapping(resolved, { world, source, report }) {
    const { mapping, until } = resolved;
    if (!mapping.until || until === undefined || until >= dayOf(world.now)) return;
    report({
      span: mapping.until.span,
      message: `What "${groupName(resolved)}" gets here ended on ${until}: the mapping gives nothing any more; remove it, or extend it with a reason`,
      fixes: remove(source, "Remove this mapping", mapping.span),
    });
  },
};
