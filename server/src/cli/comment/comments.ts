/** One comment of ours on a pull or merge request, replaced after each push, so that a request has one and not twenty. */

import type { Cancellation, HttpRequest } from "../../core/model/http.ts";
import type { HttpClient } from "../../http/client.ts";
import { RequestError } from "../../http/failures.ts";
import { readLinked } from "../../http/linkedPages.ts";

export interface Comment {
  readonly id: number;
  readonly body: string;
  /** Login of the author. */
  readonly author: string;
}

/** A request on a host, and how the host's API is asked about its comments. */
export interface CommentPlace {
  /** Name of the host, which is the name of its credential too. No system of accessmap.yaml can be called that. */
  readonly host: string;
  /** As people write it, e.g. `acme/access#7`. */
  readonly title: string;
  /** First page of the list, which is linked. */
  readonly list: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Where a new one goes. */
  readonly create: string;
  /** How an old one is replaced. */
  readonly replace: { readonly method: "PATCH" | "PUT"; readonly url: (id: number) => string };
  /** Address that tells whom the token belongs to. */
  readonly user: string;
  readonly toLogin: (json: unknown) => string | undefined;
  /** Authors that a token without a user writes as; without it such a token is refused. */
  readonly isNobody?: (author: string) => boolean;
  readonly toComments: (json: unknown) => readonly Comment[];
  /** What the token must be able to do. */
  readonly needs: string;
  /** Characters that a comment may have. */
  readonly longest: number;
  /** The commit that the job looks at: told with the text, so that nobody takes an old one for a new one. */
  readonly commit?: string;
}

const CUT = "\n\n*Cut here: a comment has no room for more. The run of this job has the rest.*\n";

/** Rejects with `RequestError`. */
export async function putComment(
  http: HttpClient,
  place: CommentPlace,
  key: string,
  markdown: string,
  signal: Cancellation,
): Promise<"created" | "replaced" | "unchanged"> {
  const mark = `<!-- accessmap ${key.replace(/[^\w.-]+/g, "-")} -->`;
  const made = place.commit === undefined ? "" : `\nFor commit ${place.commit}.\n`;
  const body = shorten(`${mark}\n${withoutCommands(markdown.trim())}\n`, made, place.longest);
  const isOurs = await ownership(http, place, signal);
  const context = { system: place.host, what: "comments", idOf: ({ id }: Comment) => String(id) };
  const first = request(place, "GET", place.list);
  const { items, gap } = await readLinked(http, first, place.toComments, context, signal, { needs: place.needs });
  // Somebody else may have written our mark into a comment of theirs, and could change later what we put there.
  const ours = items.filter((comment) => comment.body.startsWith(mark) && isOurs(comment.author));
  const last = ours.toSorted((a, b) => a.id - b.id).at(-1);
  if (last?.body.replaceAll("\r\n", "\n").trim() === body.trim()) return "unchanged";
  // Not seen is not absent: a second comment would contradict the first.
  if (!last && gap) throw new RequestError(gap);
  const [method, url] = last ? [place.replace.method, place.replace.url(last.id)] : (["POST", place.create] as const);
  await http.send(request(place, method, url, JSON.stringify({ body })), signal, { needs: place.needs });
  return last ? "replaced" : "created";
}

async function ownership(
  http: HttpClient,
  place: CommentPlace,
  signal: Cancellation,
): Promise<(author: string) => boolean> {
  const options = { tries: 2, needs: place.needs };
  const user = await http.sendJson(request(place, "GET", place.user), signal, options).catch((error: unknown) => {
    if (place.isNobody) return undefined;
    throw error;
  });
  const login = place.toLogin(user?.json);
  if (login !== undefined) return (author) => author === login;
  return place.isNobody ?? (() => false);
}

function request(place: CommentPlace, method: HttpRequest["method"], url: string, body?: string): HttpRequest {
  const headers = { ...place.headers, ...(body === undefined ? {} : { "content-type": "application/json" }) };
  const credential = { connection: place.host, use: method === "GET" ? "read" : "write", scheme: "comments" } as const;
  return { method, url, headers, credential, ...(body === undefined ? {} : { body }) };
}

/**
 * A group called `@acme/admins` would call them; addresses stay as they are. Both hosts take every sign before it for the end
 * of a word, a full stop and another `@` too. A line that begins with `/merge` would be obeyed
 * by GitLab (https://docs.gitlab.com/user/project/quick_actions/, 2026-11), and by many a bot on GitHub.
 */
function withoutCommands(markdown: string): string {
  return markdown.replace(/(?<!\w)@(?=[A-Za-z0-9])/g, "@\u200b").replace(/^(\s*)\/(?=[A-Za-z])/gm, "$1\\/");
}

function shorten(body: string, end: string, longest: number): string {
  if (body.length + end.length <= longest) return body + end;
  const room = body.slice(0, longest - CUT.length - end.length);
  return room.slice(0, room.lastIndexOf("\n")) + CUT + end;
}
