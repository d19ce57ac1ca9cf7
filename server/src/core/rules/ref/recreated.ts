/**
 * ref/recreated: what has this name now is another group, role or team than the one that was reviewed.
 *
 * Why: somebody deleted it and made a new one of the same name, or renamed another one to it. Its people, or what it
 * permits, were never reviewed, and this is how access is taken over quietly.
 * Do: look at the new one; when it is meant, run `accessmap lock`, which shows the change for review.
 * Not reported: names that the lock does not know; names that could not be looked up; items that are pinned by id.
 */

import { listNames } from "../../analysis/names.ts";
import type { Rule } from "../../analysis/rule.ts";

export const recreated: Rule = {
  id: "ref/recreated",
  severity: "error",
  checkNames(names, { report }) {
    for (const { kind, text, span, system, found, isRecreated } of listNames(names)) {
      if (!isRecreated || found.answer !== "present") continue;
      report({
        span,
        message: `"${text}" in "${system}" is another ${kind} than the one that was reviewed; look at it, then run \`accessmap lock\``,
        asOf: found.asOf,
      });
    }
  },
};
