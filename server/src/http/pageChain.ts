/** Reads lists whose answers name the next page. Keeps what it has when a page fails, and says so; never loops for ever. */

import type { Cancellation, HttpRequest } from "../core/model/http.ts";
import type { Failure } from "../core/model/knowledge.ts";
import type { HttpClient, JsonResponse, SendOptions } from "./client.ts";
import { malformed, RequestError, toFailure } from "./failures.ts";
import { incomplete, type Listing } from "./listing.ts";
import { originOf, refused } from "./origins.ts";

export interface PagerContext {
  readonly system: string;
  /** What is listed, in words, e.g. `roles`. */
  readonly what: string;
  readonly report?: ((done: number, total?: number) => void) | undefined;
}

/** Enough for 100,000 items in pages of 20; a vendor that goes on beyond it is going round in circles. */
export const MOST_PAGES = 5000;

/** A vendor that lists nothing so often in a row, and names a next page each time, does not come to an end. */
const MOST_EMPTY_PAGES = 100;

/** What an answer names as its next page; throws for what is neither that nor nothing, since the list may go on. */
export function nextOf(value: unknown, system: string, what: string): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value === "string") return value;
  throw new RequestError(malformed(system, `${system} names a next page of ${what} that is no text`));
}

/** One answer of a list. */
export interface ChainPage<T> {
  readonly items: readonly T[];
  /** Address of the next page; undefined on the last one. */
  readonly next?: string | undefined;
  /** How many items there are in all, where the vendor says so; one that differs from page to page is a list that moves. */
  readonly total?: number | undefined;
}

export interface ChainContext<T> extends PagerContext {
  /** What makes two items the same; undefined for a row without an id. */
  readonly idOf: (item: T) => string | undefined;
  /** The query parameter that holds the page size. With it a list without a total that ends on a full page is doubted. */
  readonly sizeParameter?: string;
}

/**
 * Follows `next` until there is none. An empty page does not end a list. The credential goes along, so an address on
 * another origin is refused. A page that repeats only what was read already, and a sum that differs from the stated
 * total, are gaps; with a total the list is read once more before it is believed to be short. Without one, a list that
 * ends on a full page looks just like one whose next link was lost, so it is read again in pages of another size.
 */
export async function readChain<T>(
  http: HttpClient,
  first: HttpRequest,
  toPage: (response: JsonResponse, request: HttpRequest) => ChainPage<T>,
  context: ChainContext<T>,
  signal: Cancellation,
  options?: SendOptions,
): Promise<Listing<T>> {
  const listing = await readOnce(http, first, toPage, context, signal, options);
  if (listing.endsOnFullPage && context.sizeParameter !== undefined) {
    const again = await readOnce(http, resized(first, context.sizeParameter), toPage, context, signal, options);
    const isBelieved = !again.endsOnFullPage && again.gap === undefined && again.items.length >= listing.items.length;
    return isBelieved ? again : { items: listing.items, gap: again.gap ?? mayGoOn(context) };
  }
  if (!listing.isMiscounted) return listing;
  const again = await readOnce(http, first, toPage, context, signal, options);
  // A second pass without a total has nothing to be believed by.
  if (again.gap === undefined && listing.isCounted && !again.isCounted) return listing;
  return again.gap === undefined || again.items.length >= listing.items.length ? again : listing;
}

/** The same list in pages of another size, so that it ends elsewhere in a page. */
function resized(first: HttpRequest, sizeParameter: string): HttpRequest {
  const size = sizeOf(first.url, sizeParameter) ?? 0;
  const other = size > 2 ? size - 1 : size + 1;
  const pattern = new RegExp(`([?&]${sizeParameter}=)\\d+`);
  return { ...first, url: first.url.replace(pattern, `$1${other}`) };
}

function sizeOf(url: string, sizeParameter: string): number | undefined {
  const size = Number(new URL(url).searchParams.get(sizeParameter));
  return size > 0 ? size : undefined;
}

function mayGoOn({ system, what }: PagerContext): Failure {
  return incomplete(system, `the list of ${what} ended on a full page twice, so it may go on`);
}

interface Pass<T> extends Listing<T> {
  /** True when everything was read and does not add up. */
  readonly isMiscounted?: boolean;
  /** True when a total was stated. */
  readonly isCounted?: boolean;
  /** True when nothing tells the end of the list from a lost link: no total, and the last rows filled their page. */
  readonly endsOnFullPage?: boolean;
}

