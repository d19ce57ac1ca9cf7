/** What the writers of all formats are given: findings, claims and what could not be known, as plain data. */

import type { Survivor as Mutant } from "../../core/analysis/engine/mutants.ts";
import { countOf } from "../../core/analysis/words.ts";
import type { Severity } from "../../core/model/problem.ts";
import type { Position } from "../../core/model/text.ts";
import type { Workspace } from "../../workspace/workspace.ts";

/** A place in a file of the project. Lines and columns count from 0, columns in UTF-16 code units; `end` is exclusive. */
export interface Region {
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

export interface ReportedFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly region: Region;
  readonly related: readonly { readonly region: Region; readonly message: string }[];
  readonly fixes: readonly {
    readonly title: string;
    readonly edits: readonly { readonly region: Region; readonly text: string }[];
  }[];
  /** In the baseline: known and old. */
  readonly inherited?: true;
  readonly asOf?: string;
  /** Hex; the same while lines move, another one for every finding of a run. */
  readonly fingerprint: string;
  /** At or above `--fail-on`, and not inherited. */
  readonly fails: boolean;
}

/** Where the project lies, for readers that look files up in the repository. */
export interface Located {
  /** Folder of the project in its repository, ending in `/`; empty where they are the same. */
  readonly prefix: string;
}

/** What `accessmap check` found. */
export interface Report extends Located {
  readonly findings: readonly ReportedFinding[];
  /** Files that were judged and are shown, by path. */
  readonly files: readonly string[];
  readonly counts: { readonly mappings: number; readonly files: number };
  readonly unreadable: readonly { readonly file: string; readonly message: string }[];
  /** Systems that could not be read wholly, one sentence each. */
  readonly gaps: readonly string[];
  /** What else a reader must know, one sentence each. */
  readonly notes: readonly string[];
  readonly systems: ReturnType<Workspace["status"]>["systems"];
  /** Manual pages by rule. */
  readonly pages: ReadonlyMap<string, string>;
  readonly version: string;
  /** The commit whose findings are left out. */
  readonly base?: string;
}

export interface Claim {
  readonly verdict: "holds" | "fails" | "unproven";
  readonly claim: string;
  readonly why?: string;
  /** Line and column from 1. */
  readonly place: { readonly file: string; readonly line: number; readonly column: number };
}

/** A change that no expectation would notice. */
export interface Survivor extends Pick<Mutant, "kind" | "text" | "people"> {
  readonly place?: Claim["place"];
}

/** What `accessmap test` found. */
export interface TestReport extends Located {
  readonly claims: readonly Claim[];
  readonly mutations: readonly {
    readonly organization: string;
    readonly tried: number;
    readonly survivors: readonly Survivor[];
  }[];
  readonly gaps: readonly string[];
}

/** Worst first. */
export const SEVERITIES: readonly Severity[] = ["error", "warning", "info"];

/** Findings that are not inherited. */
export function newOnes({ findings }: Report): readonly ReportedFinding[] {
  return findings.filter(({ inherited }) => !inherited);
}

/** New before inherited ones, the worst first, else in their order. */
export function worstFirst(findings: readonly ReportedFinding[]): readonly ReportedFinding[] {
  const rank = ({ severity, inherited }: ReportedFinding) =>
    SEVERITIES.indexOf(severity) + (inherited ? SEVERITIES.length : 0);
  return [...findings].sort((one, other) => rank(one) - rank(other));
}

/** A report that a reader with room for `most` findings takes whole: without the mildest ones, and with a note on them. */
export function within(most: number, report: Report): Report {
  const { findings, notes } = report;
  if (findings.length <= most) return report;
  const kept = new Set(worstFirst(findings).slice(0, most));
  const note = `${findings.length - most} of ${findings.length} findings are left out, the mildest ones: readers of this format take ${most} at most`;
  return { ...report, findings: findings.filter((finding) => kept.has(finding)), notes: [...notes, note] };
}

/** The last line of a report: `2 errors, 0 warnings, 1 note in 40 mappings in 5 files.` */
export function tally(report: Report): string {
  const { mappings, files } = report.counts;
  const checked = `${countOf(mappings, "mapping")} in ${countOf(files, "file")}`;
  const findings = newOnes(report);
  const of = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  if (findings.length === 0) return `No ${report.base === undefined ? "" : "new "}findings in ${checked}.`;
  return `${countOf(of("error"), "error")}, ${countOf(of("warning"), "warning")}, ${countOf(of("info"), "note")} in ${checked}.`;
}

/** The last line of a test. */
export function tallyOfClaims({ claims }: TestReport): string {
  const of = (verdict: Claim["verdict"]) => claims.filter((claim) => claim.verdict === verdict).length;
  if (claims.length === 0) return "The files expect nothing of access: there is no expect: block.";
  return `${of("holds")} of ${claims.length} hold, ${of("fails")} fail, ${of("unproven")} could not be proven.`;
}

/** How many of the harmful changes that were tried would be noticed. */
export function tallyOfMutation({ tried, survivors }: TestReport["mutations"][number]): string {
  return `${tried - survivors.length} of ${tried} harmful changes would be noticed.`;
}
