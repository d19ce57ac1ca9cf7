/** Reads lists that link to their next page in a header. Everything else about such a list is in `pageChain.ts`. */

import type { Cancellation, HttpRequest } from "../core/model/http.ts";
import type { HttpClient, SendOptions } from "./client.ts";
import type { Listing } from "./listing.ts";
import { type ChainContext, type PagerContext, readChain } from "./pageChain.ts";

/**
 * Follows `Link: <…>; rel="next"` until there is none. An empty page does not end a list, the absence of a next link does
 * (Okta, 2026-11). Without `idOf` rows are not told apart, and only an address that comes back ends going in circles.
 */
export function readLinked<T>(
  http: HttpClient,
  first: HttpRequest,
  toItems: (json: unknown) => readonly T[],
  context: PagerContext & Partial<ChainContext<T>>,
  signal: Cancellation,
  options?: SendOptions,
): Promise<Listing<T>> {
  return readChain(
    http,
    first,
    ({ json, headers }) => ({ items: toItems(json), next: findNextLink(headers.link) }),
    { idOf: () => undefined, ...context },
    signal,
    options,
  );
}

/** Several `Link` headers arrive joined by commas, and cursors may hold commas too, so nothing is split at them. */
export function findNextLink(header: string | undefined): string | undefined {
  return /<([^<>]+)>\s*;(?:[^<]*;)?\s*rel\s*=\s*(?:"next"|next(?=[\s,;]|$))/i.exec(header ?? "")?.[1];
}
