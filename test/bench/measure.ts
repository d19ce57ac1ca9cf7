/** Samples: taken until there are enough or time is up, and what is said of them. */

export interface Samples {
  readonly median: number;
  readonly p95: number;
  readonly count: number;
}

/** At least so many, unless they take several times as long as they may. */
const FEWEST = 3;
const TOO_LONG = 3;

export interface Limits {
  readonly rounds: number;
  readonly budgetMs: number;
}

/** Repeats a measurement, which answers with one or more times in milliseconds. */
export async function repeat(measure: () => Promise<readonly number[]>, limits: Limits): Promise<readonly number[]> {
  const times: number[] = [];
  const started = performance.now();
  for (let round = 0; round < limits.rounds; round++) {
    const spent = performance.now() - started;
    if (round > 0 && spent > limits.budgetMs * (round >= FEWEST ? 1 : TOO_LONG)) break;
    times.push(...(await measure()));
  }
  return times;
}

export function summarize(times: readonly number[]): Samples {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { median: at(0.5), p95: at(0.95), count: sorted.length };
}
