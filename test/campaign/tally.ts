/** What came of all reads, counted, and as text. */

import { gapOf, type Knowledge } from "../../server/src/core/model/knowledge.ts";

export interface Result {
  readonly seed: string;
  readonly reads: number;
  readonly requests: number;
  readonly seconds: number;
  readonly falseAbsences: number;
  readonly falseRemovals: number;
  /** System, then outcome: `whole`, `partly`, or why nothing is known. */
  readonly outcomes: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Kind of fault, then outcome. */
  readonly byFault: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Conclusions drawn and plans made: what could have gone wrong. */
  readonly conclusions: number;
  readonly plans: number;
  readonly skipped: readonly string[];
  /** The first of what went wrong. */
  readonly examples: readonly string[];
}

/** `whole` only when every part is. */
export function outcomeOf(parts: Iterable<Knowledge<unknown>>): string {
  const gaps = [...parts].map((part) => [part.state, gapOf(part)] as const);
  const missing = gaps.filter(([, gap]) => gap !== undefined);
  if (missing.length === 0) return "whole";
  const nothing = missing.every(([state]) => state === "unknown") && missing.length === gaps.length;
  return nothing ? `nothing: ${missing[0]?.[1]?.kind}` : "partly";
}

export function count(table: Map<string, Map<string, number>>, row: string, column: string): void {
  const counts = table.get(row) ?? new Map<string, number>();
  counts.set(column, (counts.get(column) ?? 0) + 1);
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
    ...result.examples.map((example) => `  wrong: ${example}`),
    `false "not found": ${result.falseAbsences}`,
    `removals that a calm read would not plan: ${result.falseRemovals}`,
  ].join("\n");
}

function tableOf(what: string, rows: Result["outcomes"]): readonly string[] {
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
