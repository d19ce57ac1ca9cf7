/** A review, or one reviewer's part of it, as Markdown. */

import { prose } from "../../features/support/markdown.ts";
import { markdownTable } from "../sheet.ts";
import { COLUMN, reviewSheet } from "./columns.ts";
import type { ReviewPack, RoutedRow } from "./pack.ts";
import { HOW_TO, reviewerText, reviewWords } from "./words.ts";

/** Columns that a page has room for; CSV has all. */
const SHOWN: readonly string[] = [
  COLUMN.kind,
  COLUMN.person,
  "State",
  COLUMN.access,
  "Sensitivity",
  COLUMN.through,
  "Place",
  "Reason",
  "Until",
  "Owner",
  COLUMN.since,
  "Last login",
  "Account age in days",
  "Findings",
  "Note",
  COLUMN.decision,
];

/** `reviewer`: whose rows these are; without one it is the whole review. */
export function reviewMarkdown(pack: ReviewPack, rows: readonly RoutedRow[], reviewer?: string): string {
  const words = reviewWords(pack);
  const { columns, rows: cells } = reviewSheet(rows);
  const places = SHOWN.map((name) => columns.indexOf(name));
  const list = (items: readonly string[]) => items.map((item) => `- ${prose(item)}`);
  return [
    `# ${prose(words.title)}`,
    "",
    ...(reviewer === undefined ? [] : [`**Reviewer.** ${prose(reviewer)}`, ""]),
    `${prose(words.made)}. ${prose(words.whole)} ${prose(words.counts)}${reviewer === undefined ? "" : ` On this page: ${rows.length}.`}`,
    "",
    `Evidence for ${prose(words.controls)}.`,
    "",
    ...list(HOW_TO),
    "",
    "## Rows",
    "",
    markdownTable({ columns: SHOWN, rows: cells.map((row) => places.map((at) => row[at] ?? "")) }),
    "",
    "## What this rests on",
    "",
    ...list(words.reads),
    ...(reviewer === undefined ? ["", "## Who decides", "", ...list(words.reviewers.map(reviewerText))] : []),
  ].join("\n");
}
