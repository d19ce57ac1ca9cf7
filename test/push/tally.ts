/** Counts of many pushes, and how they are printed. */

export interface Tally {
  runs: number;
  /** Plans without a change. */
  empty: number;
  requests: number;
  seconds: number;
  readonly outcomes: Map<string, number>;
  readonly results: Map<string, number>;
  readonly trouble: Map<string, number>;
  /** Applies in calm that it took until nothing was left to do. */
  readonly rounds: Map<number, number>;
  overwritten: number;
  byDatadog: number;
  /** What must never happen, one line each. */
  readonly wrong: string[];
}

export function newTally(): Tally {
  return {
    runs: 0,
    empty: 0,
    requests: 0,
    seconds: 0,
    outcomes: new Map(),
    results: new Map(),
    trouble: new Map(),
    rounds: new Map(),
    overwritten: 0,
    byDatadog: 0,
    wrong: [],
  };
}

export function merge(tallies: readonly Tally[]): Tally {
  const all = newTally();
  for (const tally of tallies) {
    all.runs += tally.runs;
    all.empty += tally.empty;
    all.requests += tally.requests;
    all.seconds = Math.max(all.seconds, tally.seconds);
    all.overwritten += tally.overwritten;
    all.byDatadog += tally.byDatadog;
    all.wrong.push(...tally.wrong);
    for (const key of ["outcomes", "results", "trouble"] as const) add(all[key], tally[key]);
    add(all.rounds, tally.rounds);
  }
  return all;
}

function add<K>(to: Map<K, number>, from: ReadonlyMap<K, number>): void {
  for (const [key, count] of from) to.set(key, (to.get(key) ?? 0) + count);
}

const MOST_SHOWN = 20;

export function render(tally: Tally): string {
  const list = (counts: ReadonlyMap<unknown, number>) =>
    [...counts]
      .sort(([, a], [, b]) => b - a)
      .map(([key, count]) => `${count} ${key}`)
      .join(", ");
  const rounds = [...tally.rounds].sort(([a], [b]) => a - b).map(([round, count]) => `${count} after ${round}`);
  return [
    `${tally.runs} pushes (${tally.empty} had nothing to do), ${tally.requests} requests, ${Math.round(tally.seconds)} s`,
    `trouble:   ${list(tally.trouble)}`,
    `applies:   ${list(tally.outcomes)}`,
    `steps:     ${list(tally.results)}`,
    `converged: ${rounds.join(", ")} applies in calm`,
    `taken by Datadog acting on something else than it was asked: ${tally.byDatadog}`,
    `given by somebody else between our look and our write, and written over: ${tally.overwritten}`,
    `${tally.wrong.length} wrong: success that was none, removals that were not announced, no end`,
    ...tally.wrong.slice(0, MOST_SHOWN).map((line) => `  ${line}`),
  ].join("\n");
}
