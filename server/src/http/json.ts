/** A response body as JSON, or why it is none: pages of proxies and sign-in walls arrive with status 200 too. */

import type { HttpRequest, HttpResponse } from "../core/model/http.ts";
import type { Failure } from "../core/model/knowledge.ts";
import { malformed } from "./failures.ts";

export type JsonParse = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly why: Failure };

/**
 * Accepts any media type with `json` in it (Datadog sends `application/vnd.api+json` for permissions, 2026-09) and a
 * missing one. An empty body is a value (undefined) for status 204 alone.
 */
export function parseJson(response: HttpResponse, system: string, request: HttpRequest): JsonParse {
  if (response.status === 204) return { ok: true, value: undefined };
  const fail = (what: string): JsonParse => ({ ok: false, why: malformed(system, `${system} ${what}`) });
  const call = `${request.method} ${new URL(request.url).pathname}`;
  const type = (response.headers["content-type"] ?? "").split(";")[0]?.trim() ?? "";
  if (response.body.trim() === "") return fail(`answered ${call} with an empty body`);
  if (type !== "" && !/json/i.test(type))
    return fail(`answered ${call} with ${type} instead of JSON; a proxy or a sign-in page may stand in between`);
  try {
    return { ok: true, value: JSON.parse(response.body) };
  } catch {
    return fail(`answered ${call} with text that is not JSON, perhaps cut off`);
  }
}
