/** Hover on a group: who is in it, what it holds here, what its members can do, and how old that knowledge is. */

import { accessOf, type GroupAccess } from "../../analysis/access.ts";
import { type ResolvedMapping, resolvedMappings } from "../../analysis/grants.ts";
import { resolveGroup } from "../../analysis/resolve.ts";
import type { Snapshot } from "../../analysis/snapshot.ts";
import { countOf } from "../../analysis/words.ts";
import type { Group } from "../../model/directory.ts";
import type { Lookup } from "../../model/knowledge.ts";
import type { GroupRef } from "../../model/mapping.ts";
import { type Instant, renderInstant } from "../../model/time.ts";
import { code, codes, prose } from "../support/markdown.ts";
import type { Scope } from "../support/scope.ts";
import { notChecked, readAt } from "./age.ts";
import { permissionList } from "./permissions.ts";

/** Roles through other groups that are listed. */
const MOST_ELSEWHERE = 6;

/** A group as its directory has it, with what the files give it. */
export function describeGroup(snapshot: Snapshot, scope: Scope, ref: GroupRef): string {
  const { now } = snapshot;
  const directory = scope.directory?.name ?? "the directory";
  const lookup = resolveGroup(scope.inventory, ref, directory);
  const of = findMapping(snapshot, scope, ref);
  const access = of && accessOf(snapshot, of);
  const parts = [heading(lookup, ref, directory), existence(lookup, directory, now)];
  if (access) {
    parts.push(membership(access, directory, now), holdings(access, now), abilities(access, now), elsewhere(access));
  } else if (lookup.answer === "present") {
    parts.push(size(lookup.item), "No mapping names it.");
  }
  return parts.filter((part) => part !== "").join("\n\n");
}

/** The mapping under the cursor, else any of the same organization that names the group. */
function findMapping(snapshot: Snapshot, scope: Scope, ref: GroupRef): ResolvedMapping | undefined {
  if (scope.mapping?.mapping.group?.text === ref.text) return scope.mapping;
  return resolvedMappings(snapshot).find(
    ({ mapping, organization, directory }) =>
      mapping.group?.text === ref.text &&
      organization?.name === scope.organization?.name &&
      directory?.name === scope.directory?.name,
  );
}

function heading(lookup: Lookup<Group>, ref: GroupRef, directory: string): string {
  const name = lookup.answer === "present" ? lookup.item.name : ref.text;
  const kinds = {
    static: "",
    dynamic: ", filled by a rule",
    app: ", owned by an app",
    everyone: ", everybody by definition",
  };
  const kind = lookup.answer === "present" ? kinds[lookup.item.kind] : "";
  const words = lookup.answer === "present" && lookup.item.description ? `\n\n${prose(lookup.item.description)}` : "";
  return `**Group** ${code(name)} in ${code(directory)}${kind}${words}`;
}

function existence(lookup: Lookup<Group>, directory: string, now: Instant): string {
  switch (lookup.answer) {
    case "present":
      return "";
    case "unknown":
      return notChecked("Group", lookup.why, now);
    case "absent":
      return `${code(directory)} has no such group, read ${renderInstant(lookup.asOf, now)}.`;
    case "ambiguous":
      return `${lookup.items.length} groups bear this name: ${codes(lookup.items.map((group) => group.id))}.`;
  }
}

function membership(access: GroupAccess, directory: string, now: Instant): string {
  const { people: counted, peopleGap, group, mappings } = access;
  if (group.answer !== "present") return "";
  if (counted) {
    const extra = [
      ...(counted.outsiders > 0 ? [`${counted.outsiders} of them from outside`] : []),
      ...(counted.disabled > 0 ? [`${counted.disabled} disabled not counted`] : []),
      ...(counted.unjudged > 0 ? [`besides ${counted.unjudged} whose state the directory does not tell`] : []),
    ];
    return `${[countOf(counted.active, "person", "people"), ...extra].join(", ")}. ${readAt(directory, counted.asOf, now)}`;
  }
  const members = mappings[0]?.members;
  const lastGood = members?.state === "known" ? members.asOf : undefined;
  const why = peopleGap ? notChecked("Members", peopleGap, now, lastGood) : "Members not checked.";
  return [why, size(group.item)].filter((part) => part !== "").join(" ");
}

function size(group: Group): string {
  return group.memberCount === undefined
    ? ""
    : `${countOf(group.memberCount, "person", "people")} by the directory's own count.`;
}

function holdings({ roles, teams, mappings, organization }: GroupAccess, now: Instant): string {
  if (mappings.length === 0) return `Holds nothing in ${code(organization.name)}: no mapping is in force.`;
  const held = [
    ...(roles.length > 0 ? [`Roles ${codes(roles.map((role) => role.name))}.`] : []),
    ...(teams.length > 0 ? [`Teams ${codes(teams)}.`] : []),
  ];
  const open = new Set(
    mappings.flatMap((mapping) => mapping.roles.flatMap((granted) => openRole(granted, organization.name, now))),
  );
  return [held.join(" "), ...open].filter((part) => part !== "").join("\n\n");
}

function openRole(
  { role, ref }: ResolvedMapping["roles"][number],
  organization: string,
  now: Instant,
): readonly string[] {
  const name = code(ref.name ?? ref.id ?? "");
  if (role.answer === "unknown") return [notChecked(`Role ${name}`, role.why, now)];
  if (role.answer === "absent") return [`Role ${name} is not in ${code(organization)}.`];
  return role.answer === "ambiguous" ? [`Role ${name} is ambiguous: ${role.items.length} roles bear this name.`] : [];
}

function abilities({ permissions, roles, target, organization }: GroupAccess, now: Instant): string {
  const lines = [
    ...permissionList(permissions, true),
    ...roles
      .filter(({ unresolved }) => unresolved > 0)
      .map(
        ({ name, unresolved }) => `- ${countOf(unresolved, "permission")} of ${code(name)} in no list and not shown`,
      ),
  ];
  if (!target || lines.length === 0) return "";
  const age = target.roles.state === "known" ? [readAt(organization.name, target.roles.asOf, now)] : [];
  return [`**Effective permissions**, before resource restrictions\n\n${lines.join("\n")}`, ...age].join("\n\n");
}

function elsewhere({ elsewhere: roles }: GroupAccess): string {
  if (roles.length === 0) return "";
  const lines = roles
    .slice(0, MOST_ELSEWHERE)
    .map(
      ({ role, group, people: shared }) =>
        `- ${countOf(shared, "person", "people")}: ${code(role.name)} through ${code(group)}`,
    );
  const rest = roles.length > MOST_ELSEWHERE ? [`- and ${roles.length - MOST_ELSEWHERE} more`] : [];
  return `**Besides, its members hold**\n\n${[...lines, ...rest].join("\n")}`;
}
