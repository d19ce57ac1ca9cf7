/**
 * Findings and claims for people in front of a terminal. Paths are those of the project's folder. One stands on one line,
 * also where a name has a line break: what looks like a line of ours is one.
 */

import { countOf } from "../../core/analysis/words.ts";
import { printable } from "../../core/model/printable.ts";
import type { Terminal } from "../support/terminal.ts";
import { newOnes, type Report, type TestReport, tally, tallyOfClaims, tallyOfMutation } from "./report.ts";

type Colors = Terminal["color"];

/**
 * Findings below their file, then what could not be read or checked, the numbers last. Inherited ones are counted
 * alone.
 */
export function findingsAsText(report: Report, color: Colors): string {
  const paint = { error: color.red, warning: color.yellow, info: color.blue };
  const lines: string[] = [];
  let file = "";
  for (const { region, severity, message, rule } of newOnes(report)) {
    if (region.file !== file) {
      file = region.file;
      lines.push(color.bold(printable(file)));
    }
    const place = `${region.start.line + 1}:${region.start.column + 1}`.padEnd(8);
    lines.push(`  ${place}${paint[severity](severity.padEnd(8))}${printable(message)}  ${color.dim(rule)}`);
  }
  if (lines.length > 0) lines.push("");
  for (const { file: name, message } of report.unreadable)
    lines.push(`${color.red("error")}   ${printable(`${name} ${message}`)}`);
  for (const note of [...report.gaps, ...report.notes]) lines.push(`${color.yellow("note")}    ${printable(note)}`);
  return [...lines, tally(report)].join("\n");
}

/** A line for each claim, the numbers, then what mutations survived. */
export function claimsAsText(report: TestReport, color: Colors): string {
  const paint = { holds: color.green, fails: color.red, unproven: color.yellow };
  const at = ({ file, line, column }: { file: string; line: number; column: number }) =>
    color.dim(`${printable(file)}:${line}:${column}`);
  const claims = report.claims.map(
    ({ verdict, claim, why, place }) =>
      `${paint[verdict](verdict.padEnd(9))}${printable(`${claim}${why === undefined ? "" : `: ${why}`}`)}  ${at(place)}`,
  );
  const mutations = report.mutations.flatMap((mutation) => [
    `\n${color.bold(printable(mutation.organization))}: ${tallyOfMutation(mutation)}`,
    ...mutation.survivors.map(
      ({ kind, text, people, place }) =>
        `  ${kind.padEnd(6)}  ${printable(text)} (${countOf(people, "person", "people")})${place ? `  ${at(place)}` : ""}`,
    ),
  ]);
  return [...claims, tallyOfClaims(report), ...mutations].join("\n");
}
