/**
 * ref/recreated: what has this name now is another group, role or team than the one that was reviewed.
 *
 * Why: somebody deleted it and made a new one of the same name, or renamed another one to it. Its people, or what it
 * permits, were never reviewed, and this is how access is taken over quietly.
 * Do: look at the new one; when it is meant, run `accessmap review`, which shows all that changed and records the new id.
 * `accessmap lock` keeps the old one, so that no routine takes up what nobody has looked at.
 * Not reported: names that the lock does not know; names that could not be looked up; items that are pinned by id.
 */

import { contentChange, describeRoleChange } from "../../analysis/judgements/roleChange.ts";
import { type AnyName, listNames } from "../../analysis/names.ts";
import type { Rule } from "../../analysis/rule.ts";
import type { World } from "../../analysis/world.ts";

export const recreated: Rule = {
  id: "ref/recreated",
  severity: "error",
  checkNames(names, { world, report }) {
    for (const name of listNames(names)) {
      const { kind, text, span, system, found, isRecreated } = name;
      if (!isRecreated || found.answer !== "present") continue;
      report({
        span,
        message: `"${text}" in "${system}" is another ${kind} than the one that was reviewed${difference(name, world)}; look at it, then run \`accessmap review\``,
        asOf: found.asOf,
      });
    }
  },
};

/** What a new role permits more or less than the reviewed one. */
function difference(name: AnyName, { lock }: World): string {
  if (name.kind !== "role" || name.found.answer !== "present") return "";
  const pin = lock.organizations.get(name.system)?.roles.get(name.text);
  const change = pin && contentChange(name.target, name.found.item, pin);
  return change ? ` (${describeRoleChange(name.target, change)})` : "";
}
