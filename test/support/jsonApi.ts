/** What the stand-ins for GitHub and GitLab have in common: JSON on loopback, each request written down, two rows a page. */

import { createServer } from "node:http";
import { closeServer, listenOnLoopback } from "./loopbackServer.ts";

export interface ApiRequest {
  readonly method: string;
  /** Below the root. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The `body` of what was sent; empty when nothing was. */
  readonly body: string;
}

export interface ApiAnswer {
  readonly status: number;
  readonly json: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface JsonApi {
  /** With the root. */
  readonly url: string;
  /** `<method> <path with the root> <authorization>` of every request. */
  readonly requests: string[];
  stop(): Promise<void>;
}

const PER_PAGE = 2;

/** Starts an API below `root`, such as `/api/v4`. */
export async function startApi(
  root: string,
  answer: (request: ApiRequest, url: string) => ApiAnswer,
): Promise<JsonApi> {
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    const { pathname, searchParams: query } = new URL(request.url ?? "", url);
    const method = request.method ?? "";
    requests.push(`${method} ${pathname} ${request.headers.authorization}`);
    let text = "";
    for await (const chunk of request) text += chunk;
    const { body } = text === "" ? { body: "" } : (JSON.parse(text) as { body: string });
    const path = pathname.startsWith(root) ? pathname.slice(root.length) : pathname;
    const { status, json, headers } = answer({ method, path, query, body }, url);
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(json));
  });
  const url = `${await listenOnLoopback(server)}${root}`;
  return { url, requests, stop: () => closeServer(server) };
}

/** The rows of the page that is asked for, with the link to the next one. */
export function pageOf(rows: readonly unknown[], { path, query }: ApiRequest, url: string): ApiAnswer {
  const page = Number(query.get("page") ?? 1);
  const json = rows.slice((page - 1) * PER_PAGE, page * PER_PAGE);
  if (page * PER_PAGE >= rows.length) return { status: 200, json };
  const next = new URLSearchParams(query);
  next.set("page", String(page + 1));
  return { status: 200, json, headers: { link: `<${url}${path}?${next}>; rel="next"` } };
}
