/** `ACCESSMAP_LOOPBACK`: sends requests for real origins to a sandbox on this machine, for tests and drills. */

import type { HttpResponse } from "../core/model/http.ts";
import type { Failure } from "../core/model/knowledge.ts";
import { isLoopbackHost, originOf, refused } from "./origins.ts";

/** Real origin to loopback origin. An empty map is no rerouting at all. */
export type LoopbackRoutes = ReadonlyMap<string, string>;

export type LoopbackParse =
  | { readonly ok: true; readonly routes: LoopbackRoutes }
  | { readonly ok: false; readonly why: Failure };

export const NO_ROUTES: LoopbackRoutes = new Map();

/** Reads inline JSON such as `{"https://acme.okta.com":"http://127.0.0.1:8080"}`. Absent or empty text is no rerouting. */
export function parseLoopback(text: string | undefined): LoopbackParse {
  if (text === undefined || text.trim() === "") return { ok: true, routes: NO_ROUTES };
  const entries = parseEntries(text);
  if (!entries) return fail("ACCESSMAP_LOOPBACK is not a JSON object from origin to origin");
  const routes = new Map<string, string>();
  for (const [real, loopback] of entries) {
    const from = originOf(real);
    const to = typeof loopback === "string" ? originOf(loopback) : undefined;
    if (!from) return fail(`ACCESSMAP_LOOPBACK names "${real}", which is not an origin such as https://acme.okta.com`);
    if (!to || !isLoopbackHost(new URL(to).hostname))
      return fail(`ACCESSMAP_LOOPBACK sends ${from} to "${String(loopback)}", which is not on this machine`);
    routes.set(from, to);
  }
  return { ok: true, routes };
}

/** A URL as this client knows it: one on a loopback target is understood as its real origin. */
export function toRealUrl(routes: LoopbackRoutes, url: string): string {
  const origin = originOf(url);
  for (const [real, loopback] of routes) {
    if (loopback === origin) return real + url.slice(origin.length);
  }
  return url;
}

/**
 * Where a request for a real URL goes. During a drill nothing real is contacted: an origin without a route is refused
 * unless it is on this machine.
 */
export function toLoopbackUrl(
  routes: LoopbackRoutes,
  url: string,
  system: string,
): { readonly url: string } | { readonly why: Failure } {
  if (routes.size === 0) return { url };
  const parsed = new URL(url);
  const target = routes.get(parsed.origin);
  if (target) return { url: target + parsed.pathname + parsed.search };
  if (isLoopbackHost(parsed.hostname)) return { url };
  return {
    why: refused(system, `ACCESSMAP_LOOPBACK is set and has no route for ${parsed.origin}; nothing real is contacted`),
  };
}

/** An answer of the sandbox with its own origin replaced by the real one, in the headers and body where links stand. */
export function toRealResponse(routes: LoopbackRoutes, requestUrl: string, response: HttpResponse): HttpResponse {
  const real = originOf(requestUrl);
  const loopback = real === undefined ? undefined : routes.get(real);
  if (real === undefined || loopback === undefined) return response;
  const restore = (text: string) => text.replaceAll(`${loopback}/`, `${real}/`);
  const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, restore(value)]));
  return { ...response, headers, body: restore(response.body) };
}

function parseEntries(text: string): [string, unknown][] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : undefined;
  } catch {
    return undefined;
  }
}

function fail(message: string): LoopbackParse {
  return { ok: false, why: refused("accessmap", message) };
}
