/** `accessmap comment`: puts Markdown into a comment of the request that a job of GitHub or GitLab runs for, replacing the last one. */

import { readFile } from "node:fs/promises";
import { createHttpClient } from "../http/client.ts";
import { RequestError } from "../http/failures.ts";
import { createFetchTransport } from "../http/fetchTransport.ts";
import { parseLoopback } from "../http/loopback.ts";
import { originOf } from "../http/origins.ts";
import type { SecretSource } from "../http/secrets.ts";
import { putComment } from "./comment/comments.ts";
import { githubPlace } from "./comment/github.ts";
import { gitlabPlace, isGitlab } from "./comment/gitlab.ts";
import { cancelOnInterrupt } from "./support/cancel.ts";
import { EXIT, Exit } from "./support/exit.ts";
import type { Terminal } from "./support/terminal.ts";

export interface CommentOptions {
  readonly key: string;
  readonly pull?: number;
}

/**
 * Puts the file's Markdown under the request that the job's environment names. `key` keeps several comments of one
 * request apart. Fails without a token, and never prints one.
 */
export async function comment(file: string, options: CommentOptions, terminal: Terminal): Promise<number> {
  const { env } = process;
  const markdown = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new Exit(EXIT.usage, `${file} cannot be read (${error.code ?? "unknown error"})`);
  });
  const place = isGitlab(env) ? gitlabPlace(env, options.pull) : await githubPlace(env, options.pull);
  const loopback = parseLoopback(env.ACCESSMAP_LOOPBACK);
  if (!loopback.ok) throw new Exit(EXIT.usage, loopback.why.message);
  const http = createHttpClient(createFetchTransport({ secrets: tokenOf(env), loopback: loopback.routes }));
  const cancel = cancelOnInterrupt(terminal);
  const done = await putComment(http, place, options.key, markdown, cancel.signal)
    .catch((error: unknown) => {
      if (error instanceof RequestError) throw new Exit(EXIT.live, `No comment: ${error.failure.message}`);
      throw error;
    })
    .finally(cancel.dispose);
  terminal.note(`Comment on ${place.title} ${done}.`);
  return EXIT.clean;
}

/** The job tells where the token belongs, as it tells the token. Mapping files have no say in it. */
function tokenOf(env: NodeJS.ProcessEnv): SecretSource {
  const [host, given, api, message] = isGitlab(env)
    ? [
        "GitLab",
        env.GITLAB_TOKEN,
        env.CI_API_V4_URL,
        "set GITLAB_TOKEN to a project access token with the scope api and the role Developer",
      ]
    : ["GitHub", env.GITHUB_TOKEN, env.GITHUB_API_URL, "set GITHUB_TOKEN; a step gets it from `github.token`"];
  return {
    async findSecret() {
      const [token, origin] = [given?.trim(), originOf(api ?? "")];
      if (token && origin) return { ok: true, secret: { kind: "token", origin, token } };
      return { ok: false, why: { kind: "not-configured", system: host, message } };
    },
  };
}
