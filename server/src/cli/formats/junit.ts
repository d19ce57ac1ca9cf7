/** Findings and claims as JUnit XML, for servers that show test results. What was not checked is skipped, never passed. */

import { countOf } from "../../core/analysis/words.ts";
import { indexBy } from "../../core/model/maps.ts";
import { printable } from "../../core/model/printable.ts";
import { type Located, type Report, type ReportedFinding, type TestReport, within } from "./report.ts";

interface Case {
  readonly name: string;
  readonly group: string;
  readonly outcome?: {
    readonly kind: "failure" | "error" | "skipped";
    readonly message: string;
    readonly type?: string;
    readonly text?: string;
  };
  /** What is told of a case that passes. */
  readonly output?: string;
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

/** GitLab reads 250,000 elements, attributes and texts (2026-11); a case has up to ten of them. */
const MOST_CASES = 20_000;

/** A suite a file: a case for every finding, or one that passes. Findings below `--fail-on` pass and are told. */
export function findingsAsJunit(whole: Report): string {
  const report = within(MOST_CASES, whole);
  const { files, gaps, notes, unreadable } = report;
  const found = new Set(whole.findings.map(({ region }) => region.file));
  const byFile = indexBy(report.findings, ({ region }) => region.file);
  const suites = files.map((file): Suite => {
    const path = `${report.prefix}${file}`;
    if (!found.has(file)) return { name: path, cases: [{ name: "no findings", group: path }] };
    return { name: path, cases: (byFile.get(file) ?? []).map((finding) => caseOf(finding, path)) };
  });
  const broken = unreadable.map(
    ({ file, message }): Case => ({
      name: `${report.prefix}${file}`,
      group: "files",
      outcome: { kind: "error", message: `${file} ${message}`, type: "unreadable" },
    }),
  );
  return render("accessmap check", [
    ...suites,
    ...suiteOf("files", broken),
    ...suiteOf("live systems", gaps.map(skipped)),
    ...suiteOf(
      "notes",
      notes.map((name) => ({ name, group: "notes" })),
    ),
  ]);
}

/** A suite a file with a case for every claim; what could not be proven is skipped. */
export function claimsAsJunit(report: TestReport): string {
  const files = [...new Set(report.claims.map(({ place }) => place.file))];
  const suites = files.map((file): Suite => {
    const path = `${report.prefix}${file}`;
    const own = report.claims.filter(({ place }) => place.file === file);
    return {
      name: path,
      cases: own.map(({ verdict, claim, why = claim, place }): Case => {
        const name = `${claim} (line ${place.line})`;
        if (verdict === "holds") return { name, group: path };
        const text = placed(report, place.file, place.line, place.column);
        if (verdict === "unproven") return { name, group: path, outcome: { kind: "skipped", message: why } };
        return { name, group: path, outcome: { kind: "failure", message: why, type: "test/failed", text } };
      }),
    };
  });
  const mutations = report.mutations.map(
    ({ organization, tried, survivors }): Suite => ({
      name: `harmful changes in ${organization}`,
      cases: [
        {
          name: `${countOf(survivors.length, "change")} of ${tried} would go unnoticed`,
          group: organization,
          output: survivors.map(({ kind, text }) => `${kind}  ${text}`).join("\n"),
        },
      ],
    }),
  );
  return render("accessmap test", [...suites, ...mutations, ...suiteOf("live systems", report.gaps.map(skipped))]);
}

function caseOf(finding: ReportedFinding, path: string): Case {
  const { rule, severity, message, region, inherited, fails } = finding;
  const { line, column } = region.start;
  const base = { name: `${rule} (line ${line + 1}, column ${column + 1})`, group: path };
  if (inherited) return { ...base, outcome: { kind: "skipped", message: `inherited: ${message}` } };
  if (!fails) return { ...base, output: `${severity}: ${message}` };
  const text = `${path}:${line + 1}:${column + 1} ${severity}: ${message}`;
  return { ...base, outcome: { kind: "failure", message, type: rule, text } };
}

function skipped(message: string): Case {
  return { name: message, group: "live systems", outcome: { kind: "skipped", message } };
}

function suiteOf(name: string, cases: readonly Case[]): readonly Suite[] {
  return cases.length === 0 ? [] : [{ name, cases }];
}

function placed({ prefix }: Located, file: string, line: number, column: number): string {
  return `${prefix}${file}:${line}:${column}`;
}

function render(name: string, suites: readonly Suite[]): string {
  const all = suites.flatMap(({ cases }) => cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escapeXml(name)}" ${totals(all)}>`,
    ...suites.flatMap(({ name, cases }) => [
      `  <testsuite name="${escapeXml(name)}" ${totals(cases)} skipped="${tallyOf(cases, "skipped")}">`,
      ...cases.map(renderCase),
      "  </testsuite>",
    ]),
    "</testsuites>",
  ].join("\n");
}

function renderCase({ name, group, outcome, output }: Case): string {
  const head = `    <testcase name="${escapeXml(name)}" classname="${escapeXml(group)}" time="0"`;
  if (outcome) {
    const { kind, message, type, text } = outcome;
    const attributes = `message="${escapeXml(message)}"${type === undefined ? "" : ` type="${escapeXml(type)}"`}`;
    const body = text === undefined ? "/>" : `>${escapeXml(text)}</${kind}>`;
    return `${head}><${kind} ${attributes}${body}</testcase>`;
  }
  return output ? `${head}><system-out>${lines(output)}</system-out></testcase>` : `${head}/>`;
}

function totals(cases: readonly Case[]): string {
  return `tests="${cases.length}" failures="${tallyOf(cases, "failure")}" errors="${tallyOf(cases, "error")}" time="0"`;
}

function tallyOf(cases: readonly Case[], kind: string): number {
  return cases.filter(({ outcome }) => outcome?.kind === kind).length;
}

function lines(text: string): string {
  return text.split("\n").map(escapeXml).join("\n");
}

const MARKUP: Readonly<Record<string, string>> = {
  "<": "&lt;",
  ">": "&gt;",
  "&": "&amp;",
  '"': "&quot;",
  "'": "&apos;",
};

/** XML 1.0 has no place for most controls, halves of surrogate pairs and two code points, not even by number. */
function escapeXml(text: string): string {
  return printable(text)
    .replace(/[\p{Cs}\ufffe\uffff]/gu, "?")
    .replace(/[<>&"']/g, (char) => MARKUP[char] as string);
}
