/** A plan for people: access first, then what is left alone, what is refused, what to know, and the steps last. */

import { countOf } from "../../analysis/words.ts";
import { wrap } from "../../model/columns.ts";
import { printable } from "../../model/printable.ts";
import { isWaiting } from "../holding.ts";
import { summarize } from "../makePlan.ts";
import type { Plan, SealedPlan } from "../plan.ts";
import type { Item, TextKind } from "./accessLines.ts";
import { planSections } from "./planSections.ts";

export type { TextKind } from "./accessLines.ts";

export { planFromJson, planToJson } from "./planJson.ts";

export interface RenderOptions {
  readonly format: "text" | "markdown";
  readonly color?: (kind: TextKind, text: string) => string;
  /**
   * Columns of a screen to wrap text at; people whom a line counts are not listed there. Without it lines are as long as
   * they are, and everybody stands below the line that counts them. Markdown is never wrapped.
   */
  readonly width?: number;
}

/** People listed behind a fold: comments on pull requests have a limit, text and JSON have everybody. */
const MOST_LISTED = 200;

/** People on one line of a list. */
const PEOPLE_A_LINE = 4;

const NOTHING_LEFT = "No changes. Nothing of that apply is left to take back.";
export const NO_CHANGES = "No changes. Datadog matches the mapping files.";

/** A line of the text, and where it belongs. */
export interface PlanLine {
  readonly text: string;
  readonly kind: TextKind | "title" | "people" | "blank" | "summary";
  /** 0 for headings, 1 for items of a section, and so on. */
  readonly depth: number;
  /** What the line tells; lists of people have none. */
  readonly item?: Item;
}

/** The plan as text or Markdown, ending in a newline. The last line holds the numbers. */
export function renderPlan(sealed: SealedPlan, options: RenderOptions): string {
  if (options.format === "markdown") return renderMarkdown(sealed);
  const lines = planLines(sealed, options.width === undefined);
  return `${lines.map((line) => paintLine(line, options)).join("\n")}\n`;
}

/** The lines of the text. Control characters in names are shown. */
export function planLines({ plan, fingerprint }: SealedPlan, listsPeople = true): readonly PlanLine[] {
  const blank: PlanLine = { text: "", kind: "blank", depth: 0 };
  const sections = planSections(plan).flatMap(({ heading, items }): PlanLine[] => [
    blank,
    { text: heading, kind: "heading", depth: 0 },
    ...items.flatMap((item) => itemLines(item, 1, listsPeople)),
  ]);
  const mark: PlanLine = { text: `Fingerprint ${fingerprint}`, kind: "quiet", depth: 0 };
  return [
    { text: printable(planTitle(plan)), kind: "title", depth: 0 },
    ...sections,
    ...(plan.changes.length === 0 ? [] : [blank, mark]),
    blank,
    { text: printable(lastLine(plan)), kind: "summary", depth: 0 },
  ];
}

function itemLines(item: Item, depth: number, listsPeople: boolean): readonly PlanLine[] {
  const indent = "  ".repeat(depth);
  const people = listsPeople ? listPeople(item.people ?? []) : [];
  return [
    { text: printable(`${indent}${item.text}`), kind: item.kind, depth, item },
    ...people.map((text): PlanLine => ({ text: printable(`${indent}    ${text}`), kind: "people", depth: depth + 2 })),
    ...(item.items ?? []).flatMap((inner) => itemLines(inner, depth + 1, listsPeople)),
  ];
}

function listPeople(people: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (let at = 0; at < people.length; at += PEOPLE_A_LINE)
    lines.push(people.slice(at, at + PEOPLE_A_LINE).join(", ") + (at + PEOPLE_A_LINE < people.length ? "," : ""));
  return lines;
}

/** The title with the organization's site and live name, so that nobody applies to another one unseen. */
export function planTitle({ organization: { title, site, name } }: Plan): string {
  return `Plan for ${title} (${site}), organization ${name}`;
}

/** The numbers of a plan in a sentence. */
export function lastLine(plan: Plan): string {
  // What waits for an account to come is listed above, and is no difference that a push could mend.
  const count = plan.heldBack.filter((held) => plan.changes.length > 0 || !isWaiting(held)).length;
  const held = count === 0 ? "" : `${countOf(count, "thing")} held back`;
  const refused = plan.refusals.length === 0 ? "" : `refused by ${countOf(plan.refusals.length, "guard")}`;
  const rest = [held, refused].filter((text) => text !== "").join(", ");
  const known = plan.changes.length === 0 ? "No change is known" : summarize(plan);
  if (plan.unread !== undefined) return `${[known, ...(rest === "" ? [] : [rest]), plan.unread].join("; ")}.`;
  const nothing = plan.undoes === undefined ? NO_CHANGES : NOTHING_LEFT;
  if (plan.changes.length === 0) return rest === "" ? nothing : `No changes; ${rest}.`;
  return `${known}${rest === "" ? "" : `; ${rest}`}.`;
}

function paintLine({ text, kind }: PlanLine, { color, width }: RenderOptions): string {
  if (kind === "blank" || kind === "summary") return text;
  const wrapped = kind === "title" ? text : wrap(text, width);
  return color ? color(kind === "title" ? "heading" : kind === "people" ? "quiet" : kind, wrapped) : wrapped;
}

function renderMarkdown({ plan, fingerprint }: SealedPlan): string {
  const blocks = planSections(plan).map(({ heading, items }) =>
    [`## ${heading}`, "", ...items.map((item) => markdownItem(item))].join("\n"),
  );
  const mark = plan.changes.length === 0 ? [] : [`Fingerprint ${fingerprint}`];
  return `${[`# ${escapeMarkdown(planTitle(plan))}`, ...blocks, ...mark, escapeMarkdown(lastLine(plan))].join("\n\n")}\n`;
}

/** A sign at the start would open a list inside the list. */
function markdownItem(item: Item): string {
  const text = escapeMarkdown(item.text.trim());
  if (item.items) return [`${text}:`, "", ...item.items.map(markdownItem), ""].join("\n");
  if (/^\d+\. /.test(text)) return text;
  return `- ${text.replace(/^([+-]) /, "`$1` ")}${folded(item)}`;
}

/** People whom a line only counts, behind a fold, which is HTML up to the next empty line. */
function folded({ people }: Item): string {
  if (!people) return "";
  const shown = people
    .slice(0, MOST_LISTED)
    .map((name) => escapeHtml(name))
    .join(", ");
  const rest = people.length > MOST_LISTED ? ` and ${people.length - MOST_LISTED} more` : "";
  return `\n  <details><summary>${people.length} people</summary>${shown}${rest}</details>`;
}

/** Names come from vendors and files: nothing in them may turn into a link, markup or a heading of its own. */
function escapeMarkdown(text: string): string {
  return printable(text).replace(/[\\`*_[\]<>|#&~]|:(?=\/\/)|(?<=\bwww)\./gi, "\\$&");
}

function escapeHtml(text: string): string {
  return printable(text).replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
