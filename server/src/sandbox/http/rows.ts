/** Answers with rows missing, for drills: the status stays 200, as it does when this happens in real life. */

import { isRecord } from "./query.ts";

/** Where lists keep their rows, whatever the vendor. */
const LISTS = ["data", "Resources", "value", "groups", "members", "users", "keys"];
/** Where they say that there is more. */
const LINKS = ["@odata.nextLink", "nextPageToken", "nextCursor"];

/** The link to the next page is gone. Lists that only count lose their second half but keep their total. */
export async function cutPage(response: Response): Promise<Response> {
  const json = await readJson(response);
  if (Array.isArray(json)) return replaced(response, json, withoutNext(response.headers));
  const name = rowsOf(json);
  if (name === undefined || !isRecord(json)) return response;
  if (LINKS.some((link) => link in json)) return replaced(response, without(json, LINKS));
  // Lists of these vendors only link; a page without a link is their last, and there is nothing to cut.
  if (["value", "groups", "members", "users", "keys"].includes(name)) return response;
  const links = isRecord(json.links) ? { links: { ...json.links, next: null } } : {};
  const rows = json[name] as unknown[];
  return replaced(response, { ...json, ...links, [name]: rows.slice(0, Math.ceil(rows.length / 2)) });
}

/** A complete-looking answer without a single row, in the vendor's own form. */
export async function emptyPage(response: Response): Promise<Response> {
  const json = await readJson(response);
  if (Array.isArray(json)) return replaced(response, [], withoutNext(response.headers, 'rel="'));
  const name = rowsOf(json);
  if (name === undefined || !isRecord(json)) return response;
  const rest = without(json, LINKS);
  if (name === "Resources") return replaced(response, { ...rest, Resources: [], totalResults: 0, itemsPerPage: 0 });
  if (name === "value")
    return replaced(response, { ...rest, value: [], ...("@odata.count" in json && { "@odata.count": 0 }) });
  // 2026-11: Google leaves a list out when it has no row.
  if (name !== "data") return replaced(response, without(rest, [name]));
  return replaced(response, { ...rest, data: [], included: [], meta: withoutTotals(json.meta) });
}

/** The name under which a list has its rows; undefined for a single object, such as a SCIM group with its members. */
function rowsOf(json: unknown): string | undefined {
  if (!isRecord(json) || "id" in json) return undefined;
  return LISTS.find((name) => Array.isArray(json[name]));
}

function without(json: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(json).filter(([name]) => !names.includes(name)));
}

function withoutNext(from: Headers, cut = 'rel="next"'): Headers {
  const headers = new Headers(from);
  const kept = (headers.get("link") ?? "").split(/,\s*(?=<)/).filter((part) => part !== "" && !part.includes(cut));
  headers.delete("link");
  if (kept.length > 0) headers.set("link", kept.join(", "));
  return headers;
}

function withoutTotals(meta: unknown): unknown {
  if (!isRecord(meta)) return meta;
  const zeroed = ([name, value]: [string, unknown]): [string, unknown] =>
    isRecord(value) ? [name, withoutTotals(value)] : [name, name.startsWith("total") ? 0 : value];
  return Object.fromEntries(Object.entries(meta).map(zeroed));
}

/** The JSON of a response, which can be read again after; undefined for other text. */
export async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.clone().json();
  } catch {
    return undefined;
  }
}

/** The response with another body and no length. */
export function replaced(response: Response, json: unknown, headers = new Headers(response.headers)): Response {
  headers.delete("content-length");
  return new Response(JSON.stringify(json), { status: response.status, headers });
}
