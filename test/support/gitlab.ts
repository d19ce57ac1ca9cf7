/** The part of GitLab's API that notes need, on loopback: two notes a page, the newest first unless asked otherwise. */

import { createServer } from "node:http";
import { closeServer, listenOnLoopback } from "./loopbackServer.ts";

export interface StubNote {
  readonly id: number;
  readonly author: string;
  readonly system?: boolean;
  body: string;
}

export interface GitlabStub {
  /** Base of the API, as `CI_API_V4_URL` has it. */
  readonly url: string;
  readonly notes: StubNote[];
  /** `<method> <path> <authorization>` of every request. */
  readonly requests: string[];
  /** Answers that take the place of the right ones, by the beginning of `<method> <path>`. */
  readonly faults: Map<string, number>;
  stop(): Promise<void>;
}

const PER_PAGE = 2;
export const BOT = "project_42_bot_0f3a";

export async function startGitlab(): Promise<GitlabStub> {
  const notes: StubNote[] = [];
  const requests: string[] = [];
  const faults = new Map<string, number>();
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", stub.url);
    requests.push(`${request.method} ${pathname} ${request.headers.authorization}`);
    const answer = (status: number, json: unknown, headers = {}) =>
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(json));
    let text = "";
    for await (const chunk of request) text += chunk;
    const path = pathname.replace(/^\/api\/v4/, "");
    for (const [start, status] of faults)
      if (`${request.method} ${path}`.startsWith(start)) return answer(status, { message: `${status} as it happens` });
    if (path === "/user") return answer(200, { username: BOT });
    const { body } = text === "" ? { body: "" } : (JSON.parse(text) as { body: string });
    const [, id] = /^\/projects\/42\/merge_requests\/7\/notes(?:\/(\d+))?$/.exec(path) ?? [null];
    if (id === null) return answer(404, { message: "404 Not found" });
    if (id === undefined && request.method === "GET") {
      const page = Number(searchParams.get("page") ?? 1);
      const sorted = searchParams.get("sort") === "asc" ? notes : notes.toReversed();
      const shown = sorted.slice((page - 1) * PER_PAGE, page * PER_PAGE);
      const next = `<${stub.url}${path}?sort=${searchParams.get("sort")}&page=${page + 1}>; rel="next"`;
      const rows = shown.map(({ author, system = false, ...note }) => ({
        ...note,
        system,
        author: { username: author },
      }));
      return answer(200, rows, page * PER_PAGE < notes.length ? { link: next } : {});
    }
    if (id === undefined && request.method === "POST") {
      if (body.length > 1_000_000) return answer(400, { message: { note: ["is too long"] } });
      notes.push({ id: notes.length + 100, author: BOT, body });
      return answer(201, {});
    }
    const found = notes.find((note) => note.id === Number(id));
    if (!found || request.method !== "PUT") return answer(404, { message: "404 Not found" });
    found.body = body;
    return answer(200, {});
  });
  const stub: GitlabStub & { url: string } = {
    url: "",
    notes,
    requests,
    faults,
    stop: () => closeServer(server),
  };
  stub.url = `${await listenOnLoopback(server)}/api/v4`;
  return stub;
}
