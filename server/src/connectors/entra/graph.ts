/** Lists of Microsoft Graph: rows, next page, count, and the link that continues a list of changes. */

import type { HttpRequest } from "../../core/model/http.ts";
import { isRecord } from "../../core/model/json.ts";
import type { ReadContext } from "../../core/sync/connector.ts";
import type { HttpClient } from "../../http/client.ts";
import { malformed, RequestError } from "../../http/failures.ts";
import { incomplete, type Listing } from "../../http/listing.ts";
import { nextOf, readChain } from "../../http/pageChain.ts";
import { type GraphAddress, NEEDS } from "./api.ts";

export interface Graph {
  readonly address: GraphAddress;
  readonly http: HttpClient;
  readonly context: ReadContext;
}

/** What a list of changes ends with. */
export interface DeltaListing<T> extends Listing<T> {
  /** Where to go on next time; absent when the list was not read to its end. */
  readonly deltaLink?: string;
}

/**
 * All rows of a list. Rows with the same id are one row. Where a count was asked for, Graph states it on the first page, also
 * of a list without rows: without it nobody knows whether nothing, or a last page without a link, is the end of a list.
 */
export async function readList<T extends { readonly id?: string }>(
  { address, http, context }: Graph,
  request: HttpRequest,
  what: string,
  isReported = false,
  needs = NEEDS,
): Promise<Listing<T>> {
  const system = address.connection;
  const report = isReported ? (done: number, total?: number) => reportTo(context, what, done, total) : undefined;
  const idOf = (row: T) => (typeof row.id === "string" ? row.id : undefined);
  let isCounted = false;
  let pages = 0;
  const toCountedPage = ({ json }: { readonly json: unknown }) => {
    const page = toPage<T>(json, system, what);
    isCounted ||= page.total !== undefined;
    pages++;
    return page;
  };
  const chain = { system, what, report, idOf };
  const listing = await readChain(http, request, toCountedPage, chain, context.signal, { needs });
  const rows = listing.items.length;
  const isDoubtful = !isCounted && (rows === 0 || pages > 1) && request.url.includes("$count=true");
  if (listing.gap || !isDoubtful) return listing;
  const doubt =
    rows === 0
      ? `listed no ${what} and does not say that there are none`
      : `listed ${rows} ${what} on several pages and does not say whether that is all`;
  return { ...listing, gap: incomplete(system, `${system} ${doubt}`) };
}

/** All rows of a list of changes, in their order: one object may have several. */
export async function readDelta<T>({ address, http, context }: Graph, request: HttpRequest): Promise<DeltaListing<T>> {
  const system = address.connection;
  const what = "changes";
  let deltaLink: string | undefined;
  const toDeltaPage = ({ json }: { readonly json: unknown }) => {
    const link = isRecord(json) ? json["@odata.deltaLink"] : undefined;
    if (typeof link === "string") deltaLink = link;
    const page = toPage<T>(json, system, what);
    if (!page.items.every(isChange))
      throw new RequestError(malformed(system, `${system} lists changes without saying of what`));
    return page;
  };
  const chain = { system, what, idOf: () => undefined };
  const listing = await readChain(http, request, toDeltaPage, chain, context.signal, { needs: NEEDS });
  if (listing.gap) return listing;
  if (deltaLink === undefined)
    return {
      ...listing,
      gap: malformed(system, `${system} ended a list of changes without saying where the next begins`),
    };
  return { ...listing, deltaLink };
}

/** A row that names its object, and each member that came or went. */
function isChange(row: unknown): boolean {
  if (!isRecord(row) || typeof row.id !== "string") return false;
  const members = row["members@delta"] ?? [];
  return Array.isArray(members) && members.every((member) => isRecord(member) && typeof member.id === "string");
}

/** `@odata.nextLink` is used as it is; `@odata.count` stands on the first page alone. */
export function toPage<T>(json: unknown, system: string, what: string) {
  if (!isRecord(json) || !Array.isArray(json.value))
    throw new RequestError(malformed(system, `${system} answered the list of ${what} with something that is no list`));
  const total = json["@odata.count"];
  return {
    items: json.value.map((row) => (isRecord(row) ? row : {}) as T),
    next: nextOf(json["@odata.nextLink"], system, what),
    total: typeof total === "number" ? total : /^\d+$/.test(String(total)) ? Number(total) : undefined,
  };
}

function reportTo(context: ReadContext, what: string, done: number, total?: number): void {
  context.report?.({ what, done, ...(total !== undefined && { total }) });
}
