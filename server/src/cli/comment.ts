/** `accessmap comment`: puts Markdown into a comment of the pull request that a GitHub job runs for, replacing the last one. */

import { readFile } from "node:fs/promises";
import { createHttpClient } from "../http/client.ts";
import { RequestError } from "../http/failures.ts";
import { createFetchTransport } from "../http/fetchTransport.ts";
import { parseLoopback } from "../http/loopback.ts";
import { originOf } from "../http/origins.ts";
import type { SecretSource } from "../http/secrets.ts";
import { EXIT, Exit } from "./exit.ts";
import { GITHUB, type PullRequest, putComment } from "./github.ts";
import { cancelOnInterrupt } from "./project.ts";
import type { Terminal } from "./terminal.ts";

export interface CommentOptions {
  readonly key: string;
  readonly pull?: number;
}

export async function comment(file: string, options: CommentOptions, terminal: Terminal): Promise<number> {
  const { env } = process;
  const markdown = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new Exit(EXIT.usage, `${file} cannot be read (${error.code ?? "unknown error"})`);
  });
  const pull = await findPull(env, options.pull);
  const loopback = parseLoopback(env.ACCESSMAP_LOOPBACK);
  if (!loopback.ok) throw new Exit(EXIT.usage, loopback.why.message);
  const http = createHttpClient(createFetchTransport({ secrets: tokenOf(env), loopback: loopback.routes }));
  const cancel = cancelOnInterrupt();
  const done = await putComment(http, pull, options.key, markdown, cancel.signal).catch((error: unknown) => {
    if (error instanceof RequestError) throw new Exit(EXIT.live, `No comment: ${error.failure.message}`);
    throw error;
  });
  cancel.dispose();
  terminal.note(`Comment on ${pull.repository}#${pull.number} ${done}.`);
  return EXIT.clean;
}

/** The runner tells where the token belongs, as it tells the token. The repository has no say in it. */
function tokenOf({ GITHUB_TOKEN, GITHUB_API_URL }: NodeJS.ProcessEnv): SecretSource {
  return {
    async findSecret() {
      const token = GITHUB_TOKEN?.trim();
      const origin = originOf(GITHUB_API_URL ?? "");
      if (token && origin) return { ok: true, secret: { kind: "token", origin, token } };
      const message = "set GITHUB_TOKEN; a step gets it from `github.token`";
      return { ok: false, why: { kind: "not-configured", system: GITHUB, message } };
    },
  };
}

async function findPull(env: NodeJS.ProcessEnv, asked: number | undefined): Promise<PullRequest> {
  const { GITHUB_API_URL: api, GITHUB_REPOSITORY: repository } = env;
  if (api === undefined || originOf(api) === undefined || !/^[\w.-]+\/[\w.-]+$/.test(repository ?? ""))
    throw new Exit(
      EXIT.usage,
      "This is no job of GitHub Actions: GITHUB_API_URL and GITHUB_REPOSITORY say where a comment goes",
    );
  const event = await readEvent(env);
  const number = asked ?? numberOf(event, env);
  if (number === undefined)
    throw new Exit(EXIT.usage, "This job runs for no pull request; name one with --pull <number>");
  const head = event.pull_request?.head?.sha;
  const commit = typeof head === "string" && /^[0-9a-f]{40,64}$/.test(head) ? { commit: head } : {};
  return { api: api.replace(/\/+$/, ""), repository: repository as string, number, ...commit };
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
