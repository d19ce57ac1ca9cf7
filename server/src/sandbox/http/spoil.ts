/** Answers with rows missing, for drills: the status stays 200, as it does when this happens in real life. */

import { isRecord } from "./query.ts";

/** The link to the next page is gone. Lists that only count lose their second half but keep their total. */
export async function cutPage(response: Response): Promise<Response> {
  const link = response.headers.get("link");
  const json = await readJson(response);
  if (Array.isArray(json)) {
    const headers = new Headers(response.headers);
    const kept = (link ?? "").split(/,\s*(?=<)/).filter((part) => !part.includes('rel="next"'));
    headers.delete("link");
    if (kept.length > 0) headers.set("link", kept.join(", "));
    return replaced(response, json, headers);
  }
  if (!isRecord(json)) return response;
  const rows = Array.isArray(json.data) ? "data" : "Resources";
  const list = json[rows];
  if (!Array.isArray(list)) return response;
  const links = isRecord(json.links) ? { links: { ...json.links, next: null } } : {};
  return replaced(response, { ...json, ...links, [rows]: list.slice(0, Math.ceil(list.length / 2)) });
}

/** A complete-looking answer without a single row. */
export async function emptyPage(response: Response): Promise<Response> {
  const json = await readJson(response);
  const headers = new Headers(response.headers);
  headers.delete("link");
  if (Array.isArray(json)) return replaced(response, [], headers);
  if (!isRecord(json)) return response;
  if (Array.isArray(json.Resources))
    return replaced(response, { ...json, Resources: [], totalResults: 0, itemsPerPage: 0 });
  if (!Array.isArray(json.data)) return response;
  return replaced(response, { ...json, data: [], included: [], meta: withoutTotals(json.meta) });
}

function withoutTotals(meta: unknown): unknown {
  if (!isRecord(meta)) return meta;
  const zeroed = ([name, value]: [string, unknown]): [string, unknown] =>
    isRecord(value) ? [name, withoutTotals(value)] : [name, name.startsWith("total") ? 0 : value];
  return Object.fromEntries(Object.entries(meta).map(zeroed));
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.clone().json();
  } catch {
    return undefined;
  }
}

function replaced(response: Response, json: unknown, headers = new Headers(response.headers)): Response {
  headers.delete("content-length");
  return new Response(JSON.stringify(json), { status: response.status, headers });
}
