/** The audit trail: what was written through this server, searched with the few terms that access reviews use. */

import type { AuditEvent } from "../company.ts";
import type { Setting } from "../http/frame.ts";
import { at, intOf, readBody, textAt } from "../http/query.ts";
import { VendorError } from "../http/vendorError.ts";
import { type DatadogApp, type DatadogContext, needs } from "./caller.ts";

interface Search {
  readonly query: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly sort: string | undefined;
  readonly limit: number;
  readonly cursor: string | undefined;
}

/** Takes `audit_logs_read`. It begins empty: what the seed holds was never written here. */
export function addAudit(app: DatadogApp, setting: Setting): void {
  app.get("/api/v2/audit/events", needs("audit_logs_read"), (context) => {
    const limit = intOf(context, "page[limit]", { fallback: 10, least: 1, most: 1000 });
    if (limit === undefined) throw new VendorError(400, "page[limit] must be between 1 and 1000");
    const [query, from, to] = [
      context.req.query("filter[query]") ?? "",
      context.req.query("filter[from]"),
      context.req.query("filter[to]"),
    ];
    return answer(context, setting, {
      query,
      from,
      to,
      sort: context.req.query("sort"),
      limit,
      cursor: context.req.query("page[cursor]"),
    });
  });

  app.post("/api/v2/audit/events/search", needs("audit_logs_read"), async (context) => {
    const body = await readBody(context);
    const limit = at(body, "page", "limit");
    return answer(context, setting, {
      query: textAt(body, "filter", "query") ?? "",
      from: textAt(body, "filter", "from"),
      to: textAt(body, "filter", "to"),
      sort: textAt(body, "sort"),
      limit: typeof limit === "number" ? Math.min(limit, 1000) : 10,
      cursor: textAt(body, "page", "cursor"),
    });
  });
}

function answer(context: DatadogContext, { company, now }: Setting, search: Search): Response {
  const [from, to] = [momentOf(search.from, now()), momentOf(search.to, now())];
  const terms = termsOf(search.query);
  const found = company.datadog.audit.filter(
    (event) =>
      (from === undefined || Date.parse(event.at) >= from) &&
      (to === undefined || Date.parse(event.at) <= to) &&
      terms.every((term) => matches(event, term)),
  );
  // Oldest first unless `-timestamp` turns it round. 2026-09
  const ordered = search.sort === "-timestamp" ? [...found].reverse() : found;
  const start = search.cursor === undefined ? 0 : Number(Buffer.from(search.cursor, "base64url").toString());
  const rows = ordered.slice(start, start + search.limit);
  const data = rows.map((event) => toEvent(event, company.datadog.id));
  if (start + rows.length >= ordered.length) return context.json({ data });
  const after = Buffer.from(String(start + rows.length)).toString("base64url");
  const { origin } = new URL(context.req.url);
  const next = `${origin}/api/v2/audit/events?page%5Bcursor%5D=${after}&page%5Blimit%5D=${search.limit}`;
  return context.json({ meta: { page: { after } }, data, links: { next } });
}

interface Term {
  /** Empty for free text. */
  readonly field: string;
  readonly values: readonly string[];
}

/** `@asset.type:role`, `@evt.name:"Access Management"`, `@action:(created OR deleted)`, and words. */
function termsOf(query: string): readonly Term[] {
  const found = query.matchAll(/@([\w.]+):(?:"([^"]*)"|\(([^)]*)\)|(\S+))|(\S+)/g);
  return [...found].map(([, field = "", quoted, list, plain, word = ""]) => ({
    field,
    values: list?.split(/\s+OR\s+/).map((value) => value.trim()) ?? [quoted ?? plain ?? word],
  }));
}

function matches(event: AuditEvent, { field, values }: Term): boolean {
  const known: Readonly<Record<string, string>> = {
    "evt.name": event.name,
    action: event.action,
    "asset.type": event.asset.type,
    "asset.id": event.asset.id,
    "asset.name": event.asset.name,
    "usr.email": event.actor.email,
    "usr.id": event.actor.id,
  };
  if (field !== "") return values.includes(known[field] ?? "");
  return values.some((word) => word === "*" || event.message.toLowerCase().includes(word.toLowerCase()));
}

/** An ISO instant, milliseconds, or `now` with `-15m`, `-1h`, `-30d` behind it. */
function momentOf(text: string | undefined, now: Date): number | undefined {
  if (text === undefined) return undefined;
  const [, count = "0", unit = "s"] = /^now(?:-(\d+)([smhdw]))?$/.exec(text) ?? [];
  if (text.startsWith("now")) return now.getTime() - Number(count) * (UNITS[unit] ?? 0);
  const at = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

function toEvent(event: AuditEvent, organizationId: string) {
  return {
    type: "audit",
    id: event.id,
    attributes: {
      timestamp: event.at,
      message: event.message,
      tags: ["source:audit"],
      service: "access_management",
      attributes: {
        status: "info",
        timestamp: event.at,
        evt: { name: event.name, actor: { type: "USER" } },
        action: event.action,
        asset: event.asset,
        usr: event.actor,
        org: { uuid: organizationId },
        auth_method: "API + App Key",
      },
    },
  };
}
