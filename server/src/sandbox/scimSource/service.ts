/** The HR system that speaks SCIM 2.0: its token, its paging, and the ways in which real servers are sloppy. */

/** Changed by tests that want another situation; the next request sees it. */
export interface ScimService {
  /** Where the service lives, e.g. `https://scim.example.com/v2`. */
  readonly base: string;
  readonly token: string;
  /** Most rows of a page, whatever `count` says. */
  mostRows: number;
  /** How pages come when a request does not say: by `startIndex`, or by a cursor (RFC 9865). */
  paging: "index" | "cursor";
  readonly sloppy: Set<Sloppiness>;
}

/**
 * Seen at real servers.
 * - `no-members`: groups never show their members.
 * - `duplicate-ids`: some rows come twice, and the total counts them twice.
 * - `overlapping-pages`: a page begins with the last row of the one before.
 * - `no-discovery`: what describes the service is not there.
 * - `text-counts`: numbers of the list are texts.
 * - `filter-ignored`: a filter changes nothing.
 */
export type Sloppiness =
  | "no-members"
  | "duplicate-ids"
  | "overlapping-pages"
  | "no-discovery"
  | "text-counts"
  | "filter-ignored";

export const SCIM_ORIGIN = "https://scim.example.com";

/** A service that keeps to the standard; tests make it sloppy. */
export function createScimService(): ScimService {
  return {
    base: `${SCIM_ORIGIN}/v2`,
    token: "sandbox-scim-token",
    mostRows: 200,
    paging: "index",
    sloppy: new Set(),
  };
}
