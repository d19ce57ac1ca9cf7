/** Findings and claims as workflow commands of GitHub Actions, which show them at their lines in a pull request. */

import { countOf } from "../../core/analysis/words.ts";
import { printable } from "../../core/model/printable.ts";
import {
  newOnes,
  type Report,
  type ReportedFinding,
  type TestReport,
  tally,
  tallyOfClaims,
  worstFirst,
} from "./report.ts";

type Level = "error" | "warning" | "notice";
const LEVELS = { error: "error", warning: "warning", info: "notice" } as const;

/** What GitHub shows of a step at each level, and fifty in all for a job (2026-11): the worst come first. */
const MOST_SHOWN = 10;

/** Not checked weighs more than merely noted; both are notices. */
export function findingsAsGithub(report: Report): string {
  const { prefix, gaps, notes, unreadable } = report;
  const findings = worstFirst(newOnes(report));
  const commands = [
    ...unreadable.map(({ file, message }) => command("error", { file: `${prefix}${file}` }, `${file} ${message}`)),
    ...findings.filter(({ severity }) => severity !== "info").map((finding) => annotation(finding, prefix)),
    ...gaps.map((gap) => command("notice", { title: "Not checked" }, gap)),
    ...notes.map((note) => command("notice", { title: "accessmap" }, note)),
    ...findings.filter(({ severity }) => severity === "info").map((finding) => annotation(finding, prefix)),
  ];
  return [...commands, ...hidden(commands), tally(report)].join("\n");
}

/**
 * Errors for claims that fail, warnings for unproven ones. GitHub shows ten of a kind and drops the rest, so the last
 * lines say how many there are.
 */
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
  const commands = [...claims, ...gaps];
  return [...commands, ...hidden(commands), tallyOfClaims(report)].join("\n");
}

function annotation({ severity, message, rule, region }: ReportedFinding, prefix: string): string {
  const { file, start, end } = region;
  const place = {
    file: `${prefix}${file}`,
    line: start.line + 1,
    endLine: end.line + 1,
    // Columns count only within one line.
    ...(start.line === end.line && { col: start.column + 1, endColumn: end.column + 1 }),
  };
  return command(LEVELS[severity], { ...place, title: rule }, message);
}

/** Says what stands in the log alone. */
function hidden(commands: readonly string[]): readonly string[] {
  return (["error", "warning", "notice"] as const).flatMap((level) => {
    const count = commands.filter((line) => line.startsWith(`::${level} `)).length;
    return count > MOST_SHOWN ? [`GitHub shows ${MOST_SHOWN} of ${countOf(count, level)}; this log has all.`] : [];
  });
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
