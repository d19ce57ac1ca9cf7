/** Findings as SARIF 2.1.0, for code scanning. Columns count UTF-16 code units, and the log says so. */

import { summaryOf } from "../../core/model/rulePages.ts";
import { type Region, type Report, type ReportedFinding, SEVERITIES, within } from "./report.ts";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/** Base of all paths: the repository, wherever it was checked out. */
const ROOT = "REPOSITORY";
const LEVELS = { error: "error", warning: "warning", info: "note" } as const;

/** GitHub refuses a run with more results, and shows the worst 5,000 (2026-11). It takes 1,000 places a result and shows 100. */
const MOST_RESULTS = 25_000;
const MOST_PLACES = 100;

/**
 * One run with the rules that have findings. The worst are kept where there are more than code scanning takes, and a
 * notification says so.
 */
export function findingsAsSarif(whole: Report): string {
  const report = within(MOST_RESULTS, whole);
  const { findings, gaps, notes, unreadable, version } = report;
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  const log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "accessmap",
            version,
            semanticVersion: version,
            rules: rules.map((id) => describe(id, report)),
          },
        },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { [ROOT]: { description: { text: "The root of the repository." } } },
        invocations: [
          {
            executionSuccessful: unreadable.length === 0,
            toolExecutionNotifications: [
              ...unreadable.map(({ file, message }) => ({
                level: "error",
                message: { text: plain(`${file} ${message}`) },
                locations: [{ physicalLocation: { artifactLocation: artifact(file, report) } }],
              })),
              ...gaps.map((text) => ({ level: "warning", message: { text: plain(text) } })),
              ...notes.map((text) => ({ level: "note", message: { text: plain(text) } })),
            ],
          },
        ],
        results: findings.map((finding) => result(finding, rules.indexOf(finding.rule), report)),
      },
    ],
  };
  return JSON.stringify(log, undefined, 2);
}

/** Readers make links of `[words](target)` in a message (SARIF 2.1.0, 3.11.6): a name that is one stays words. */
function plain(message: string): string {
  return message.replaceAll("](", "] (");
}

/** A rule with its manual page. What is wrong with a file's form has none. */
function describe(id: string, { pages, findings }: Report) {
  const page = pages.get(id);
  const text = page === undefined ? "The form of a file." : summaryOf(page);
  const worst = SEVERITIES.find((severity) =>
    findings.some((finding) => finding.rule === id && finding.severity === severity),
  );
  return {
    id,
    name: id,
    shortDescription: { text },
    fullDescription: { text },
    help: page === undefined ? { text } : { text: page, markdown: page },
    defaultConfiguration: { level: LEVELS[worst ?? "info"] },
  };
}

function result(finding: ReportedFinding, ruleIndex: number, report: Report) {
  const { rule, severity, message, region, related, fixes, inherited, asOf, fingerprint } = finding;
  return {
    ruleId: rule,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: plain(message) },
    locations: [{ physicalLocation: physical(region, report) }],
    ...(related.length > 0 && {
      relatedLocations: related.slice(0, MOST_PLACES).map((item, id) => ({
        id,
        message: { text: plain(item.message) },
        physicalLocation: physical(item.region, report),
      })),
    }),
    partialFingerprints: { "accessmapSubject/v1": fingerprint },
    ...(inherited && {
      baselineState: "unchanged",
      suppressions: [{ kind: "external", justification: "Recorded as inherited in accessmap.baseline.json." }],
    }),
    ...(fixes.length > 0 && { fixes: fixes.map((fix) => toFix(fix, report)) }),
    ...(asOf !== undefined && { properties: { liveDataAsOf: asOf } }),
  };
}

/** One change for each file that the edits touch. */
function toFix({ title, edits }: ReportedFinding["fixes"][number], report: Report) {
  const files = [...new Set(edits.map(({ region }) => region.file))];
  return {
    description: { text: title },
    artifactChanges: files.map((file) => ({
      artifactLocation: artifact(file, report),
      replacements: edits
        .filter(({ region }) => region.file === file)
        .map(({ region, text }) => ({ deletedRegion: toRegion(region), insertedContent: { text } })),
    })),
  };
}

function physical(region: Region, report: Report) {
  return { artifactLocation: artifact(region.file, report), region: toRegion(region) };
}

function artifact(file: string, { prefix }: Report) {
  // Half of a surrogate pair has no bytes that could be encoded.
  const path = `${prefix}${file}`.replace(/\p{Cs}/gu, "\ufffd");
  const uri = path.split("/").map(encodeURIComponent).join("/");
  return { uri, uriBaseId: ROOT };
}

function toRegion({ start, end }: Region) {
  return { startLine: start.line + 1, startColumn: start.column + 1, endLine: end.line + 1, endColumn: end.column + 1 };
}
