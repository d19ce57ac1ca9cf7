/** The part of GitHub's API that comments need, on loopback: two comments a page, and a token of a job, which has no user. */

import { createServer } from "node:http";
import { closeServer, listenOnLoopback } from "./loopbackServer.ts";

export interface StubComment {
  readonly id: number;
  readonly login: string;
  body: string;
}

export interface GithubStub {
  readonly url: string;
  readonly comments: StubComment[];
  /** `<method> <path> <authorization>` of every request. */
  readonly requests: string[];
  /** Status of writes, such as 403 for a token that may only read. */
  refuseWrites?: number;
  stop(): Promise<void>;
}

const PER_PAGE = 2;

export async function startGithub(): Promise<GithubStub> {
  const comments: StubComment[] = [];
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", stub.url);
    requests.push(`${request.method} ${pathname} ${request.headers.authorization}`);
    const answer = (status: number, json: unknown, headers = {}) =>
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(json));
    let text = "";
    for await (const chunk of request) text += chunk;
    if (pathname === "/user") return answer(403, { message: "Resource not accessible by integration" });
    if (request.method !== "GET" && stub.refuseWrites)
      return answer(stub.refuseWrites, { message: "Resource not accessible by integration" });
    const { body } = text === "" ? { body: "" } : (JSON.parse(text) as { body: string });
    const list = /^\/repos\/acme\/access\/issues\/7\/comments$/.test(pathname);
    if (list && request.method === "GET") {
      const page = Number(searchParams.get("page") ?? 1);
      const shown = comments.slice((page - 1) * PER_PAGE, page * PER_PAGE);
      const next = `<${stub.url}${pathname}?page=${page + 1}>; rel="next"`;
      const rows = shown.map(({ id, login, body }) => ({ id, body, user: { login } }));
      return answer(200, rows, page * PER_PAGE < comments.length ? { link: next } : {});
    }
    if (list && request.method === "POST") {
      if (body.length > 65_536) return answer(422, { message: "Validation Failed" });
      comments.push({ id: comments.length + 100, login: "github-actions[bot]", body });
      return answer(201, {});
    }
    const id = Number(/^\/repos\/acme\/access\/issues\/comments\/(\d+)$/.exec(pathname)?.[1]);
    const found = comments.find((comment) => comment.id === id);
    if (!found || request.method !== "PATCH") return answer(404, { message: "Not Found" });
    found.body = body;
    return answer(200, {});
  });
  const stub: GithubStub & { url: string } = {
    url: "",
    comments,
    requests,
    stop: () => closeServer(server),
  };
  stub.url = await listenOnLoopback(server);
  return stub;
}
