/** Comments on a GitHub pull request: the one that carries our mark is replaced, so that a request has one and not twenty. */

import type { Cancellation, HttpRequest } from "../core/model/http.ts";
import type { HttpClient } from "../http/client.ts";
import { RequestError } from "../http/failures.ts";
import { readLinked } from "../http/linkedPages.ts";
import type { Listing } from "../http/listing.ts";

export interface PullRequest {
  /** Base of the API without a slash at its end, e.g. `https://api.github.com`. */
  readonly api: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly number: number;
  /** The commit that the job looks at: told with the text, so that nobody takes an old one for a new one. */
  readonly commit?: string;
}

/** Credential name of GitHub. No system of accessmap.yaml can be called that. */
export const GITHUB = "GitHub";

/** GitHub refuses longer comments (2026-11). */
const LONGEST = 65_536;
const CUT = "\n\n*Cut here: a comment has no room for more. The run of this job has the rest.*\n";

interface Comment {
  readonly id: number;
  readonly body: string;
  /** Login of the author; a bot's ends in `[bot]`. */
  readonly author: string;
}

/** Rejects with `RequestError`. */
export async function putComment(
  http: HttpClient,
  pull: PullRequest,
  key: string,
  markdown: string,
  signal: Cancellation,
): Promise<"created" | "replaced" | "unchanged"> {
  const mark = `<!-- accessmap ${key.replace(/[^\w.-]+/g, "-")} -->`;
  const made = pull.commit === undefined ? "" : `\nFor commit ${pull.commit}.\n`;
  const body = shorten(`${mark}\n${withoutMentions(markdown.trim())}\n`, made);
  const isOurs = await ownership(http, pull, signal);
  const { items, gap } = await readComments(http, pull, signal);
  // Somebody else may have written our mark into a comment of theirs, and could change later what we put there.
  const last = items.findLast((comment) => comment.body.startsWith(mark) && isOurs(comment.author));
  if (last?.body.replaceAll("\r\n", "\n").trim() === body.trim()) return "unchanged";
  // Not seen is not absent: a second comment would contradict the first.
  if (!last && gap) throw new RequestError(gap);
  const needs = "pull-requests: write, which a request from a fork never gets";
  const base = `${pull.api}/repos/${pull.repository}/issues`;
  const [method, url] = last
    ? (["PATCH", `${base}/comments/${last.id}`] as const)
    : (["POST", `${base}/${pull.number}/comments`] as const);
  await http.send(request(method, url, JSON.stringify({ body })), signal, { needs });
  return last ? "replaced" : "created";
}

/** Tokens of jobs and apps have no user, and comment as bots; other tokens as the person they belong to. */
async function ownership(
  http: HttpClient,
  { api }: PullRequest,
  signal: Cancellation,
): Promise<(author: string) => boolean> {
  const user = await http.sendJson(request("GET", `${api}/user`), signal, { tries: 2 }).catch(() => undefined);
  const login = (user?.json as { login?: unknown } | undefined)?.login;
  return typeof login === "string" ? (author) => author === login : (author) => author.endsWith("[bot]");
}

function readComments(
  http: HttpClient,
  { api, repository, number }: PullRequest,
  signal: Cancellation,
): Promise<Listing<Comment>> {
  const first = request("GET", `${api}/repos/${repository}/issues/${number}/comments?per_page=100`);
  const context = { system: GITHUB, what: "comments", idOf: ({ id }: Comment) => String(id) };
  return readLinked(http, first, toComments, context, signal);
}

function toComments(json: unknown): readonly Comment[] {
  if (!Array.isArray(json)) return [];
  return json.flatMap(({ id, body, user }): Comment[] =>
    typeof id === "number" && typeof body === "string" ? [{ id, body, author: String(user?.login ?? "") }] : [],
  );
}

function request(method: HttpRequest["method"], url: string, body?: string): HttpRequest {
  const headers = {
    accept: "application/vnd.github+json",
    "x-github-api-version": "2022-11-28",
    ...(body === undefined ? {} : { "content-type": "application/json" }),
  };
  const credential = { connection: GITHUB, use: method === "GET" ? "read" : "write", scheme: "github" } as const;
  return { method, url, headers, credential, ...(body === undefined ? {} : { body }) };
}

/** A group called `@acme/admins` would call them; addresses stay as they are. */
function withoutMentions(markdown: string): string {
  return markdown.replace(/(?<![\w.@])@(?=[A-Za-z0-9])/g, "@\u200b");
}

function shorten(body: string, end: string): string {
  if (body.length + end.length <= LONGEST) return body + end;
  const room = body.slice(0, LONGEST - CUT.length - end.length);
  return room.slice(0, room.lastIndexOf("\n")) + CUT + end;
}
