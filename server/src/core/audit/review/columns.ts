/** The columns of a review's tables: what is told of a row, and what whoever decides fills in. */

import { controlsOf } from "../../model/controls.ts";
import type { Sheet } from "../sheet.ts";
import type { RoutedRow } from "./pack.ts";

/** Names that are read back, or asked for elsewhere. */
export const COLUMN = {
  kind: "Row",
  organization: "Organization",
  person: "Person",
  access: "Access",
  through: "Through group",
  since: "In the files since",
  fingerprint: "Fingerprint",
  reviewer: "Reviewer",
  decision: "Decision (keep, revoke, change)",
  change: "Change to",
  comment: "Comment",
  date: "Decided on",
} as const;

/** Rows in their order; what nobody knows is an empty cell. */
export function reviewSheet(rows: readonly RoutedRow[]): Sheet {
  return { columns: FIELDS.map(([name]) => name), rows: rows.map((row) => FIELDS.map(([, cell]) => cell(row) ?? "")) };
}

type Cell = (row: RoutedRow) => string | undefined;

const EMPTY: Cell = () => "";

const FIELDS: readonly (readonly [name: string, cell: Cell])[] = [
  [COLUMN.kind, ({ kind }) => kind],
  [COLUMN.organization, ({ organization }) => organization],
  [COLUMN.person, ({ person, people }) => person ?? peopleText(people)],
  ["Name", ({ name }) => name],
  ["State", ({ state }) => state],
  ["Account", ({ account }) => account],
  ["Last login", ({ kind, lastLogin }) => lastLogin ?? (kind === "grant" ? "" : "not told")],
  ["Account age in days", ({ age }) => age?.toString()],
  [COLUMN.access, ({ accessKind, access }) => (accessKind === "team" ? `team ${access}` : access)],
  ["Sensitivity", ({ sensitivity }) => sensitivity],
  [COLUMN.through, ({ group }) => group ?? "outside the files"],
  ["Directory", ({ directory }) => directory],
  ["Place", ({ place }) => place],
  ["Reason", ({ reason }) => reason],
  ["Until", ({ until }) => until],
  ["Owner", ({ owner }) => owner],
  [COLUMN.since, ({ kind, since }) => since ?? (kind === "outside" ? "" : "not known")],
  ["Findings", ({ findings }) => findings.join(" ")],
  ["Controls", ({ findings }) => [...new Set(findings.flatMap((rule) => controlsOf(rule) ?? []))].join(" ")],
  [COLUMN.fingerprint, ({ fingerprint }) => fingerprint],
  ["Note", ({ note }) => note],
  [COLUMN.reviewer, ({ reviewer }) => reviewer],
  [COLUMN.decision, EMPTY],
  [COLUMN.change, EMPTY],
  [COLUMN.comment, EMPTY],
  [COLUMN.date, EMPTY],
];

/** What stands for a person where everybody in a group is meant. */
export function peopleText(people: string | undefined): string {
  return `everybody in the group (${people ?? "not known"})`;
}
