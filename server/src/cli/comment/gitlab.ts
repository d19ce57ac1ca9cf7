/**
 * The merge request that a job of GitLab runs for, and the part of GitLab's API that comments, there called notes, need
 * (https://docs.gitlab.com/api/notes/ and https://docs.gitlab.com/ci/variables/predefined_variables/, 2026-11).
 */

import { originOf } from "../../http/origins.ts";
import { EXIT, Exit } from "../support/exit.ts";
import type { Comment, CommentPlace } from "./comments.ts";

/** True in a job of GitLab; what it says of itself is judged by `gitlabPlace`. */
export function isGitlab({ GITLAB_CI, CI_API_V4_URL }: NodeJS.ProcessEnv): boolean {
  return GITLAB_CI !== undefined || CI_API_V4_URL !== undefined;
}

/** Throws an `Exit` where the variables of the job do not tell a merge request. */
export function gitlabPlace(env: NodeJS.ProcessEnv, asked: number | undefined): CommentPlace {
  const url = env.CI_API_V4_URL;
  // A request from a fork runs in the fork's project, and belongs to the other one.
  const project = env.CI_MERGE_REQUEST_PROJECT_ID || env.CI_PROJECT_ID;
  if (url === undefined || originOf(url) === undefined || !/^\d+$/.test(project ?? ""))
    throw new Exit(
      EXIT.usage,
      "This is no job of GitLab: CI_API_V4_URL and CI_MERGE_REQUEST_PROJECT_ID or CI_PROJECT_ID say where a comment goes",
    );
  const number = asked ?? Number(/^[1-9]\d*$/.exec(env.CI_MERGE_REQUEST_IID ?? "")?.[0]);
  if (Number.isNaN(number))
    throw new Exit(EXIT.usage, "This job runs for no merge request; name one with --pull <number>");
  const api = url.replace(/\/+$/, "");
  const notes = `${api}/projects/${project}/merge_requests/${number}/notes`;
  // A pipeline for the merged result runs on a commit that nobody has pushed.
  const head = env.CI_MERGE_REQUEST_SOURCE_BRANCH_SHA || env.CI_COMMIT_SHA;
  return {
    host: "GitLab",
    title: `${env.CI_MERGE_REQUEST_PROJECT_PATH || env.CI_PROJECT_PATH || `project ${project}`}!${number}`,
    list: `${notes}?per_page=100&sort=asc&order_by=created_at`,
    headers: { accept: "application/json" },
    create: notes,
    replace: { method: "PUT", url: (id) => `${notes}/${id}` },
    user: `${api}/user`,
    toLogin: (json) => textOf((json as { username?: unknown } | undefined)?.username),
    toComments,
    needs:
      "the scope api and the role Developer in the project of the request; the job's own CI_JOB_TOKEN may not comment",
    longest: 1_000_000, // GitLab refuses longer notes (2026-11)
    ...(/^[0-9a-f]{40,64}$/.test(head ?? "") ? { commit: head as string } : {}),
  };
}

/** What GitLab itself says of a request, such as who was assigned, is a note as well. */
function toComments(json: unknown): readonly Comment[] {
  if (!Array.isArray(json)) return [];
  return json.flatMap(({ id, body, author, system }): Comment[] =>
    typeof id === "number" && typeof body === "string" && system !== true
      ? [{ id, body, author: String(author?.username ?? "") }]
      : [],
  );
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
