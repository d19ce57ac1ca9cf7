/**
 * ref/renamed: the group, role or team that the lock knows by this name is called otherwise now.
 *
 * Why: nobody gets anything through the old name, and whoever takes that name takes the access. The people behind it have
 * not changed, so this is a rename and nothing to remove.
 * Do: write the new name, in all places at once where an editor offers it, then run `accessmap lock`.
 * Not reported: names that the lock does not know; systems that could not be read completely; a change of letter case, see
 * ref/case-mismatch.
 */

import { changeTo } from "../../analysis/judgements/fixes.ts";
import { listNames } from "../../analysis/names.ts";
import type { Rule } from "../../analysis/rule.ts";

export const renamed: Rule = {
  id: "ref/renamed",
  severity: "warning",
  checkNames(names, { source, report }) {
    for (const { kind, text, span, system, found, otherCase, renamedTo } of listNames(names)) {
      if (renamedTo === undefined || otherCase !== undefined || found.answer !== "absent") continue;
      report({
        span,
        message: `The ${kind} "${text}" is called "${renamedTo}" in "${system}" now; write the new name and run \`accessmap lock\``,
        fixes: changeTo(source, span, [renamedTo]).map((fix) => ({ ...fix, renameTo: renamedTo })),
        asOf: found.asOf,
      });
    }
  },
};
