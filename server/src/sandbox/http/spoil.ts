/** What each kind of fault does to a request or its answer: one table, the same for every system. */

import type { Context } from "hono";
import type { Company } from "../company.ts";
import type { Fault, FaultKind } from "../faults.ts";
import type { Dialect, Env, Setting } from "./frame.ts";
import { cutPage, emptyPage } from "./rows.ts";
import { VendorError } from "./vendorError.ts";
import { wrongValue } from "./wrongValue.ts";

/** A request that a fault has met. */
export interface Struck {
  readonly fault: Fault;
  readonly past?: Company;
  readonly setting: Setting;
  readonly dialect: Dialect;
  readonly context: Context<Env>;
  readonly next: () => Promise<void>;
  /** The answer that was last given for the same path. */
  readonly before: Page | undefined;
}

/** An answer that can be given again. */
export interface Page {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Answers, or lets the request through and changes what comes of it. */
type Effect = (struck: Struck) => Promise<Response | undefined>;

export const EFFECTS: Readonly<Record<FaultKind, Effect>> = {
  status: async ({ fault: { status = 503, code, headers = {} }, dialect, context }) =>
    dialect.renderError(
      new VendorError(status, "Injected fault", { ...(code !== undefined && { code }), headers: { ...headers } }),
      context,
    ),
  "cut-page": (struck) => changed(struck, cutPage),
  "repeat-page": (struck) => changed(struck, async (response) => toResponse(struck.before) ?? response),
  empty: (struck) => changed(struck, emptyPage),
  stale: inThePast,
  lag: inThePast,
  reset: async ({ context }) => {
    context.env.incoming.socket.resetAndDestroy();
    return context.body(null);
  },
  "cut-body": (struck) => changed(struck, async (response) => streamed(response, [0.5], () => sever(struck))),
  crash: (struck) => changed(struck, async (response) => streamed(response, [0.5], () => crash(struck))),
  slow: async ({ fault: { ms = 3000 }, next }) => {
    await pause(ms);
    await next();
    return undefined;
  },
  drip: (struck) => changed(struck, async (response) => dripped(response, struck.fault.ms ?? 3000)),
  html: async ({ fault: { status = 502 }, context }) =>
    context.html(`<html><body><h1>${status} Bad Gateway</h1></body></html>`, status as 502),
  "content-type": (struck) =>
    changed(struck, async (response) => {
      const headers = new Headers(response.headers);
      headers.set("content-type", "text/plain");
      return new Response(response.body, { status: response.status, headers });
    }),
  "wrong-value": (struck) => changed(struck, (response) => wrongValue(response, struck.fault.value ?? 0)),
  silent: silently,
};

/** A response as data, so that it can be sent more than once. */
export async function copyOf(response: Response): Promise<Page> {
  return { status: response.status, headers: new Headers(response.headers), text: await response.clone().text() };
}

function toResponse(page: Page | undefined): Response | undefined {
  if (!page) return undefined;
  return new Response(page.text, { status: page.status, headers: new Headers(page.headers) });
}

async function changed({ context, next }: Struck, change: (response: Response) => Promise<Response>) {
  await next();
  const response = await change(context.res);
  // Hono lays headers of the former answer over the next one, so the former is dropped first.
  context.res = undefined;
  context.res = response;
  return undefined;
}

/** Answers from the company of another time. Reading takes no turn of the event loop, so nobody else sees it. */
async function inThePast({ setting: { company }, past, next }: Struck) {
  const present = { ...company };
  Object.assign(company, past);
  await next();
  Object.assign(company, present);
  return undefined;
}

/** Lets the write happen, so that its answer is right in every detail, and puts the data back. */
async function silently({ setting: { company }, fault: { system }, next }: Struck) {
  const before = structuredClone(company);
  await next();
  if (system === "datadog") company.datadog = before.datadog;
  else company.okta = before.okta;
  return undefined;
}

const PIECES = 10;

function dripped(response: Response, ms: number): Promise<Response> {
  const shares = Array.from({ length: PIECES }, (_, index) => (index + 1) / PIECES);
  return streamed(response, shares, undefined, ms / PIECES);
}

/** The body up to each share of its length, one piece after another; then `end`, or the end. */
async function streamed(response: Response, shares: readonly number[], end?: () => void, waitMs = 0) {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  headers.set("content-length", String(bytes.length));
  let sent = 0;
  let piece = 0;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (waitMs > 0) await pause(waitMs);
      const upTo = Math.ceil(bytes.length * (shares[piece++] ?? 1));
      controller.enqueue(bytes.slice(sent, upTo));
      sent = upTo;
      if (piece < shares.length) return;
      if (end) {
        await pause(1);
        end();
      }
      controller.close();
    },
  });
  return new Response(body, { status: response.status, headers });
}

function sever({ context }: Struck): void {
  context.env.incoming.socket.destroy();
}

/** Comes back by itself after a while, if the fault says so, or when the faults are cleared. */
function crash({ context, fault: { ms }, setting: { faults } }: Struck): void {
  const revive = context.env.die();
  faults.whenCleared(revive);
  if (ms !== undefined) setTimeout(() => void revive(), ms).unref();
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
