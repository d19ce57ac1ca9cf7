/**
 * priv/read-only-shadowed: Datadog Read Only Role stands beside a role that writes.
 *
 * Why: roles add up and nothing denies, so the read-only role keeps nobody from writing; it only looks as if it did.
 * Do: remove the read-only role, or the other one if these people should only read.
 * Not reported: roles that only read; roles of different mappings; roles whose content is not known; mappings that have
 * ended.
 */

import { READ_ONLY_ROLE } from "../../analysis/effective.ts";
import { groupName } from "../../analysis/grants.ts";
import { remove } from "../../analysis/judgements/fixes.ts";
import { writesOf } from "../../analysis/judgements/privilege.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold } from "../../analysis/words.ts";

export const readOnlyShadowed: Rule = {
  id: "priv/read-only-shadowed",
  severity: "warning",
  checkMapping(resolved, { source, report }) {
    const all = resolved.held;
    for (const held of all) {
      if (held.role.item.name !== READ_ONLY_ROLE) continue;
      const writer = all.find((other) => writesOf(other.target, other.role.item).length > 0);
      if (!writer) continue;
      report({
        span: held.span,
        message: `"${READ_ONLY_ROLE}" restrains nobody in "${groupName(resolved)}": roles add up, and "${writer.role.item.name}" permits ${fold(writesOf(writer.target, writer.role.item))}. Remove one of the two`,
        fixes: held.bundle ? [] : remove(source, "Remove the read-only role", held.span, { preferred: true }),
        asOf: held.role.asOf,
      });
    }
  },
};
