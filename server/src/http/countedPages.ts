/** Reads lists whose size the vendor states, and counts distinct items against it. Keeps what it has when a page fails. */

import type { Failure } from "../core/model/knowledge.ts";
import { toFailure } from "./failures.ts";
import { incomplete, type Listing } from "./listing.ts";
import { isOtherRow, MOST_PAGES, type PagerContext } from "./pageChain.ts";

/** One page. A missing total is a gap: without it a list that was cut off looks whole. */
export interface CountedPage<T> {
  readonly items: readonly T[];
  readonly total: number | undefined;
}

export interface CountedContext<T> extends PagerContext {
  /** What makes two items the same; undefined for a row without an id. */
  readonly idOf: (item: T) => string | undefined;
}

/** Pages asked for at once, once the total is known. The client's own limit per origin applies as well. */
const PAGES_AT_ONCE = 4;

/** Reads pages 0, 1, 2 … of `size` items. */
export function readNumbered<T>(
  readPage: (page: number) => Promise<CountedPage<T>>,
  size: number,
  context: CountedContext<T>,
): Promise<Listing<T>> {
  return reconciled(context, async (state) => {
    for (let number = 0; number < MOST_PAGES && !isReached(state); ) {
      const missing = state.total === undefined ? 1 : Math.ceil((state.total - state.received) / size);
      const numbers = Array.from({ length: Math.min(missing, PAGES_AT_ONCE) }, (_, index) => number + index);
      if (!keepAll(state, await Promise.allSettled(numbers.map(readPage)))) return;
      number += numbers.length;
    }
  });
}

/** Reads by `startIndex` (from 1), moving on by what arrived and not by what was asked for (RFC 7644, 3.4.2.4). */
export function readIndexed<T>(
  readPage: (startIndex: number) => Promise<CountedPage<T>>,
  context: CountedContext<T>,
): Promise<Listing<T>> {
  return reconciled(context, async (state) => {
    for (let pages = 0; pages < MOST_PAGES && !isReached(state); pages++) {
      if (!keepAll(state, await Promise.allSettled([readPage(state.received + 1)]))) return;
    }
  });
}

/** What has arrived in one pass over a list. */
interface Gathering<T> {
  readonly items: Map<string, T>;
  /** Rows without an id, kept so that conversion can report them. */
  readonly nameless: T[];
  /** Ids that came with two different rows: whose is which, nobody knows. */
  readonly torn: Set<string>;
  received: number;
  total: number | undefined;
  /** Pages stated different totals: rows moved up or down between them, and one may have slipped past. */
  hasMoved: boolean;
  readonly context: CountedContext<T>;
}

/**
 * A list that moves while it is read (somebody joins between two pages) does not add up; one more pass usually does.
 * What still does not add up then is a gap.
 */
async function reconciled<T>(
  context: CountedContext<T>,
  pass: (state: Gathering<T>) => Promise<void>,
): Promise<Listing<T>> {
  let kept: Listing<T> = { items: [] };
  for (let round = 0; round < 2; round++) {
    const state: Gathering<T> = {
      items: new Map(),
      nameless: [],
      torn: new Set(),
      received: 0,
      total: undefined,
      hasMoved: false,
      context,
    };
    const gap = await pass(state).then(
      () => findGap(state),
      (error) => toFailure(error, context.system),
    );
    if (!gap) return { items: [...state.items.values(), ...state.nameless] };
    for (const id of state.torn) state.items.delete(id);
    const items = [...state.items.values(), ...state.nameless];
    kept = { items: items.length >= kept.items.length ? items : kept.items, gap };
    if (gap.kind !== "incomplete" || state.total === undefined) break;
  }
  return kept;
}

function findGap<T>(state: Gathering<T>): Failure | undefined {
  const { system, what } = state.context;
  if (state.total === undefined) return incomplete(system, `${system} does not state how many ${what} there are`);
  if (state.hasMoved) return incomplete(system, `the list of ${what} from ${system} changed while it was read`);
  if (countOf(state) === state.total) return undefined;
  return incomplete(system, `${system} states ${state.total} ${what} and listed ${countOf(state)}`);
}

/**
 * Keeps the pages that arrived, then throws the first error among them. False when nothing new came: that is the end, or
 * a page served twice, and asking on would go in circles.
 */
function keepAll<T>(state: Gathering<T>, results: readonly PromiseSettledResult<CountedPage<T>>[]): boolean {
  const before = countOf(state);
  for (const result of results) if (result.status === "fulfilled") keep(state, result.value);
  state.context.report?.(countOf(state), state.total);
  for (const result of results) if (result.status === "rejected") throw result.reason;
  return countOf(state) > before;
}

function keep<T>(state: Gathering<T>, page: CountedPage<T>): void {
  for (const item of page.items) {
    const id = state.context.idOf(item);
    if (id === undefined) state.nameless.push(item);
    else {
      if (isOtherRow(state.items.get(id), item)) state.torn.add(id);
      state.items.set(id, item);
    }
  }
  state.received += page.items.length;
  state.hasMoved ||= state.total !== undefined && page.total !== undefined && page.total !== state.total;
  state.total = page.total ?? state.total;
}

function isReached<T>(state: Gathering<T>): boolean {
  return state.total !== undefined && state.received >= state.total;
}

function countOf<T>(state: Gathering<T>): number {
  return state.items.size + state.nameless.length;
}
