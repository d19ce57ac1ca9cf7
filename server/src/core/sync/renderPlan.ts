/** A plan for people: access first, then what is left alone, what is refused, what to know, and the steps last. */

import { printable } from "../model/printable.ts";
import { accessLines, type Line, type TextKind } from "./accessLines.ts";
import { describeChange } from "./describeChange.ts";
import { isWaiting } from "./holding.ts";
import { lockoutLines } from "./lockoutLines.ts";
import { summarize } from "./makePlan.ts";
import type { Change, HeldBack, Plan, Refusal, SealedPlan } from "./plan.ts";
import { countOf, renderPlace } from "./words.ts";

export type { TextKind } from "./accessLines.ts";

export { planFromJson, planToJson } from "./planJson.ts";

export interface RenderOptions {
  readonly format: "text" | "markdown";
  readonly color?: (kind: TextKind, text: string) => string;
  /** Columns to wrap text at; without it lines are as long as they are. Markdown is never wrapped. */
  readonly width?: number;
}

/** People listed behind a fold: comments on pull requests have a limit, the JSON form has everybody. */
const MOST_LISTED = 200;

export const NO_CHANGES = "No changes. Datadog matches the mapping files.";

/** The plan as text or Markdown, ending in a newline. The last line holds the numbers. */
export function renderPlan({ plan, fingerprint }: SealedPlan, options: RenderOptions): string {
  const title = planTitle(plan);
  const sections: readonly (readonly [string, readonly Line[]])[] = [
    ["Access", accessLines(plan)],
    ["Held back", plan.heldBack.map(heldLine)],
    ["Lock-out", lockoutLines(plan)],
    ["Refused", plan.refusals.map(refusalLine)],
    ["Warnings", plan.warnings.map((text): Line => ({ kind: "warning", text }))],
    ["Steps", plan.changes.map(stepLine)],
  ];
  const blocks = sections
    .filter(([, lines]) => lines.length > 0)
    .map(([heading, lines]) => renderSection(heading, lines, options));
  const mark = plan.changes.length === 0 ? [] : [paint(options, "quiet", `Fingerprint ${fingerprint}`)];
  const head =
    options.format === "markdown" ? `# ${escapeMarkdown(title)}` : paint(options, "heading", printable(title));
  return `${[head, ...blocks, ...mark, printable(lastLine(plan))].join("\n\n")}\n`;
}

export function planTitle({ organization: { title, site, name } }: Plan): string {
  return `Plan for ${title} (${site}), organization ${name}`;
}

/** The numbers of a plan in a sentence. */
export function lastLine(plan: Plan): string {
  // What waits for an account to come is listed above, and is no difference that a push could mend.
  const count = plan.heldBack.filter((held) => plan.changes.length > 0 || !isWaiting(held)).length;
  const held = count === 0 ? "" : `${countOf(count, "thing", "things")} held back`;
  const refused = plan.refusals.length === 0 ? "" : `refused by ${countOf(plan.refusals.length, "guard", "guards")}`;
  const rest = [held, refused].filter((text) => text !== "").join(", ");
  if (plan.changes.length === 0) return rest === "" ? NO_CHANGES : `No changes; ${rest}.`;
  return `${summarize(plan)}${rest === "" ? "" : `; ${rest}`}.`;
}

function heldLine(held: HeldBack): Line {
  return { kind: "held", text: `${held.what}: ${held.why}${renderPlace(held)}` };
}

function refusalLine({ guard, object, message, waiver }: Refusal): Line {
  const name = object === undefined ? guard : `${guard} ${object}`;
  const lift = waiver === undefined ? "cannot be lifted" : `lifted by --allow ${quoted(waiver)}`;
  return { kind: "refusal", text: `${name}: ${message} (${lift})` };
}

function stepLine(change: Change, index: number): Line {
  return { kind: "quiet", text: `${index + 1}. ${describeChange(change)}` };
}

function renderSection(heading: string, lines: readonly Line[], options: RenderOptions): string {
  if (options.format === "markdown") {
    const items = lines.map((line) => `${markdownItem(line.text.trim())}${folded(line)}`);
    return [`## ${heading}`, "", ...items].join("\n");
  }
  const body = lines.map(({ kind, text }) => paint(options, kind, wrap(`  ${printable(text)}`, options.width)));
  return [paint(options, "heading", heading), ...body].join("\n");
}

/** People whom a line only counts, behind a fold. Names with markup in them are escaped like everything else. */
function folded({ people }: Line): string {
  if (!people) return "";
  const shown = people
    .slice(0, MOST_LISTED)
    .map((name) => escapeMarkdown(name))
    .join(", ");
  const rest = people.length > MOST_LISTED ? ` and ${people.length - MOST_LISTED} more` : "";
  return `\n  <details><summary>${people.length} people</summary>${shown}${rest}</details>`;
}

/** A sign at the start would open a list inside the list. */
function markdownItem(text: string): string {
  if (/^\d+\. /.test(text)) return escapeMarkdown(text);
  return `- ${escapeMarkdown(text).replace(/^([+-]) /, "`$1` ")}`;
}

function paint({ color, format }: RenderOptions, kind: TextKind, text: string): string {
  return color && format === "text" ? color(kind, text) : text;
}

function quoted(waiver: string): string {
  return /^[\w@.:=/+-]+$/.test(waiver) ? waiver : `'${waiver.replaceAll("'", `'\\''`)}'`;
}

/** Names come from vendors and files: nothing in them may turn into a link, markup or a heading of its own. */
function escapeMarkdown(text: string): string {
  return printable(text).replace(/[\\`*_[\]<>|#]/g, "\\$&");
}

/** Breaks at spaces; later lines are indented four more columns. A word longer than a line stays whole. */
function wrap(text: string, width: number | undefined): string {
  if (width === undefined || text.length <= width) return text;
  const indent = `${/^ */.exec(text)?.[0] ?? ""}    `;
  const lines: string[] = [];
  let line = "";
  for (const word of text.match(/ *\S+/g) ?? []) {
    if (line !== "" && line.length + word.length > width) {
      lines.push(line);
      line = `${indent}${word.trimStart()}`;
    } else line += word;
  }
  return [...lines, line].join("\n");
}
