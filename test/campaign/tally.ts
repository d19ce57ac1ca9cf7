/** What came of all reads, counted, and as text. */

import { gapOf, type Knowledge } from "../../server/src/core/model/knowledge.ts";

type Table = Map<string, Map<string, number>>;

/** What reads in trouble add up to. */
export interface Tally {
  reads: number;
  requests: number;
  falseAbsences: number;
  falseRemovals: number;
  /** Conclusions drawn and plans made: what could have gone wrong. */
  conclusions: number;
  plans: number;
  /** System, then outcome: `whole`, `partly`, or why nothing is known. */
  readonly outcomes: Table;
  /** Kind of fault, then outcome. */
  readonly byFault: Table;
  /** System, then the faults of a read that was misled. */
  readonly wrong: Table;
  /** The first of what went wrong. */
  readonly examples: string[];
}

export interface Result extends Tally {
  readonly seed: string;
  readonly seconds: number;
  readonly skipped: readonly string[];
}

export function newTally(): Tally {
  return {
    reads: 0,
    requests: 0,
    falseAbsences: 0,
    falseRemovals: 0,
    conclusions: 0,
    plans: 0,
    outcomes: new Map(),
    byFault: new Map(),
    wrong: new Map(),
    examples: [],
  };
}

/** The result of all threads. */
export function merge(results: readonly Result[]): Result {
  const [{ seed = "", skipped = [] } = {}] = results;
  const total = newTally();
  for (const result of results) {
    for (const name of ["reads", "requests", "falseAbsences", "falseRemovals", "conclusions", "plans"] as const)
      total[name] += result[name];
    for (const name of ["outcomes", "byFault", "wrong"] as const)
      for (const [row, counts] of result[name])
        for (const [column, times] of counts) count(total[name], row, column, times);
    total.examples.push(...result.examples);
  }
  return { ...total, seed, skipped, seconds: Math.max(...results.map(({ seconds }) => seconds)) };
}

/** `whole` only when every part is. */
export function outcomeOf(parts: Iterable<Knowledge<unknown>>): string {
  const gaps = [...parts].map((part) => [part.state, gapOf(part)] as const);
  const missing = gaps.filter(([, gap]) => gap !== undefined);
  if (missing.length === 0) return "whole";
  const nothing = missing.every(([state]) => state === "unknown") && missing.length === gaps.length;
  return nothing ? `nothing: ${missing[0]?.[1]?.kind}` : "partly";
}

export function count(table: Table, row: string, column: string, times = 1): void {
  const counts = table.get(row) ?? new Map<string, number>();
  counts.set(column, (counts.get(column) ?? 0) + times);
  table.set(row, counts);
}

export function render(result: Result): string {
  const { reads, requests, seconds, conclusions, plans } = result;
  return [
    `${reads} reads with seed ${result.seed}: ${requests} requests in ${seconds.toFixed(0)} s, ${conclusions} conclusions, ${plans} plans`,
    ...(result.skipped.length > 0 ? [`not read: ${result.skipped.join("; ")}`] : []),
    "",
    ...tableOf("system", result.outcomes),
    "",
    ...tableOf("fault", result.byFault),
    "",
    ...[...result.wrong].flatMap(([system, counts]) =>
      [...counts]
        .sort((a, b) => b[1] - a[1])
        .map(([faults, times]) => `  ${system} misled ${times} times by ${faults}`),
    ),
    ...result.examples.map((example) => `  wrong: ${example}`),
    `false "not found": ${result.falseAbsences}`,
    `removals that a calm read would not plan: ${result.falseRemovals}`,
  ].join("\n");
}

function tableOf(what: string, rows: Table): readonly string[] {
  const columns = [...new Set([...rows.values()].flatMap((counts) => [...counts.keys()]))].sort();
  const heading = [what.padEnd(16), ...columns.map((column) => column.padStart(column.length + 2))].join("");
  const lines = [...rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([row, counts]) =>
      [row.padEnd(16), ...columns.map((column) => String(counts.get(column) ?? 0).padStart(column.length + 2))].join(
        "",
      ),
    );
  return [heading, ...lines];
}