async function readOnce<T>(
  http: HttpClient,
  first: HttpRequest,
  toPage: (response: JsonResponse, request: HttpRequest) => ChainPage<T>,
  context: ChainContext<T>,
  signal: Cancellation,
  options?: SendOptions,
): Promise<Pass<T>> {
  const items: T[] = [];
  const rows = new Map<string, T>();
  const torn = new Set<string>();
  const asked = new Set<string>();
  let total: number | undefined;
  let hasMoved = false;
  let emptyPages = 0;
  let request = first;
  try {
    for (;;) {
      asked.add(request.url);
      const page = toPage(await http.sendJson(request, signal, options), request);
      hasMoved ||= total !== undefined && page.total !== undefined && page.total !== total;
      total ??= page.total;
      emptyPages = page.items.length === 0 ? emptyPages + 1 : 0;
      const before = items.length;
      for (const item of page.items) {
        const id = context.idOf(item);
        const known = id === undefined ? undefined : rows.get(id);
        if (id !== undefined && isOtherRow(known, item)) torn.add(id);
        if (known !== undefined) continue;
        if (id !== undefined) rows.set(id, item);
        items.push(item);
      }
      context.report?.(items.length, total);
      const { next } = page;
      if (next === undefined && torn.size > 0) return ambiguous(items, torn, context);
      if (next === undefined && total === undefined) return { items, ...doubtEnd(page, request, asked.size, context) };
      if (next === undefined) return hasMoved ? moved(items, context) : counted(items, total, context);
      const why = refuseNext(next, first.url, context);
      if (why) return { items, gap: why };
      const bringsNothing = page.items.length > 0 && items.length === before;
      const isEndless = asked.size >= MOST_PAGES || emptyPages >= MOST_EMPTY_PAGES;
      if (bringsNothing || asked.has(next) || isEndless)
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

/** A full page, or nothing after other pages, is where a list ends whose next link or rows got lost. */
function doubtEnd<T>(
  { items: { length } }: ChainPage<T>,
  { url }: HttpRequest,
  pages: number,
  { sizeParameter }: ChainContext<T>,
): Pick<Pass<T>, "endsOnFullPage"> {
  if (sizeParameter === undefined) return {};
  const size = sizeOf(url, sizeParameter) ?? Number.POSITIVE_INFINITY;
  return length >= size || (length === 0 && pages > 1) ? { endsOnFullPage: true } : {};
}

/** True for two rows of one id that say something else. */
export function isOtherRow(known: unknown, row: unknown): boolean {
  return known !== undefined && JSON.stringify(known) !== JSON.stringify(row);
}

/** A row that changed while the list moved settles with the next pass; one id for two things never does. */
function ambiguous<T>(
  items: readonly T[],
  torn: ReadonlySet<string>,
  { system, what, idOf }: ChainContext<T>,
): Pass<T> {
  const gap = incomplete(system, `${system} lists different ${what} under one id`);
  return { items: items.filter((item) => !torn.has(idOf(item) ?? "")), gap, isMiscounted: true };
}

/** Rows that moved up or down between two pages may have slipped past, whatever the sum. */
function moved<T>(items: readonly T[], { system, what }: PagerContext): Pass<T> {
  const gap = incomplete(system, `the list of ${what} from ${system} changed while it was read`);
  return { items, gap, isMiscounted: true, isCounted: true };
}

function counted<T>(items: readonly T[], total: number | undefined, { system, what }: PagerContext): Pass<T> {
  if (total === undefined || total === items.length) return { items, isCounted: total !== undefined };
  const gap = incomplete(system, `${system} states ${total} ${what} and listed ${items.length}`);
  return { items, gap, isMiscounted: true, isCounted: true };
}

function refuseNext(next: string, first: string, { system, what }: PagerContext): Failure | undefined {
  if (originOf(next) !== originOf(first)) {
    const host = originOf(next) ?? "no host at all";
    return refused(system, `the next page of ${what} lies on another host than the first, ${host}; it is not asked`);
  }
  if (listOf(next) === listOf(first)) return undefined;
  return incomplete(system, `${system} names a page of another list as the next page of ${what}; it is not asked`);
}

/** The path that tells what is listed. Graph may write `groups/1` as `groups('1')`. */
function listOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname)
    .replace(/\('([^']*)'\)/g, "/$1")
    .toLowerCase();
}
