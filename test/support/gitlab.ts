/** The part of GitLab's API that notes need, on loopback: two notes a page, the newest first unless asked otherwise. */

import { type ApiAnswer, type ApiRequest, type JsonApi, pageOf, startApi } from "./jsonApi.ts";

export interface StubNote {
  readonly id: number;
  readonly author: string;
  readonly system?: boolean;
  body: string;
}

/** `url` is the base of the API, as `CI_API_V4_URL` has it. */
export interface GitlabStub extends JsonApi {
  readonly notes: StubNote[];
  /** Answers that take the place of the right ones, by the beginning of `<method> <path>`. */
  readonly faults: Map<string, number>;
}

export const BOT = "project_42_bot_0f3a";

export async function startGitlab(): Promise<GitlabStub> {
  const notes: StubNote[] = [];
  const faults = new Map<string, number>();
  return { ...(await startApi("/api/v4", answer)), notes, faults };

  function answer(request: ApiRequest, url: string): ApiAnswer {
    const { method, path, query, body } = request;
    for (const [start, status] of faults)
      if (`${method} ${path}`.startsWith(start)) return { status, json: { message: `${status} as it happens` } };
    if (path === "/user") return { status: 200, json: { username: BOT } };
    const [, id] = /^\/projects\/42\/merge_requests\/7\/notes(?:\/(\d+))?$/.exec(path) ?? [null];
    if (id === null) return NOT_FOUND;
    if (id === undefined && method === "GET") {
      const sorted = query.get("sort") === "asc" ? notes : notes.toReversed();
      const rows = sorted.map(({ author, system = false, ...note }) => ({
        ...note,
        system,
        author: { username: author },
      }));
      return pageOf(rows, request, url);
    }
    if (id === undefined && method === "POST") {
      if (body.length > 1_000_000) return { status: 400, json: { message: { note: ["is too long"] } } };
      notes.push({ id: notes.length + 100, author: BOT, body });
      return { status: 201, json: {} };
    }
    const found = notes.find((note) => note.id === Number(id));
    if (!found || method !== "PUT") return NOT_FOUND;
    found.body = body;
    return { status: 200, json: {} };
  }
}

const NOT_FOUND: ApiAnswer = { status: 404, json: { message: "404 Not found" } };
