/**
 * ref/ambiguous-name: several roles, groups or teams have the name that is written.
 *
 * Why: names of Datadog roles are not unique; whichever is picked, half of the readers had the other one in mind.
 * Do: pin the id of the one that is meant; the fixes list the candidates with their size and age.
 * Not reported: items that are pinned by id already; systems that could not be read.
 */

import type { Rule } from "../../analysis/rule.ts";
import { fold } from "../../analysis/words.ts";
import type { Group } from "../../model/directory.ts";
import type { SourceFix } from "../../model/finding.ts";
import type { Role } from "../../model/target.ts";
import type { Source, Span } from "../../model/text.ts";
import { dayOf } from "../../model/time.ts";
import { insertBeside, quote } from "../../syntax/edit.ts";

export const ambiguousName: Rule = {
  id: "ref/ambiguous-name",
  severity: "error",
  checkNames({ groups, roles, teams }, { source, report }) {
    for (const { ref, found, inventory } of groups) {
      if (found.answer !== "ambiguous") continue;
      report({
        span: ref.span,
        message: several(inventory.name, found.items.map(describeGroup), `groups named "${ref.text}"`),
        fixes: found.items.map((group) => pin(source, ref.span, ref.text, group.id, describeGroup(group))),
        asOf: found.asOf,
      });
    }
    for (const { ref, found, organization } of roles) {
      if (found.answer !== "ambiguous") continue;
      report({
        span: ref.span,
        message: several(organization.name, found.items.map(describeRole), `roles named "${ref.name}"`),
        fixes: found.items.map((role) => pin(source, ref.span, role.name, role.id, describeRole(role))),
        asOf: found.asOf,
      });
    }
    for (const { ref, found, organization } of teams) {
      if (found.answer !== "ambiguous") continue;
      const count = found.items.length;
      report({
        span: ref.span,
        message: `"${organization.name}" has ${count} teams with the handle "${ref.value}"; rename one of them in Datadog`,
        asOf: found.asOf,
      });
    }
  },
};

function several(system: string, candidates: readonly string[], what: string): string {
  return `"${system}" has ${candidates.length} ${what}: ${fold(candidates)}. Pin the id of the one you mean`;
}

function describeRole(role: Role): string {
  const users = role.userCount === undefined ? [] : [`${role.userCount} ${role.userCount === 1 ? "user" : "users"}`];
  const age = role.createdAt === undefined ? [] : [`created ${dayOf(role.createdAt)}`];
  return withFacts(role.id, [...users, ...age]);
}

function describeGroup(group: Group): string {
  return withFacts(group.id, group.memberCount === undefined ? [] : [`${group.memberCount} members`]);
}

function withFacts(id: string, facts: readonly string[]): string {
  return facts.length === 0 ? id : `${id} (${facts.join(", ")})`;
}

/** Writes the id beside the name, which stays for readers. A name that has a key of its own gets the id behind it. */
function pin(source: Source, span: Span, name: string, id: string, candidate: string): SourceFix {
  const edit = insertBeside(source, "name", span, `id: ${quote(id)}`);
  const both = `{ name: ${quote(name)}, id: ${quote(id)} }`;
  return { title: `Pin ${candidate}`, edits: [edit ?? { source, span, text: both }] };
}
