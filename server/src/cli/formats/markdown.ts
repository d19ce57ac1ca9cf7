/** Findings, claims and drift as Markdown for summaries and comments. Nothing that names hold turns into markup. */

import { countOf } from "../../core/analysis/words.ts";
import { code, prose } from "../../core/features/support/markdown.ts";
import type { DriftLine } from "../../core/sync/render/drift.ts";
import { newOnes, type Report, type TestReport, tally, tallyOfClaims, tallyOfMutation } from "./report.ts";

/** Comments on pull requests have a limit; JSON and SARIF have everything. */
const MOST_ROWS = 200;

/** A heading with the numbers, and sections only for what there is. Inherited findings are counted and not listed. */
export function findingsAsMarkdown(report: Report): string {
  const { gaps, notes, unreadable, prefix } = report;
  const rows = newOnes(report).map(
    ({ severity, region: { file, start }, message, rule }) =>
      `| ${severity} | ${prose(`${prefix}${file}:${start.line + 1}:${start.column + 1}`)} | ${prose(message)} | ${code(rule)} |`,
  );
  return [
    `## accessmap: ${tally(report)}`,
    ...table(["Severity", "Place", "Finding", "Rule"], rows),
    ...list(
      "Unreadable",
      unreadable.map(({ file, message }) => `${file} ${message}`),
    ),
    ...list("Not checked", gaps),
    ...list("Notes", notes),
  ].join("\n\n");
}

/** A heading with the numbers, all claims, and for mutations what survived them. */
export function claimsAsMarkdown(report: TestReport): string {
  const rows = report.claims.map(
    ({ verdict, claim, why, place: { file, line, column } }) =>
      `| ${verdict} | ${prose(claim)} | ${prose(why ?? "")} | ${prose(`${report.prefix}${file}:${line}:${column}`)} |`,
  );
  const mutations = report.mutations.flatMap((mutation) => [
    ...list(
      `${prose(mutation.organization)}: ${tallyOfMutation(mutation)}`,
      mutation.survivors.map(({ kind, text, people }) => `${kind}: ${text} (${countOf(people, "person", "people")})`),
      true,
    ),
  ]);
  return [
    `## accessmap: ${tallyOfClaims(report)}`,
    ...table(["Verdict", "Claim", "Why", "Place"], rows),
    ...mutations,
    ...list("Not checked", report.gaps),
  ].join("\n\n");
}

/** The first line is the heading. */
export function driftAsMarkdown([title, ...lines]: readonly DriftLine[]): string {
  const body = lines.map(({ depth, text }) =>
    depth === 0 ? `\n${prose(text)}\n` : `${"  ".repeat(depth - 1)}- ${prose(text)}`,
  );
  return [`## ${prose(title?.text ?? "")}`, "", ...body].join("\n").trimEnd();
}

function table(head: readonly string[], rows: readonly string[]): readonly string[] {
  if (rows.length === 0) return [];
  const more = rows.length - MOST_ROWS;
  return [
    [`| ${head.join(" | ")} |`, `|${"---|".repeat(head.length)}`, ...rows.slice(0, MOST_ROWS)].join("\n"),
    ...(more > 0 ? [`And ${more} more.`] : []),
  ];
}

function list(title: string, items: readonly string[], evenEmpty = false): readonly string[] {
  if (items.length === 0 && !evenEmpty) return [];
  const shown = items.slice(0, MOST_ROWS).map((item) => `- ${prose(item)}`);
  const more = items.length > MOST_ROWS ? [`- and ${items.length - MOST_ROWS} more`] : [];
  return [`**${title}**`, ...(items.length > 0 ? [[...shown, ...more].join("\n")] : [])];
}
