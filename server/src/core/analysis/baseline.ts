/**
 * Findings that a project inherited and has not got to yet: known by rule, file and what they are about, never by line. A
 * baseline silences nothing; it says which findings are old, so that a new one stands out.
 */

import type { Finding } from "../model/finding.ts";
import type { Policy } from "../model/project.ts";
import type { Spot } from "../model/text.ts";
import { matchesAny } from "./glob.ts";
import type { Rule } from "./rule.ts";

export const BASELINE_FILE = "accessmap.baseline.json";

/** How many findings of one rule about one subject in one file are inherited, by `keyOf`. */
export type Baseline = ReadonlyMap<string, number>;

export const EMPTY_BASELINE: Baseline = new Map();

interface Row {
  readonly rule: string;
  readonly file: string;
  readonly subject: string;
  readonly count: number;
}

/** Rows that can be read; a broken file inherits nothing, so that every finding shows. */
export function readBaseline(text: string | undefined): Baseline {
  const rows = rowsOf(text)?.filter(isRow) ?? [];
  if (rows.length === 0) return EMPTY_BASELINE;
  return new Map(rows.map((row) => [keyOf(row.rule, row.file, row.subject), row.count]));
}

/** True when some of the file, or all, cannot be read as inherited findings, as after a merge that went wrong. */
export function isBrokenBaseline(text: string | undefined): boolean {
  return !(rowsOf(text)?.every(isRow) ?? false);
}

function rowsOf(text: string | undefined): readonly unknown[] | undefined {
  if (text === undefined || text.trim() === "") return [];
  try {
    const raw: unknown = JSON.parse(text);
    const rows = (raw as { findings?: unknown } | null)?.findings;
    return Array.isArray(rows) ? rows : undefined;
  } catch {
    return undefined;
  }
}

/** How many findings a baseline stands for. */
export function sizeOf(baseline: Baseline): number {
  return [...baseline.values()].reduce((sum, count) => sum + count, 0);
}

/** What must be known beside a finding to tell whether it is an inherited one. */
export interface Heirs {
  readonly rules: readonly Rule[];
  readonly policy: Policy;
  /** The group of the mapping that a spot lies in. */
  readonly groupAt: (spot: Spot) => string | undefined;
}

/** The baseline of these findings as text: sorted, one row a subject, the same for the same findings. */
export function renderBaseline(findings: readonly Finding[], heirs: Heirs): string {
  const rows = new Map<string, Row>();
  for (const finding of findings) {
    if (!isInheritable(finding, heirs)) continue;
    const { rule, source } = finding;
    const subject = subjectOf(finding, heirs);
    const key = keyOf(rule, source.file, subject);
    rows.set(key, { rule, file: source.file, subject, count: (rows.get(key)?.count ?? 0) + 1 });
  }
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  return `${JSON.stringify({ version: 1, findings: sorted }, undefined, 2)}\n`;
}

/** What each finding is about, by rule, file and subject: the same while lines move, and not always of one finding only. */
export function keysOf(findings: readonly Finding[], heirs: Pick<Heirs, "groupAt">): readonly string[] {
  return findings.map((finding) => keyOf(finding.rule, finding.source.file, subjectOf(finding, heirs)));
}

/** The findings of one file, those of the baseline as inherited information. What is more than was inherited stays what it is. */
export function inherit(findings: readonly Finding[], baseline: Baseline, heirs: Heirs): readonly Finding[] {
  if (baseline.size === 0) return findings;
  const taken = new Map<string, number>();
  return findings.map((finding): Finding => {
    if (!isInheritable(finding, heirs)) return finding;
    const key = keyOf(finding.rule, finding.source.file, subjectOf(finding, heirs));
    const count = taken.get(key) ?? 0;
    if (count >= (baseline.get(key) ?? 0)) return finding;
    taken.set(key, count + 1);
    return { ...finding, severity: "info", inherited: true };
  });
}

/** What no mapping file may suppress no baseline may hide either, nor what is wrong with a file's form. */
function isInheritable({ rule: id }: Finding, { rules, policy }: Heirs): boolean {
  const rule = rules.find((candidate) => candidate.id === id);
  return rule !== undefined && !rule.locked && !matchesAny(policy.locked, id);
}

/** The group of the mapping that a finding is about and the text it points at: what stays when lines move. */
function subjectOf({ source, span }: Finding, { groupAt }: Pick<Heirs, "groupAt">): string {
  const [line = ""] = source.text.slice(span.start, span.end).trim().split(/\r?\n/, 1);
  const group = groupAt({ source, span });
  return group === undefined || group === line ? line : `${group}: ${line}`;
}

function keyOf(rule: string, file: string, subject: string): string {
  return `${file}\n${rule}\n${subject}`;
}

function isRow(raw: unknown): raw is Row {
  if (typeof raw !== "object" || raw === null) return false;
  const { rule, file, subject, count } = raw as Record<string, unknown>;
  return (
    typeof rule === "string" &&
    typeof file === "string" &&
    typeof subject === "string" &&
    Number.isInteger(count) &&
    (count as number) > 0
  );
}
