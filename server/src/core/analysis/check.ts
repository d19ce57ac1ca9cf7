/** Runs rules over a snapshot: severities by policy, suppressions honoured, findings sorted by file and place. */

import type { Mapping, MappingFile, Suppression } from "../model/mapping.ts";
import type { Problem, Severity } from "../model/problem.ts";
import type { Policy } from "../model/project.ts";
import { DEFAULT_POLICY } from "../model/project.ts";
import type { Span } from "../model/text.ts";
import { dayOf, parseDay } from "../model/time.ts";
import { matchesAny } from "./glob.ts";
import { resolvedMappings } from "./grants.ts";
import type { Report, Rule } from "./rule.ts";
import { memo, type Snapshot } from "./snapshot.ts";

/** All findings of the project, those of the files' form included. */
export function check(snapshot: Snapshot, rules: readonly Rule[]): readonly Problem[] {
  const policy = snapshot.project?.content.policy ?? DEFAULT_POLICY;
  const problems: Problem[] = [
    ...(snapshot.project?.problems ?? []),
    ...snapshot.files.flatMap((file) => file.problems),
  ];
  for (const rule of rules) {
    const severity = severityOf(rule, policy);
    if (severity === undefined) continue;
    runRule(snapshot, rule, (file, report, allow) => {
      if (allow.some((suppression) => suppresses(suppression, rule, policy, snapshot))) return;
      problems.push(toProblem(rule, severity, file, report));
    });
  }
  return problems.sort(comparePlaces);
}

/** Findings by file. Every file of the project has an entry. */
export function groupByFile(snapshot: Snapshot, problems: readonly Problem[]): ReadonlyMap<string, readonly Problem[]> {
  const files = new Map<string, Problem[]>();
  if (snapshot.project) files.set(snapshot.project.tree.file, []);
  for (const file of snapshot.files) files.set(file.tree.file, []);
  for (const problem of problems) {
    const list = files.get(problem.place.file);
    if (list) list.push(problem);
    else files.set(problem.place.file, [problem]);
  }
  return files;
}

type Emit = (file: string, report: Report, allow: readonly Suppression[]) => void;

function runRule(snapshot: Snapshot, rule: Rule, emit: Emit): void {
  if (rule.checkMapping) {
    const trees = new Map(snapshot.files.map((file) => [file.tree.file, file.tree]));
    for (const resolved of resolvedMappings(snapshot)) {
      const tree = trees.get(resolved.mapping.file);
      if (!tree) continue;
      rule.checkMapping(resolved, {
        snapshot,
        tree,
        report: (report) => emit(report.file ?? tree.file, report, resolved.mapping.allow),
      });
    }
  }
  if (rule.checkFile) {
    for (const file of snapshot.files) {
      const allowAt = ({ span }: Report) => mappingAt(memo(file.content, sortedMappings), span)?.allow ?? [];
      rule.checkFile(file, {
        snapshot,
        tree: file.tree,
        report: (report) => emit(report.file ?? file.tree.file, report, report.file ? [] : allowAt(report)),
      });
    }
  }
  const project = snapshot.project;
  if (rule.checkProject && project) {
    rule.checkProject({
      snapshot,
      tree: project.tree,
      report: (report) => emit(report.file ?? project.tree.file, report, []),
    });
  }
}

/** Mappings by place, which is their order in the list except where aliases stand in it. */
function sortedMappings({ mappings }: MappingFile): readonly Mapping[] {
  return [...mappings].sort((a, b) => a.span.start - b.span.start);
}

/** The mapping that a span lies in, found by bisection: a file may have thousands of both. */
function mappingAt(sorted: readonly Mapping[], span: Span): Mapping | undefined {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.span.start ?? 0) <= span.start) low = middle + 1;
    else high = middle;
  }
  const mapping = sorted[low - 1];
  return mapping && span.end <= mapping.span.end ? mapping : undefined;
}

function severityOf(rule: Rule, policy: Policy): Severity | undefined {
  const setting = policy.rules.get(rule.id);
  if (setting === undefined || (rule.locked && setting !== "error")) return rule.severity;
  return setting === "off" ? undefined : setting;
}

function suppresses(suppression: Suppression, rule: Rule, policy: Policy, snapshot: Snapshot): boolean {
  if (suppression.rule.value !== rule.id || rule.locked || matchesAny(policy.locked, rule.id)) return false;
  if (!suppression.until) return true;
  const until = parseDay(suppression.until.value);
  return until !== undefined && until >= dayOf(snapshot.now);
}

function toProblem(rule: Rule, severity: Severity, file: string, report: Report): Problem {
  return {
    rule: rule.id,
    severity,
    place: { file, span: report.span },
    message: report.message,
    fixes: report.fixes ?? [],
    related: (report.related ?? []).map((related) => ({
      place: { file: related.file, span: related.span },
      message: related.message,
    })),
    ...(report.asOf === undefined ? {} : { asOf: report.asOf }),
  };
}

function comparePlaces(a: Problem, b: Problem): number {
  if (a.place.file !== b.place.file) return a.place.file < b.place.file ? -1 : 1;
  return (
    a.place.span.start - b.place.span.start ||
    a.place.span.end - b.place.span.end ||
    (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0)
  );
}
