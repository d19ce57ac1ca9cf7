/** The part of GitHub's API that comments need, on loopback: two comments a page, and a token of a job, which has no user. */

import { type ApiAnswer, type ApiRequest, type JsonApi, pageOf, startApi } from "./jsonApi.ts";

export interface StubComment {
  readonly id: number;
  readonly login: string;
  body: string;
}

export interface GithubStub extends JsonApi {
  readonly comments: StubComment[];
  /** Status of writes, such as 403 for a token that may only read. */
  refuseWrites?: number;
}

export async function startGithub(): Promise<GithubStub> {
  const comments: StubComment[] = [];
  const api = await startApi("", (request, url) => answer(request, url));
  const stub: GithubStub = { ...api, comments };
  return stub;

  function answer(request: ApiRequest, url: string): ApiAnswer {
    const { method, path, body } = request;
    if (path === "/user") return refused(403);
    if (method !== "GET" && stub.refuseWrites) return refused(stub.refuseWrites);
    const list = /^\/repos\/acme\/access\/issues\/7\/comments$/.test(path);
    if (list && method === "GET")
      return pageOf(
        comments.map(({ id, login, body }) => ({ id, body, user: { login } })),
        request,
        url,
      );
    if (list && method === "POST") {
      if (body.length > 65_536) return { status: 422, json: { message: "Validation Failed" } };
      comments.push({ id: comments.length + 100, login: "github-actions[bot]", body });
      return { status: 201, json: {} };
    }
    const id = Number(/^\/repos\/acme\/access\/issues\/comments\/(\d+)$/.exec(path)?.[1]);
    const found = comments.find((comment) => comment.id === id);
    if (!found || method !== "PATCH") return { status: 404, json: { message: "Not Found" } };
    found.body = body;
    return { status: 200, json: {} };
  }
}

function refused(status: number): ApiAnswer {
  return { status, json: { message: "Resource not accessible by integration" } };
}
