/** Changes of access from the audit trail: one time window, latest first, and never more than a bounded number. */

import type { Cancellation } from "../../core/model/http.ts";
import type { AccessEvent, Audit } from "../../core/model/target.ts";
import type { TargetQuery } from "../../core/sync/connector.ts";
import type { HttpClient } from "../../http/client.ts";
import { malformed, RequestError } from "../../http/failures.ts";
import { convertAll, incomplete, type Listing, toKnowledge } from "../../http/listing.ts";
import { type ChainPage, readChain } from "../../http/pageChain.ts";
import { at, getRequest, instantAt, textAt } from "./get.ts";
import { AUDIT, AUDIT_PAGE_SIZE, MOST_AUDIT_PAGES } from "./quirks.ts";
import type { DatadogAddress } from "./transport.ts";

const NEEDS = { needs: "the permission audit_logs_read" };
const DAYS = 30;

/**
 * The window's events that concern access; without a window those of the last 30 days. `report` is told how many have
 * come so far. What could not be read, or ran past the bound, is the knowledge's gap.
 */
export async function readAudit(
  http: HttpClient,
  address: DatadogAddress,
  signal: Cancellation,
  window: TargetQuery["window"],
  report?: (done: number) => void,
): Promise<Audit> {
  const system = address.connection;
  const asOf = http.now();
  const { from = daysBefore(asOf), to } = window ?? {};
  const listing = await readPages(http, address, signal, pathOf(from, to), report);
  const events = convertAll(listing, toEvent, system, "audit events");
  return {
    askedAt: asOf,
    from,
    ...(to !== undefined && { to }),
    events: toKnowledge(events, system, asOf, ({ id }) => id),
  };
}

async function readPages(
  http: HttpClient,
  address: DatadogAddress,
  signal: Cancellation,
  path: string,
  report?: (done: number) => void,
): Promise<Listing<unknown>> {
  const system = address.connection;
  let pages = 0;
  let isCut = false;
  const toPage = ({ json }: { readonly json: unknown }): ChainPage<unknown> => {
    const items = at(json, "data");
    if (!Array.isArray(items)) throw new RequestError(malformed(system, `${system} answered without audit events`));
    const cursor = textAt(json, "meta", "page", "after");
    isCut = cursor !== undefined && ++pages >= MOST_AUDIT_PAGES;
    if (cursor === undefined || isCut) return { items };
    return { items, next: getRequest(address, `${path}&page[cursor]=${encodeURIComponent(cursor)}`).url };
  };
  const context = { system, what: "audit events", idOf: (event: unknown) => textAt(event, "id"), report };
  const listing = await readChain(http, getRequest(address, path), toPage, context, signal, NEEDS);
  if (!isCut || listing.gap) return listing;
  const count = listing.items.length;
  return {
    ...listing,
    gap: incomplete(system, `${system} has more than ${count} audit events; older ones were left out`),
  };
}

function pathOf(from: string, to: string | undefined): string {
  const fields = { "filter[query]": AUDIT.query, "filter[from]": from, ...(to !== undefined && { "filter[to]": to }) };
  const filter = Object.entries(fields).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${AUDIT.path}?${filter.join("&")}&sort=${AUDIT.sort}&page[limit]=${AUDIT_PAGE_SIZE}`;
}

/** What happened stands two levels deep; the outer time is the event's own. */
export function toEvent(json: unknown): AccessEvent | undefined {
  const inner = at(json, "attributes", "attributes");
  const [id, time] = [textAt(json, "id"), instantAt(json, "attributes", "timestamp")];
  if (id === undefined || time === undefined) return undefined;
  const [assetId, name] = [textAt(inner, "asset", "id"), textAt(inner, "asset", "name")];
  const [userId, email] = [textAt(inner, "usr", "id"), textAt(inner, "usr", "email")?.toLowerCase()];
  return {
    id,
    at: time,
    action: textAt(inner, "action") ?? "unknown",
    asset: {
      type: textAt(inner, "asset", "type") ?? "unknown",
      ...(assetId !== undefined && { id: assetId }),
      ...(name !== undefined && { name }),
    },
    actor: { ...(userId !== undefined && { id: userId }), ...(email !== undefined && { email }) },
    message: textAt(json, "attributes", "message") ?? "",
  };
}

function daysBefore(instant: string): string {
  return new Date(Date.parse(instant) - DAYS * 86_400_000).toISOString();
}
