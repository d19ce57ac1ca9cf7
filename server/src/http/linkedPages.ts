/** Reads lists that link to their next page. Keeps what it has when a page fails, and says so; never loops for ever. */

import type { Cancellation, HttpRequest } from "../core/model/http.ts";
import type { HttpClient, SendOptions } from "./client.ts";
import { toFailure } from "./failures.ts";
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
