/**
 * Who had what on a day, and why: what the files of that day gave, and what journals of applies tell of people. Membership
 * of groups on a past day is nowhere to be read, and the answer says so.
 */

import { groupName, mappingsOf, type ResolvedMapping } from "../analysis/grants.ts";
import { lineOf } from "../analysis/places.ts";
import type { Snapshot } from "../analysis/snapshot.ts";
import { itemsOf } from "../model/knowledge.ts";
import type { TargetInventory } from "../model/target.ts";
import type { Day, Instant } from "../model/time.ts";
import { brokenFiles } from "../sync/desire/requirements.ts";
import type { RecordedApply } from "../sync/journal/journal.ts";
import { type RecordedHolding, recordedAt } from "./journalHistory.ts";
import { isCausedBy, isOfGroup, roleText } from "./pastQuestions.ts";
import { rolesOn } from "./pastRoles.ts";

export type PastQuestion =
  | { readonly kind: "permission"; readonly name: string }
  | { readonly kind: "role"; readonly name: string }
  | { readonly kind: "team"; readonly name: string }
  /** Any of that name, in whichever directory. */
  | { readonly kind: "group"; readonly name: string }
  | { readonly kind: "person"; readonly name: string };

/** The files of the day. `snapshot` holds them with what is live today, as of the end of the day. */
export interface PastFiles {
  readonly commit: string;
  readonly committedAt: Instant;
  readonly snapshot: Snapshot;
  /** Files of the commit that could not be read. */
  readonly unread: readonly string[];
}

export interface PastGrant {
  readonly group: string;
  readonly directory?: string;
  readonly gives: string;
  readonly kind: "role" | "team";
  readonly place: string;
  readonly reason?: string;
  readonly owner?: string;
  readonly until?: string;
}

export interface PastAnswer {
  readonly organization: string;
  readonly question: PastQuestion;
  readonly day: Day;
  readonly files?: {
    readonly commit: string;
    readonly committedAt: Instant;
    /** What was not read of them, or has errors: they may have given more. */
    readonly gaps: readonly string[];
  };
  /** What the files gave to groups; of a person: to the groups that the person is in today. */
  readonly grants: readonly PastGrant[];
  readonly people: readonly RecordedHolding[];
  readonly unknown: readonly string[];
  /** Applies to the organization that journals here record, until the day and after it. */
  readonly applies: { readonly before: number; readonly after: number };
}

export interface PastMaterial {
  readonly day: Day;
  readonly organization: string;
  readonly files: PastFiles | undefined;
  /** Why there are no files of that day. */
  readonly noFiles?: string;
  readonly now: Snapshot;
  /** Latest first. */
  readonly applies: readonly RecordedApply[];
}

/**
 * The end of that day in UTC counts. `grants` is what the files of then gave, `people` what applies until then wrote
 * and did not undo; `unknown` always says what neither can tell.
 */
export function askPast(question: PastQuestion, material: PastMaterial): PastAnswer {
  const { day, organization, files, noFiles, applies, now } = material;
  const moment = `${day}T23:59:59.999Z`;
  const roles = rolesOn(material, question);
  const recorded = recordedAt(applies, moment);
  const before = applies.filter(({ start }) => start.at <= moment).length;
  const gaps = files ? gapsOf(files) : [];
  return {
    organization,
    question,
    day,
    ...(files && { files: { commit: files.commit, committedAt: files.committedAt, gaps } }),
    grants: files ? grantsOn(files.snapshot, organization, question, roles.ids) : [],
    people: recorded.filter((holding) => isMeant(holding, question, roles.ids, now.targets.get(organization))),
    unknown: [
      ...(noFiles === undefined ? [] : [`what the files said: ${noFiles}`]),
      ...gaps.map((gap) => `all that the files said: ${gap}`),
      question.kind === "group"
        ? `who was in "${question.name}" on that day: directories tell today's members alone, whom \`accessmap show\` lists`
        : "who was in which group on that day: directories tell today's members alone",
      before === 0
        ? "who held it: no apply until that day is recorded here"
        : "whom no apply had to change, and what was changed otherwise between applies: journals tell of their own changes alone",
      ...(question.kind === "group" && before > 0
        ? ["who had it through this group as well as through another one: an apply names one cause of what it writes"]
        : []),
      ...(question.kind === "person" && files ? awayToday(files.snapshot, organization, question.name) : []),
      ...roles.unknown,
    ],
    applies: { before, after: applies.length - before },
  };
}

