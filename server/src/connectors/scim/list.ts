/** Lists of a SCIM service, by index or by cursor as the service likes, as knowledge. */

import type { HttpRequest } from "../../core/model/http.ts";
import type { Knowledge } from "../../core/model/knowledge.ts";
import type { ReadContext } from "../../core/sync/connector.ts";
import type { HttpClient, JsonResponse } from "../../http/client.ts";
import { malformed, RequestError } from "../../http/failures.ts";
import { convertAll, incomplete, type Listing, toKnowledge } from "../../http/listing.ts";
import { type ChainPage, nextOf, readChain } from "../../http/pageChain.ts";
import { NEEDS, nextPage, type ScimAddress } from "./api.ts";
import { attribute, numberOf, textOf, valuesOf } from "./attributes.ts";

export interface Scim {
  readonly address: ScimAddress;
  readonly http: HttpClient;
  readonly context: ReadContext;
  /** Rows asked for at once. */
  readonly count: number;
}

/** All resources of a list, keyed by id. The sum is checked against `totalResults` where the service states one. */
export async function readResources<T extends { readonly id: string }>(
  scim: Scim,
  request: HttpRequest,
  what: string,
  convert: (resource: unknown) => T | undefined,
  isReported = false,
): Promise<Knowledge<T>> {
  const { address, http, context } = scim;
  const system = address.connection;
  const asOf = http.now();
  const report = isReported
    ? (done: number, total?: number) => context.report?.({ what, done, ...(total !== undefined && { total }) })
    : undefined;
  let hasTotal = false;
  let byCursor = false;
  const toPage = (response: JsonResponse, asked: HttpRequest): ChainPage<unknown> => {
    const page = toScimPage(response.json, asked.url, system, what);
    hasTotal ||= page.total !== undefined;
    byCursor ||= page.isCursor;
    return page;
  };
  const idOf = (row: unknown) => textOf(row, "id");
  const listing = await readChain(http, request, toPage, { system, what, report, idOf }, context.signal, {
    needs: NEEDS,
  });
  // By index, only the total tells that the last page was the last; by cursor, its absence does.
  const whole: Listing<unknown> =
    listing.gap || hasTotal || byCursor
      ? listing
      : { ...listing, gap: incomplete(system, `${system} does not state how many ${what} there are`) };
  return toKnowledge(convertAll(whole, convert, system, what), system, asOf, ({ id }) => id);
}

/**
 * `nextCursor` is looked for always: a service may page by cursor unasked (RFC 9865, 2). By index, the next page begins
 * after what has arrived and not after what was asked for. `Resources` may be missing when there are none.
 */
export function toScimPage(json: unknown, url: string, system: string, what: string) {
  const rows = valuesOf(json, "Resources");
  const total = numberOf(json, "totalResults");
  if (rows === undefined && total === undefined)
    throw new RequestError(malformed(system, `${system} answered the list of ${what} with something that is no list`));
  const items = rows ?? [];
  const cursor = nextOf(attribute(json, "nextCursor"), system, what);
  const isCursor = cursor !== undefined || /[?&]cursor=/.test(url);
  const received = Number(/[?&]startIndex=(\d+)/.exec(url)?.[1] ?? 1) - 1 + items.length;
  const isMore = items.length > 0 && total !== undefined && received < total;
  const next =
    cursor !== undefined
      ? nextPage(url, { cursor })
      : isMore && !isCursor
        ? nextPage(url, { startIndex: received + 1 })
        : undefined;
  return { items, total, next, isCursor };
}
