/** Findings of an open project as a report: placed, told apart, and with what was not checked. */

import { relative, resolve } from "node:path";
import { BASELINE_FILE, isBrokenBaseline } from "../../core/analysis/baseline.ts";
import { countOf } from "../../core/analysis/words.ts";
import type { Problem, Severity } from "../../core/model/problem.ts";
import { lineStarts, type Place, positionAt } from "../../core/model/text.ts";
import { dayOf } from "../../core/model/time.ts";
import { hashText } from "../../store/hash.ts";
import { liveGaps } from "../../workspace/live/statuses.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import type { Comparison } from "../changed.ts";
import { type Region, type Report, type ReportedFinding, SEVERITIES } from "../formats/report.ts";
import { EXIT, Exit } from "./exit.ts";
import { prefixOf } from "./repository.ts";
import { VERSION } from "./version.ts";

export interface CollectOptions {
  readonly live: boolean;
  readonly failOn: Severity | "never";
}

interface Wanted {
  /** Of `chooser`. */
  readonly isWanted: (file: string) => boolean;
  readonly isAll: boolean;
  /** The manual pages are long: only formats that print them ask for them. */
  readonly withPages: boolean;
  readonly comparison: Comparison | undefined;
}

/** What is found in the files that are wanted, with what could not be read or checked. */
export async function report(
  workspace: Workspace,
  options: CollectOptions,
  { isWanted, isAll, withPages, comparison }: Wanted,
): Promise<Report> {
  const regionOf = placer(workspace);
  const files = [...workspace.problems().keys()].filter(isWanted);
  const old = comparison?.oldOnes() ?? new Set<Problem>();
  const all = files.flatMap((file) => {
    const keys = fingerprints(workspace.keys(file));
    return (workspace.problems().get(file) ?? []).map((problem, index) => ({
      isOld: old.has(problem),
      finding: toReported(problem, keys[index] ?? "", regionOf, options),
    }));
  });
  const findings = all.flatMap(({ isOld, finding }) => (isOld ? [] : [finding]));
  const gaps = options.live ? liveGaps(workspace) : [`live systems not checked: --no-live${standIns(workspace)}`];
  const inherited = all.filter(({ finding }) => finding.inherited).length;
  const pages = withPages ? (await import("../../core/model/rulePages.ts")).RULE_PAGES : new Map<string, string>();
  return {
    findings,
    files,
    counts: { mappings: workspace.status().mappings, files: workspace.snapshot().files.length },
    unreadable: workspace.unreadable(),
    gaps,
    notes: [
      ...workspace.notes(),
      ...(comparison ? comparison.notes(all.filter(({ isOld, finding }) => isOld && !finding.inherited).length) : []),
      ...(isBrokenBaseline(workspace.texts().get(BASELINE_FILE))
        ? [`${BASELINE_FILE} cannot be read, so what it inherits counts as new; restore it from git, or write it anew`]
        : []),
      ...(inherited > 0 ? [`${countOf(inherited, "inherited finding")} not shown: ${BASELINE_FILE}`] : []),
      ...(gaps.length === 0 && isAll ? goneNote(workspace, inherited) : []),
    ],
    systems: workspace.status().systems,
    pages,
    prefix: prefixOf(workspace.folder),
    version: VERSION,
    ...(comparison && { base: comparison.base }),
  };
}

/** Tells which files `paths` stand for; without any all do. They limit what is shown, not what is checked: findings cross files. */
export function chooser(
  workspace: Pick<Workspace, "folder" | "texts" | "unreadable">,
  paths: readonly string[],
): (file: string) => boolean {
  const texts = workspace.texts();
  const wanted = paths.map((path) => relative(workspace.folder, resolve(path)).replaceAll("\\", "/"));
  for (const [index, path] of wanted.entries()) {
    if (path !== "" && !texts.has(path) && ![...texts.keys()].some((file) => file.startsWith(`${path}/`))) {
      const why = workspace.unreadable().find(({ file }) => file === path)?.message;
      throw new Exit(
        EXIT.usage,
        `${paths[index]} ${why ?? "is no file of this project; mapping files are called *.accessmap.yaml"}`,
      );
    }
  }
  return (file) =>
    wanted.length === 0 || wanted.some((path) => path === "" || file === path || file.startsWith(`${path}/`));
}

function placer(workspace: Workspace): (place: Place) => Region {
  const texts = workspace.texts();
  const known = new Map<string, Uint32Array>();
  return ({ file, span }) => {
    const starts = known.get(file) ?? lineStarts(texts.get(file) ?? "");
    known.set(file, starts);
    return { file, start: positionAt(starts, span.start), end: positionAt(starts, span.end) };
  };
}

function toReported(
  { rule, severity, message, place, related, fixes, inherited, asOf }: Problem,
  fingerprint: string,
  regionOf: (place: Place) => Region,
  { failOn }: CollectOptions,
): ReportedFinding {
  return {
    rule,
    severity,
    message,
    region: regionOf(place),
    related: related.map((item) => ({ region: regionOf(item.place), message: item.message })),
    fixes: fixes.map(({ title, edits }) => ({
      title,
      edits: edits.map((edit) => ({ region: regionOf(edit), text: edit.text })),
    })),
    ...(inherited ? { inherited } : {}),
    ...(asOf === undefined ? {} : { asOf }),
    fingerprint,
    fails: !inherited && failOn !== "never" && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn),
  };
}

/** Several findings of a rule about one subject are told apart by their order. */
function fingerprints(keys: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return keys.map((key) => {
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return hashText(`${key}\n${count}`);
  });
}

function goneNote(workspace: Workspace, inherited: number): readonly string[] {
  const gone = workspace.baseline().recorded - inherited;
  if (gone <= 0) return [];
  return [`${countOf(gone, "inherited finding")} gone; --write-baseline takes ${gone === 1 ? "it" : "them"} out`];
}

/** Says which systems a committed snapshot answered for. */
function standIns(workspace: Workspace): string {
  const answered = workspace.status().systems.filter(({ snapshotAt }) => snapshotAt !== undefined);
  const [first] = answered;
  if (!first?.snapshotAt) return "";
  return `; the snapshot of ${dayOf(first.snapshotAt)} answers for ${answered.map(({ name }) => name).join(", ")}`;
}
