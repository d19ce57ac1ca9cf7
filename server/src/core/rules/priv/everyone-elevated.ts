/**
 * priv/everyone-elevated: the group that holds everybody gets a role that permits more than reading.
 *
 * Why: nobody decided about any of these people, and whoever is hired, contracted or invited next holds it from that
 * day.
 * Do: give everybody Datadog Read Only Role, and more to groups that somebody keeps.
 * Not reported: roles without anything sensitive beyond the baseline; groups that merely are large; administrators'
 * roles of a group whose size is known, see priv/admin-broad-group; roles whose content is not known; mappings that
 * have ended. Silences priv/limit-exceeded and the rules on single dangers.
 */

import { READ_ONLY_ROLE, sensitivityOf } from "../../analysis/effective.ts";
import type { HeldRole } from "../../analysis/grants.ts";
import { groupName } from "../../analysis/grants.ts";
import { remove } from "../../analysis/judgements/fixes.ts";
import { isEverybody, permissionsAt, tooManyAdmins } from "../../analysis/judgements/privilege.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold } from "../../analysis/words.ts";
import { policyOf } from "../../analysis/world.ts";
import type { SourceFix } from "../../model/finding.ts";
import type { Source } from "../../model/text.ts";
import { replaceScalar } from "../../syntax/edit.ts";

export const everyoneElevated: Rule = {
  id: "priv/everyone-elevated",
  severity: "error",
  checkMapping(resolved, { world, source, report }) {
    if (!isEverybody(resolved)) return;
    const all = resolved.held;
    for (const held of all) {
      const sensitivity = sensitivityOf(held.target, held.role.item);
      if (sensitivity === "low" || tooManyAdmins(resolved, held, policyOf(world))) continue;
      report({
        span: held.span,
        message: `"${groupName(resolved)}" holds everybody, and "${held.role.item.name}" permits more than reading (${sensitivity}: ${fold(permissionsAt(held, sensitivity))}); give everybody "${READ_ONLY_ROLE}"`,
        fixes: onlyRead(source, held, all),
        asOf: held.role.asOf,
      });
    }
  },
};

function onlyRead(source: Source, held: HeldRole, all: readonly HeldRole[]): readonly SourceFix[] {
  if (held.bundle) return [];
  const reads = all.some(({ role }) => role.item.name === READ_ONLY_ROLE);
  const replace = {
    title: `Use "${READ_ONLY_ROLE}" instead`,
    edits: [replaceScalar(source, held.span, READ_ONLY_ROLE)],
  };
  return [...(reads || held.ref.id !== undefined ? [] : [replace]), ...remove(source, "Remove this role", held.span)];
}
