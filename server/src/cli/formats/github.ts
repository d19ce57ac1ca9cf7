/** Findings and claims as workflow commands of GitHub Actions, which show them at their lines in a pull request. */

import { printable } from "../../core/model/printable.ts";
import { newOnes, type Report, SEVERITIES, type TestReport, tally, tallyOfClaims } from "./report.ts";

type Level = "error" | "warning" | "notice";
const LEVELS = { error: "error", warning: "warning", info: "notice" } as const;

/** GitHub shows ten annotations of a level for each step (2026-11), so the worst come first. */
export function findingsAsGithub(report: Report): string {
  const { prefix, gaps, notes, unreadable } = report;
  const sorted = SEVERITIES.flatMap((severity) => newOnes(report).filter((finding) => finding.severity === severity));
  return [
    ...unreadable.map(({ file, message }) => command("error", { file: `${prefix}${file}` }, `${file} ${message}`)),
    ...sorted.map(({ severity, message, rule, region: { file, start, end } }) =>
      command(
        LEVELS[severity],
        {
          file: `${prefix}${file}`,
          line: start.line + 1,
          endLine: end.line + 1,
          // Columns count only within one line.
          ...(start.line === end.line && { col: start.column + 1, endColumn: end.column + 1 }),
          title: rule,
        },
        message,
      ),
    ),
    ...gaps.map((gap) => command("notice", { title: "Not checked" }, gap)),
    ...notes.map((note) => command("notice", { title: "accessmap" }, note)),
    tally(report),
  ].join("\n");
}

export function claimsAsGithub(report: TestReport): string {
  const told = { fails: "error", unproven: "warning" } as const;
  const claims = (["fails", "unproven"] as const).flatMap((verdict) =>
    report.claims
      .filter((claim) => claim.verdict === verdict)
      .map(({ claim, why, place }) =>
        command(
          told[verdict],
          { file: `${report.prefix}${place.file}`, line: place.line, col: place.column, title: "test/failed" },
          why === undefined ? claim : `${claim}: ${why}`,
        ),
      ),
  );
  const gaps = report.gaps.map((gap) => command("notice", { title: "Not checked" }, gap));
  return [...claims, ...gaps, tallyOfClaims(report)].join("\n");
}

/** One command on one line, whatever the names in it hold. */
function command(level: Level, properties: Readonly<Record<string, string | number>>, message: string): string {
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${level} ${list.join(",")}::${escapeData(message)}`;
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

function escapeData(text: string): string {
  return printable(text).replaceAll("%", "%25");
}
