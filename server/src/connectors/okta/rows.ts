/** Lists of Okta as knowledge: pages followed, rows converted, failures told. */

import type { HttpRequest } from "../../core/model/http.ts";
import type { Knowledge } from "../../core/model/knowledge.ts";
import type { ReadContext } from "../../core/sync/connector.ts";
import type { HttpClient } from "../../http/client.ts";
import { malformed, RequestError } from "../../http/failures.ts";
import { readLinked } from "../../http/linkedPages.ts";
import { convertAll, toKnowledge } from "../../http/listing.ts";
import type { OktaAddress } from "./api.ts";

/** Groups take `okta.groups.read`, members and changed people `okta.users.read` besides (2026-11). */
export const NEEDS = "the permissions okta.groups.read and okta.users.read";

export interface Okta {
  readonly address: OktaAddress;
  readonly http: HttpClient;
  readonly context: ReadContext;
}

/** The rows of a list, keyed by id. `what` names them in messages and, when `isReported`, in progress. */
export async function readRows<W extends { readonly id?: unknown }, T extends { readonly id: string }>(
  { address, http, context }: Okta,
  request: HttpRequest,
  what: string,
  convert: (wire: W) => T | undefined,
  isReported = false,
  needs = NEEDS,
): Promise<Knowledge<T>> {
  const system = address.connection;
  const asOf = http.now();
  const report = isReported ? (done: number) => context.report?.({ what, done }) : undefined;
  const toItems = (json: unknown) => toList<W>(json, system, what);
  const pages = { system, what, report, idOf: textId, sizeParameter: "limit" };
  const listing = await readLinked(http, request, toItems, pages, context.signal, { needs });
  return toKnowledge(convertAll(listing, convert, system, what), system, asOf, ({ id }) => id);
}

/** The rows of an answer, which must be a list. */
export function toList<W>(json: unknown, system: string, what: string): readonly W[] {
  if (Array.isArray(json)) return json.map((row) => (typeof row === "object" && row !== null ? row : {}) as W);
  throw new RequestError(malformed(system, `${system} answered the list of ${what} with something that is no list`));
}

function textId(row: { readonly id?: unknown }): string | undefined {
  return typeof row.id === "string" ? row.id : undefined;
}
