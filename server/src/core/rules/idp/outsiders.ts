/**
 * idp/outsiders: guests or people of other firms are among those who get a sensitive role.
 *
 * Why: their accounts end by another firm's rules, and a group made for employees rarely meant them.
 * Do: give the role to a group without them; what outsiders need, they get through a group of their own, with an end.
 * Not reported: roles below high sensitivity; groups that the policy has a class for, which says what they may hold;
 * firms whose domain cannot be told, because no mail domain is that of most people; a domain that a tenth of the people
 * have; other countries' domains of the same name; groups whose members, and roles whose content, is not known;
 * mappings that have ended.
 */

import { sensitivityOf } from "../../analysis/effective.ts";
import { activeMembers, groupName } from "../../analysis/grants.ts";
import { policyClassesOf } from "../../analysis/judgements/classes.ts";
import { domainOf, outsidersOf } from "../../analysis/judgements/outsiders.ts";
import { mostSensitive, permissionsAt } from "../../analysis/judgements/privilege.ts";
import { useLess } from "../../analysis/judgements/smallerRole.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, oldest } from "../../analysis/words.ts";
import { compareSensitivity } from "../../model/target.ts";

export const outsiders: Rule = {
  id: "idp/outsiders",
  severity: "warning",
  checkMapping(resolved, { world, source, report }) {
    const { mapping, members, directory } = resolved;
    const inventory = directory && world.directories.get(directory.name);
    if (!inventory || !mapping.group || members.state === "unknown") return;
    const strangers = outsidersOf(inventory, members);
    const top = strangers.length === 0 ? undefined : mostSensitive(resolved, "high");
    if (!top || policyClassesOf(world, resolved).length > 0) return;
    const { held, sensitivity } = top;
    const all = activeMembers(members).length;
    const firms = [...new Set(strangers.map(({ email }) => domainOf(email)))].sort();
    report({
      span: mapping.group.span,
      message: `${strangers.length} of ${all} people in "${groupName(resolved)}" ${strangers.length === 1 ? "is an outsider" : "are outsiders"} (${fold(firms)}) and ${strangers.length === 1 ? "gets" : "get"} "${held.role.item.name}" (${sensitivity}: ${fold(permissionsAt(held, sensitivity))}); give it to a group without them`,
      fixes: useLess(source, held, (role) => compareSensitivity(sensitivityOf(held.target, role), "high") < 0),
      ...oldest(members.asOf, held.role.asOf),
    });
  },
};
