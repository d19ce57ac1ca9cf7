/** Lists of Google's Directory API as knowledge: pages by token, each of the kind that was asked for. */

import { isRecord } from "../../core/model/json.ts";
import type { Known, Unknown } from "../../core/model/knowledge.ts";
import type { ReadContext } from "../../core/sync/connector.ts";
import type { HttpClient } from "../../http/client.ts";
import { malformed, RequestError } from "../../http/failures.ts";
import { convertAll, type Listing, toKnowledge } from "../../http/listing.ts";
import { nextOf, readChain } from "../../http/pageChain.ts";
import { type GoogleAddress, type ListRequest, NEEDS } from "./api.ts";
import { explainDenial } from "./quirks.ts";

export interface Google {
  readonly address: GoogleAddress;
  readonly http: HttpClient;
  readonly context: ReadContext;
}

/** The rows of a list, keyed by id. */
export async function readRows<W extends { readonly id?: string }, T extends { readonly id: string }>(
  { address, http, context }: Google,
  { request, key }: ListRequest,
  what: string,
  convert: (wire: W) => T | undefined,
  isReported = false,
): Promise<Known<T> | Unknown> {
  const system = address.connection;
  const asOf = http.now();
  const report = isReported ? (done: number) => context.report?.({ what, done }) : undefined;
  const idOf = (row: W) => (typeof row.id === "string" ? row.id : undefined);
  const toPage = ({ json }: { readonly json: unknown }) => {
    const { rows, token } = parsePage<W>(json, key, system, what);
    return {
      items: rows,
      next: token === undefined ? undefined : `${request.url}&pageToken=${encodeURIComponent(token)}`,
    };
  };
  const listing = await readChain(
    http,
    request,
    toPage,
    { system, what, report, idOf, sizeParameter: "maxResults" },
    context.signal,
    {
      needs: NEEDS,
    },
  );
  return toKnowledge(convertAll(explained(listing), convert, system, what), system, asOf, ({ id }) => id);
}

/** Google leaves the rows out when there are none, so only the kind tells an empty list from something else. */
export function parsePage<W>(json: unknown, key: ListRequest["key"], system: string, what: string) {
  const rows = isRecord(json) && Object.hasOwn(json, key) ? json[key] : [];
  if (!isRecord(json) || json.kind !== `admin#directory#${key}` || !Array.isArray(rows))
    throw new RequestError(malformed(system, `${system} answered the list of ${what} with something that is no list`));
  return {
    rows: rows.map((row) => (isRecord(row) ? row : {}) as W),
    token: nextOf(json.nextPageToken, system, what),
  };
}

function explained<T>(listing: Listing<T>): Listing<T> {
  return listing.gap ? { ...listing, gap: explainDenial(listing.gap) } : listing;
}
