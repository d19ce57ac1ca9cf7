/** Three ways to read a list page by page. Each keeps what it has when a page fails, and says so; none loops for ever. */

import type { Cancellation, HttpRequest } from "../core/model/http.ts";
import type { Failure } from "../core/model/knowledge.ts";
import type { HttpClient, SendOptions } from "./client.ts";
import { toFailure } from "./failures.ts";
import { incomplete, type Listing } from "./listing.ts";
import { originOf, refused } from "./origins.ts";

/** One page of a list whose size the vendor states. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number | undefined;
}

export interface PagerContext {
  readonly system: string;
  /** What is listed, in words, e.g. `roles`. */
  readonly what: string;
  readonly report?: ((done: number, total?: number) => void) | undefined;
}

/** For lists with a stated total: what makes two items the same. */
export interface CountedContext<T> extends PagerContext {
  readonly idOf: (item: T) => string | undefined;
}

/** Enough for 100,000 items in pages of 20; a vendor that goes on beyond it is going round in circles. */
const MOST_PAGES = 5000;

/**
 * Follows `Link: <…>; rel="next"` until there is none. An empty page does not end a list, the absence of a next link does
 * (Okta, 2026-11). The credential goes along, so a link to another origin is refused.
 */
export async function readLinked<T>(
  http: HttpClient,
  first: HttpRequest,
  toItems: (json: unknown) => readonly T[],
  context: PagerContext,
  signal: Cancellation,
  options?: SendOptions,
): Promise<Listing<T>> {
  const items: T[] = [];
  const asked = new Set<string>();
  let request = first;
  try {
    for (;;) {
      asked.add(request.url);
      const response = await http.sendJson(request, signal, options);
      items.push(...toItems(response.json));
      context.report?.(items.length);
      const next = findNextLink(response.headers.link);
      if (next === undefined) return { items };
      if (originOf(next) !== originOf(first.url))
        return {
          items,
          gap: refused(
            context.system,
            `the next page of ${context.what} lies on another host than the first, ${originOf(next) ?? "no host at all"}; it is not asked`,
          ),
        };
      if (asked.has(next) || asked.size >= MOST_PAGES)
        return {
          items,
          gap: incomplete(context.system, `the list of ${context.what} leads back to a page already read`),
        };
      request = { ...first, url: next };
    }
  } catch (error) {
    return { items, gap: toFailure(error, context.system) };
  }
}

/** Several `Link` headers arrive joined by commas, and cursors may hold commas too, so nothing is split at them. */
export function findNextLink(header: string | undefined): string | undefined {
  return /<([^<>]+)>;\s*rel="next"/.exec(header ?? "")?.[1];
}

/** Reads pages 0, 1, 2 … of `size` items until the stated total is reached, and counts distinct items against it. */
export async function readNumbered<T>(
  readPage: (page: number) => Promise<Page<T>>,
  size: number,
  context: CountedContext<T>,
): Promise<Listing<T>> {
  return reconciled(context, (gather) =>
    gatherPages(
      gather,
      (number) => readPage(number),
      (page, state) => (page.total === undefined ? page.items.length < size : isReached(state)),
    ),
  );
}

/** Reads by `startIndex` (from 1), moving on by what arrived and not by what was asked for (RFC 7644, 3.4.2.4). */
export async function readIndexed<T>(
  readPage: (startIndex: number) => Promise<Page<T>>,
  context: CountedContext<T>,
): Promise<Listing<T>> {
  return reconciled(context, (gather) =>
    gatherPages(
      gather,
      (_, received) => readPage(received + 1),
      (_, state) => isReached(state),
    ),
  );
}

interface Gathering<T> {
  readonly items: Map<string, T>;
  /** Items without an id, kept so that conversion can report them. */
  readonly nameless: T[];
  received: number;
  total: number | undefined;
  readonly context: CountedContext<T>;
}

function isReached<T>(state: Gathering<T>): boolean {
  return state.total !== undefined && state.received >= state.total;
}

/**
 * A list that moves while it is read (somebody joins between two pages) does not add up; one more pass usually does.
 * What still does not add up then is a gap.
 */
async function reconciled<T>(
  context: CountedContext<T>,
  pass: (gather: Gathering<T>) => Promise<void>,
): Promise<Listing<T>> {
  let kept: Listing<T> = { items: [] };
  for (let round = 0; round < 2; round++) {
    const state = begin(context);
    let gap: Failure | undefined;
    try {
      await pass(state);
      if (countOf(state) === (state.total ?? countOf(state))) return { items: itemsOf(state) };
      gap = incomplete(
        context.system,
        `${context.system} states ${state.total} ${context.what} and listed ${countOf(state)}`,
      );
    } catch (error) {
      gap = toFailure(error, context.system);
    }
    const items = itemsOf(state);
    kept = { items: items.length >= kept.items.length ? items : kept.items, gap };
    if (gap.kind !== "incomplete") return kept;
  }
  return kept;
}

async function gatherPages<T>(
  state: Gathering<T>,
  readPage: (page: number, received: number) => Promise<Page<T>>,
  isLast: (page: Page<T>, state: Gathering<T>) => boolean,
): Promise<void> {
  for (let number = 0; number < MOST_PAGES; number++) {
    const page = await readPage(number, state.received);
    const before = countOf(state);
    for (const item of page.items) keep(state, item);
    state.received += page.items.length;
    state.total = page.total ?? state.total;
    state.context.report?.(countOf(state), state.total);
    // A page without anything new is the end, or a page served twice; either way asking on would go in circles.
    if (countOf(state) === before || isLast(page, state)) return;
  }
}

function begin<T>(context: CountedContext<T>): Gathering<T> {
  return { items: new Map(), nameless: [], received: 0, total: undefined, context };
}

function keep<T>(state: Gathering<T>, item: T): void {
  const id = state.context.idOf(item);
  if (id === undefined) state.nameless.push(item);
  else state.items.set(id, item);
}

function countOf<T>(state: Gathering<T>): number {
  return state.items.size + state.nameless.length;
}

function itemsOf<T>(state: Gathering<T>): readonly T[] {
  return [...state.items.values(), ...state.nameless];
}
