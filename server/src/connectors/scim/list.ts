/** Lists of a SCIM service, by index or by cursor as the service likes, as knowledge. */

import type { HttpRequest } from "../../core/model/http.ts";
import type { Failure, Knowledge } from "../../core/model/knowledge.ts";
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

/**
 * All resources of a list, keyed by id. The sum is checked against `totalResults` where the service states one. What is
 * reported are the lists from which absence is concluded, so there the total is not taken at its word.
 */
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
  const listing = await readChain(http, request, toPage, { system, what, report, idOf }, context.signal, {
    needs: NEEDS,
  });
  // By index, only the total tells that the last page was the last; by cursor, its absence does.
  const untold = hasTotal || byCursor ? undefined : `${system} does not state how many ${what} there are`;
  const beyond = isReported && !byCursor && !listing.gap ? await hasMore(scim, request, what, listing.items) : false;
  const doubt = beyond ? `${system} states ${listing.items.length} ${what} and has more` : untold;
  const gap = listing.gap ? advised(listing.gap) : doubt && incomplete(system, doubt);
  const whole: Listing<unknown> = gap ? { ...listing, gap } : listing;
  return toKnowledge(convertAll(whole, convert, system, what), system, asOf, ({ id }) => id);
}

/** A service without its lists is one whose address is wrong by a piece. */
function advised(gap: Failure): Failure {
  if (gap.status !== 404) return gap;
  const remedy = "compare `url` in accessmap.yaml with the service's base address, which /Users and /Groups follow";
  return { ...gap, message: `${gap.message}; ${remedy}` };
}

const idOf = (row: unknown) => textOf(row, "id");

/**
 * 2026-11: services that send fewer rows than they were asked for have stated those as the total, and the first page then
 * looks like all there is. So the row behind the last is asked for. A service that has none answers with nothing, with an
 * error or with rows it sent before.
 */
async function hasMore(
  { address, http, context }: Scim,
  request: HttpRequest,
  what: string,
  rows: readonly unknown[],
): Promise<boolean> {
  if (rows.length === 0) return false;
  const url = nextPage(request.url, { startIndex: rows.length + 1 });
  try {
    const { json } = await http.sendJson({ ...request, url }, context.signal, { needs: NEEDS, tries: 1 });
    const known = new Set<unknown>(rows.map(idOf));
    return toScimPage(json, url, address.connection, what).items.some((row) => !known.has(idOf(row)));
  } catch {
    return false;
  }
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
