/**
 * esc/weak-group-owner: an owner of a group with a sensitive role is an outsider, suspended or gone.
 *
 * Why: owners put people into the group. An outsider's account follows another firm's rules, and one that nobody uses
 * any more is taken over unnoticed.
 * Do: make somebody the owner who may hold the role themselves.
 * Not reported: directories that do not tell owners with the members (Google does); whether owners hold the role; roles
 * below high sensitivity; groups whose members, and roles whose content, is not known; mappings that have ended.
 */

import { groupName } from "../../analysis/grants.ts";
import { outsidersOf } from "../../analysis/judgements/outsiders.ts";
import { mostSensitive } from "../../analysis/judgements/privilege.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, oldest } from "../../analysis/words.ts";
import { itemsOf } from "../../model/knowledge.ts";

export const weakGroupOwner: Rule = {
  id: "esc/weak-group-owner",
  severity: "warning",
  checkMapping(resolved, { world, report }) {
    const { mapping, group, members, directory } = resolved;
    const inventory = directory && world.directories.get(directory.name);
    if (!inventory?.owners || group?.answer !== "present" || !mapping.group || members.state === "unknown") return;
    const ids = inventory.owners.get(group.item.id);
    if (!ids || ids.length === 0) return;
    const outside = new Set(outsidersOf(inventory, members));
    const weak = [...itemsOf(members).values()].filter(
      (person) =>
        ids.includes(person.id) &&
        (outside.has(person) || person.state === "suspended" || person.state === "deactivated"),
    );
    const top = weak.length === 0 ? undefined : mostSensitive(resolved, "high");
    if (!top) return;
    const words = weak.map((person) => `${person.login} (${outside.has(person) ? "an outsider" : person.state})`);
    report({
      span: mapping.group.span,
      message: `${fold(words)} ${weak.length === 1 ? "owns" : "own"} "${groupName(resolved)}" and may put anybody into it, which gets "${top.held.role.item.name}" (${top.sensitivity}); change the owner in "${directory?.name}"`,
      ...oldest(members.asOf, top.held.role.asOf),
    });
  },
};
