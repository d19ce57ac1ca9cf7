/**
 * esc/nested-surprise: groups inside a mapped group bring many people or outsiders to a sensitive role.
 *
 * Why: who keeps the inner group decides who holds the role, and rarely knows it.
 * Do: map the inner group by itself, if its people should hold the role; take it out of this one, if not.
 * Not reported: up to ten people, or fewer than are members themselves; a group that holds groups alone, which is made
 * for that; people who are members themselves as well; directories that do not tell through which group somebody comes
 * (Google does); roles below high sensitivity; members and roles that were not read; mappings that have ended.
 */

import { activeMembers, groupName } from "../../analysis/grants.ts";
import { FEW } from "../../analysis/judgements/hazards.ts";
import { outsidersOf } from "../../analysis/judgements/outsiders.ts";
import { mostSensitive } from "../../analysis/judgements/privilege.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, inQuotes, oldest } from "../../analysis/words.ts";

export const nestedSurprise: Rule = {
  id: "esc/nested-surprise",
  severity: "warning",
  checkMapping(resolved, { world, report }) {
    const { mapping, group, members, directory } = resolved;
    const inventory = directory && world.directories.get(directory.name);
    if (!inventory?.nested || group?.answer !== "present" || !mapping.group || members.state === "unknown") return;
    const through = inventory.nested.get(group.item.id);
    if (!through || through.size === 0) return;
    const active = activeMembers(members);
    const nested = active.filter(({ id }) => through.has(id));
    const strangers = outsidersOf(inventory, members).filter(({ id }) => through.has(id));
    const own = active.length - nested.length;
    const isMany = own > 0 && nested.length > Math.max(FEW, own);
    const top = isMany || strangers.length > 0 ? mostSensitive(resolved, "high") : undefined;
    if (!top) return;
    const groups = [...new Set(nested.map(({ id }) => through.get(id) ?? ""))].sort().map(inQuotes);
    const who =
      strangers.length === 0
        ? ""
        : `, ${strangers.length} of them ${strangers.length === 1 ? "an outsider" : "outsiders"}`;
    report({
      span: mapping.group.span,
      message: `${nested.length} of ${active.length} people in "${groupName(resolved)}" are there only through ${fold(groups)}${who}, and get "${top.held.role.item.name}" (${top.sensitivity}); map the inner group by itself, or take it out`,
      ...oldest(members.asOf, top.held.role.asOf),
    });
  },
};