function gapsOf({ unread, snapshot }: PastFiles): readonly string[] {
  return [
    ...unread.map((file) => `${file} of that day cannot be read here`),
    ...brokenFiles(snapshot).map(({ system: file, message }) => `${file} had errors, ${message}`),
  ];
}

function grantsOn(
  snapshot: Snapshot,
  organization: string,
  question: PastQuestion,
  roleIds: ReadonlySet<string>,
): readonly PastGrant[] {
  return mappingsOf(snapshot, organization)
    .filter(({ inForce, mapping }) => inForce && mapping.group)
    .filter((resolved) => isGivenTo(resolved, question))
    .flatMap((resolved) => {
      const { mapping, file, directory, roles, teams } = resolved;
      const { line } = lineOf(snapshot, { source: mapping.source, span: mapping.span });
      const owner = mapping.owner?.value ?? file.owner?.value;
      const shared = {
        group: groupName(resolved),
        ...(directory && { directory: directory.name }),
        place: `${file.file}:${line}`,
        ...(mapping.reason && { reason: mapping.reason.value }),
        ...(owner !== undefined && { owner }),
        ...(mapping.until && { until: mapping.until.value }),
      };
      const wantsAll = question.kind === "person" || question.kind === "group";
      const wantsRole = (id: string | undefined, name: string) =>
        wantsAll || (id !== undefined && roleIds.has(id)) || (question.kind === "role" && name === question.name);
      const wantsTeam = (handle: string) => wantsAll || (question.kind === "team" && handle === question.name);
      return [
        ...roles.flatMap(({ role, ref }): PastGrant[] => {
          const name = roleText(ref.name ?? ref.id, role);
          const id = role.answer === "present" ? role.item.id : ref.id;
          return wantsRole(id, name) ? [{ ...shared, gives: name, kind: "role" }] : [];
        }),
        ...teams.flatMap(({ handle }): PastGrant[] =>
          wantsTeam(handle) ? [{ ...shared, gives: handle, kind: "team" }] : [],
        ),
      ];
    });
}

function isGivenTo(resolved: ResolvedMapping, { kind, name }: PastQuestion): boolean {
  if (kind === "person") return isMember(resolved, name);
  return kind !== "group" || isOfGroup(resolved, name);
}

function isMember({ members }: ResolvedMapping, person: string): boolean {
  return [...itemsOf(members).values()].some(({ login, email }) => login === person || email === person);
}

/** Only active people get what a group gives, and whether somebody was that on the day no directory tells. */
function awayToday(snapshot: Snapshot, organization: string, person: string): readonly string[] {
  const away = mappingsOf(snapshot, organization).flatMap(({ members, directory }) =>
    [...itemsOf(members).values()].flatMap(({ login, email, state }) =>
      (login === person || email === person) && state !== "active" ? [`${state} in ${directory?.name}`] : [],
    ),
  );
  return [...new Set(away)].map(
    (state) => `whether they got what their groups were given: today they are ${state}, and only active people count`,
  );
}

function isMeant(
  { kind, id, name, account, accountId, because }: RecordedHolding,
  question: PastQuestion,
  roleIds: ReadonlySet<string>,
  target: TargetInventory | undefined,
): boolean {
  switch (question.kind) {
    case "permission":
      return kind === "role" && roleIds.has(id);
    case "role":
      return kind === "role" && (roleIds.has(id) || name === question.name);
    case "team":
      return kind === "team" && (name === question.name || itemsOf(target?.teams).get(id)?.handle === question.name);
    case "group":
      return because !== undefined && isCausedBy(because, question.name);
    case "person": {
      const known = itemsOf(target?.accounts).get(accountId);
      return [account, known?.handle, known?.email].includes(question.name);
    }
  }
}
