/** The pull request that a job of GitHub Actions runs for, and the part of GitHub's API that comments need. */

import { readFile } from "node:fs/promises";
import { originOf } from "../../http/origins.ts";
import { EXIT, Exit } from "../support/exit.ts";
import type { Comment, CommentPlace } from "./comments.ts";

/** Throws an `Exit` where the variables of the job do not tell a pull request. */
export async function githubPlace(env: NodeJS.ProcessEnv, asked: number | undefined): Promise<CommentPlace> {
  const { GITHUB_API_URL: url, GITHUB_REPOSITORY: repository } = env;
  if (url === undefined || originOf(url) === undefined || !/^[\w.-]+\/[\w.-]+$/.test(repository ?? ""))
    throw new Exit(
      EXIT.usage,
      "This is no job of GitHub Actions: GITHUB_API_URL and GITHUB_REPOSITORY say where a comment goes",
    );
  const event = await readEvent(env);
  const number = asked ?? numberOf(event, env);
  if (number === undefined)
    throw new Exit(EXIT.usage, "This job runs for no pull request; name one with --pull <number>");
  const head = event.pull_request?.head?.sha;
  const api = url.replace(/\/+$/, "");
  const issues = `${api}/repos/${repository}/issues`;
  return {
    host: "GitHub",
    title: `${repository}#${number}`,
    list: `${issues}/${number}/comments?per_page=100`,
    headers: { accept: "application/vnd.github+json", "x-github-api-version": "2022-11-28" },
    create: `${issues}/${number}/comments`,
    replace: { method: "PATCH", url: (id) => `${issues}/comments/${id}` },
    user: `${api}/user`,
    toLogin: (json) => textOf((json as { login?: unknown } | undefined)?.login),
    // Tokens of jobs and apps have no user, and comment as bots; other tokens as the person they belong to.
    isNobody: (author) => author.endsWith("[bot]"),
    toComments,
    needs: "pull-requests: write, which a request from a fork never gets",
    longest: 65_536, // GitHub refuses longer comments (2026-11)
    ...(typeof head === "string" && /^[0-9a-f]{40,64}$/.test(head) ? { commit: head } : {}),
  };
}

function toComments(json: unknown): readonly Comment[] {
  if (!Array.isArray(json)) return [];
  return json.flatMap(({ id, body, user }): Comment[] =>
    typeof id === "number" && typeof body === "string" ? [{ id, body, author: String(user?.login ?? "") }] : [],
  );
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** What started the job, as far as it is looked at. */
interface Event {
  readonly pull_request?: { readonly number?: unknown; readonly head?: { readonly sha?: unknown } };
}

async function readEvent({ GITHUB_EVENT_PATH: path }: NodeJS.ProcessEnv): Promise<Event> {
  if (path === undefined) return {};
  const event: unknown = await readFile(path, "utf8")
    .then(JSON.parse)
    .catch(() => undefined);
  return typeof event === "object" && event !== null ? event : {};
}

/** From the event, else from the ref that the job runs on. */
function numberOf({ pull_request: pull }: Event, { GITHUB_REF: ref }: NodeJS.ProcessEnv): number | undefined {
  const number = pull?.number ?? Number(/^refs\/pull\/(\d+)\//.exec(ref ?? "")?.[1]);
  return typeof number === "number" && Number.isInteger(number) && number > 0 ? number : undefined;
}
