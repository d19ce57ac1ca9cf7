/** What both systems share around their endpoints: the log, the faults, and the doors for drills. */

import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import type { Company } from "../company.ts";
import { type FaultBox, parseFaults, type System } from "../faults.ts";
import { toSeed } from "../seedState.ts";
import type { Mortal } from "./listen.ts";
import { copyOf, EFFECTS, type Page } from "./spoil.ts";
import { VendorError } from "./vendorError.ts";

/** One request served. */
export interface Exchange {
  readonly system: System;
  readonly method: string;
  readonly path: string;
  /** With the question mark; empty without a query. */
  readonly query: string;
  readonly status: number;
}

/** What every handler may use. `record` keeps the last exchanges. */
export interface Setting {
  readonly company: Company;
  readonly faults: FaultBox;
  readonly now: () => Date;
  /** False: whoever asks too much is answered all the same. */
  readonly limited: boolean;
  readonly record: (exchange: Exchange) => void;
}

/** How one system words things. */
export interface Dialect {
  readonly system: System;
  renderError(error: VendorError, context: Context): Response;
}

export type Env = { Bindings: HttpBindings & Mortal };

/** An application with log, drill endpoints, faults and error handling; endpoints are added to it. */
export function createFrame<E extends Env>(setting: Setting, dialect: Dialect): Hono<E> {
  const app = new Hono<E>();
  app.onError((error, context) => {
    if (error instanceof VendorError) return dialect.renderError(error, context);
    return dialect.renderError(new VendorError(500, `The sandbox failed: ${error.message}`), context);
  });
  app.notFound((context) => dialect.renderError(new VendorError(404, "Not found"), context));
  app.use(logged(setting, dialect.system));
  app.use(separateLinks);
  addDrills(app, setting);
  app.use(faulty(setting, dialect));
  return app;
}

function logged(setting: Setting, system: System): MiddlewareHandler {
  return async (context, next) => {
    await next();
    const { pathname, search } = new URL(context.req.url);
    const { status } = context.res;
    setting.record({ system, method: context.req.method, path: pathname, query: search, status });
  };
}

/** Okta sends one `Link` line per relation, while a web `Response` joins them; the lines are written past it. */
const separateLinks: MiddlewareHandler<Env> = async (context, next) => {
  await next();
  const lines = (context.res.headers.get("link") ?? "").split(/,\s*(?=<)/);
  if (lines.length < 2 || context.env.outgoing.headersSent) return;
  context.res.headers.delete("link");
  context.env.outgoing.setHeader("link", lines);
};

function addDrills<E extends Env>(app: Hono<E>, { company, faults }: Setting): void {
  app.get("/__sandbox/state", (context) => context.json(toSeed(company)));
  app.delete("/__sandbox/faults", async (context) => {
    await faults.clear();
    return context.body(null, 204);
  });
  app.post("/__sandbox/faults", async (context) => {
    try {
      const added = parseFaults(await context.req.json());
      for (const fault of added) faults.add(fault);
      return context.json({ added: added.length }, 201);
    } catch (error) {
      return context.json({ error: error instanceof Error ? error.message : String(error) }, 400);
    }
  });
}

function faulty(setting: Setting, dialect: Dialect): MiddlewareHandler<Env> {
  const pages = new Map<string, Page>();
  return async (context, next) => {
    const { pathname, search } = new URL(context.req.url);
    const { list, isBeginning } = listOf(context.req.url);
    // A list that begins anew has no page before.
    if (isBeginning) pages.delete(list);
    const strike = setting.faults.take(dialect.system, context.req.method, pathname + search);
    if (strike)
      return EFFECTS[strike.fault.kind]({ ...strike, setting, dialect, context, next, before: pages.get(list) });
    await next();
    if (context.req.method !== "GET") setting.faults.remember();
    if (setting.faults.mayStrike(dialect.system, "repeat-page")) pages.set(list, await copyOf(context.res));
    else pages.clear();
  };
}

/** What tells the pages of one list apart, whatever the vendor. */
const CURSORS = ["after", "cursor", "pageToken", "startIndex", "$skiptoken", "page[number]", "page[offset]"];

/** The list that a request wants a page of, and whether it wants the first. */
function listOf(url: string): { readonly list: string; readonly isBeginning: boolean } {
  const { pathname, searchParams } = new URL(url);
  const kept = [...searchParams].filter(([name]) => !CURSORS.includes(name));
  return { list: `${pathname}?${new URLSearchParams(kept.sort())}`, isBeginning: kept.length === searchParams.size };
}
