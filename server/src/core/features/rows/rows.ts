/** The activity view from a snapshot: organizations, and below each its groups, roles, people and findings. */

import { fileLevel, findingsIn, findingsLevel } from "./findings.ts";
import { groupLevel, groupsLevel, membersLevel } from "./groups.ts";
import { type Organization, organizationNamed } from "./mapped.ts";
import { listedPeople, peopleLevel, personLevel } from "./people.ts";
import { listedRoles, permissionsLevel, roleLevel, rolesLevel } from "./roles.ts";
import { EMPTY, type Level, matching, type Row, type View } from "./row.ts";
import { countFindings, worstOf } from "./tones.ts";

/** Findings of files that are about no organization, such as accessmap.yaml itself. */
const PROJECT_FINDINGS = "findings";
const ORGANIZATION = "organization ";

/** The organization that a path is about. */
export function organizationIn([first = ""]: readonly string[]): string | undefined {
  return first.startsWith(ORGANIZATION) ? first.slice(ORGANIZATION.length) : undefined;
}

/** Organizations of a project, and its own findings where there are any. */
export function projectRows(view: View, filter: string): readonly Row[] {
  const { project } = view.snapshot;
  if (!project) return [];
  const organizations = [...project.content.organizations.values()].map(({ name, site }): Row => {
    const files = organizationNamed(view.snapshot, name)?.files ?? [];
    const found = findingsIn(view, files, "").flatMap((file) => file.found);
    const tone = worstOf(found);
    return {
      key: `${ORGANIZATION}${name}`,
      kind: "organization",
      label: name,
      name,
      detail: site.value,
      tooltip: `Datadog organization at ${site.value}\nFindings: ${countFindings(found)}`,
      opens: true,
      ...(tone ? { tone } : {}),
      ...(found.length > 0 ? { findings: found.length } : {}),
    };
  });
  const own = findingsRow(view, ownFiles(view), filter, "Findings of the project");
  return [...organizations, ...(own.findings === undefined ? [] : [own])];
}

/** What the section of pending changes says before anybody opened it, and after. */
export interface Pending {
  readonly detail: string;
  readonly tone?: Row["tone"];
}

/** The level at a path of keys, for everything that a snapshot tells; changes and journal are others' to tell. */
export function rowsAt(view: View, path: readonly string[], filter: string, pending: Pending): Level {
  const [first, section, ...rest] = path;
  if (first === PROJECT_FINDINGS)
    return section === undefined ? findingsLevel(view, ownFiles(view), filter) : fileLevel(view, section, filter);
  const organization = organizationNamed(view.snapshot, organizationIn(path) ?? "");
  if (!organization) return EMPTY;
  const [key, part] = rest;
  switch (section) {
    case undefined:
      return { rows: sectionsOf(view, organization, filter, pending), hidden: 0 };
    case "groups":
      if (key === undefined) return groupsLevel(view, organization, filter);
      return part === "people" ? membersLevel(organization, key, "") : groupLevel(view, organization, key);
    case "roles":
      if (key === undefined) return rolesLevel(view, organization, filter);
      return part === "permissions" ? permissionsLevel(organization, key, "") : roleLevel(view, organization, key);
    case "people":
      return key === undefined ? peopleLevel(organization, filter) : personLevel(view, organization, key);
    case "findings":
      return key === undefined ? findingsLevel(view, organization.files, filter) : fileLevel(view, key, filter);
    default:
      return EMPTY;
  }
}

function sectionsOf(view: View, organization: Organization, filter: string, pending: Pending): readonly Row[] {
  const { groups } = organization;
  const roles = listedRoles(organization);
  const listed = listedPeople(organization);
  return [
    {
      ...section("groups", "Groups"),
      ...shareOf(groups, ({ name }) => name, filter),
    },
    roles
      ? { ...section("roles", "Roles"), ...shareOf(roles, ({ name }) => name, filter) }
      : { ...section("roles", "Roles", "not checked"), tone: "unknown" },
    listed && (listed.isWhole || listed.people.length > 0)
      ? { ...section("people", "People"), ...peopleShare(listed, filter) }
      : { ...section("people", "People", "not checked"), tone: "unknown" },
    findingsRow(view, organization.files, filter, "Findings"),
    { ...section("changes", "Pending Changes", pending.detail), ...(pending.tone ? { tone: pending.tone } : {}) },
    section("journal", "Journal"),
  ];
}

function section(kind: Row["kind"], label: string, detail?: string): Row {
  return { key: kind, kind, label, ...(detail === undefined ? {} : { detail }), opens: true };
}

function findingsRow(view: View, files: Iterable<string>, filter: string, label: string): Row {
  const found = findingsIn(view, files, filter).flatMap((file) => file.found);
  const tone = worstOf(found);
  return {
    ...section("findings", label, countFindings(found)),
    ...(filter === "" ? {} : { matches: found.length }),
    ...(tone ? { tone, findings: found.length } : {}),
  };
}

type Share = Pick<Row, "detail" | "matches">;

function peopleShare({ people, isWhole }: NonNullable<ReturnType<typeof listedPeople>>, filter: string): Share {
  const share = shareOf(people, ([, { name, email }]) => `${name} ${email ?? ""}`, filter);
  return isWhole || filter !== "" ? share : { detail: `at least ${people.length}` };
}

/** `45`; with a filter `3 of 45`. */
function shareOf<T>(items: readonly T[], textOf: (item: T) => string, filter: string): Share {
  if (filter === "") return { detail: String(items.length) };
  const matches = matching(items, textOf, filter).length;
  return { detail: `${matches} of ${items.length}`, matches };
}

function ownFiles({ snapshot, files }: View): readonly string[] {
  const spoken = new Set(
    [...(snapshot.project?.content.organizations.keys() ?? [])].flatMap((name) => [
      ...(organizationNamed(snapshot, name)?.files ?? []),
    ]),
  );
  return files.filter((file) => !spoken.has(file));
}
