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
    ({ json, headers }, { url }) => ({ items: toItems(json), next: absolute(findNextLink(headers.link), url) }),
    { idOf: () => undefined, ...context },
    signal,
    options,
  );
}

/** A link with its parameters, some of them empty; what is quoted may hold anything (RFC 8288, 3). */
const LINK = /<([^>]*)>((?:\s*;\s*(?:[^\s=;,]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s",;]*))?)?)*)/g;
const PARAMETER = /;\s*([^\s=;,]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",;]*)))?/g;

/**
 * Several `Link` headers arrive joined by commas, and cursors may hold commas too, so nothing is split at them. One link
 * may have several relations, of which `next` may be any.
 */
export function findNextLink(header: string | undefined): string | undefined {
  for (const [, target, parameters = ""] of (header ?? "").matchAll(LINK)) {
    const rel = [...parameters.matchAll(PARAMETER)].find(([, name]) => name?.toLowerCase() === "rel");
    const relations = (rel?.[2] ?? rel?.[3] ?? "").toLowerCase().split(/\s+/);
    if (relations.includes("next")) return target;
  }
  return undefined;
}

/** A link may be relative to the address it was asked at (RFC 8288, 3.1); a whole one stays as it is written. */
function absolute(link: string | undefined, base: string): string | undefined {
  return link === undefined || URL.canParse(link) || !URL.canParse(link, base) ? link : new URL(link, base).href;
}
