/** A sandbox for the tests of one file, and short ways to talk to it as each of its clients would. */

import { afterAll, beforeAll } from "vitest";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../server/src/sandbox/sandbox.ts";

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of many shapes.
  readonly body: any;
  readonly text: string;
}

export type Send = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>;

export interface Bench {
  readonly sandbox: Sandbox;
  /** With the Okta token. */
  readonly okta: Send;
  /** With the scoped key of a person. */
  readonly reader: Send;
  /** With the key of the service account. */
  readonly writer: Send;
  /** The service account's key as bearer, below `/api/v2/scim`. */
  readonly scim: Send;
  readonly oktaOrigin: string;
  readonly datadogOrigin: string;
}

/** Starts a sandbox before the tests of the file and stops it after them; the result is filled in between. */
export function useBench(options?: SandboxOptions): Bench {
  const bench = {} as { -readonly [K in keyof Bench]: Bench[K] };
  beforeAll(async () => {
    Object.assign(bench, toBench(await startSandbox(options)));
  });
  afterAll(() => bench.sandbox.close());
  return bench;
}

export function toBench(sandbox: Sandbox): Bench {
  const { environment, routes } = sandbox;
  const oktaOrigin = routes[environment.OKTA_CLIENT_ORGURL ?? ""] ?? "";
  const datadogOrigin = routes[`https://api.${environment.DD_SITE}`] ?? "";
  const pair = (prefix: string) => ({
    "dd-api-key": environment[`${prefix}DD_API_KEY`] ?? "",
    "dd-application-key": environment[`${prefix}DD_APP_KEY`] ?? "",
  });
  return {
    sandbox,
    oktaOrigin,
    datadogOrigin,
    okta: sender(oktaOrigin, { authorization: `SSWS ${environment.OKTA_CLIENT_TOKEN}` }),
    reader: sender(datadogOrigin, pair("")),
    writer: sender(datadogOrigin, pair("ACCESSMAP_WRITE_")),
    scim: sender(`${datadogOrigin}/api/v2/scim`, { authorization: `Bearer ${environment.ACCESSMAP_WRITE_DD_APP_KEY}` }),
  };
}

/** Requests below `base`; headers given with a request replace the usual ones, an empty one takes it away. */
export function sender(base: string, usual: Record<string, string>): Send {
  return async (method, path, body, headers = {}) => {
    const merged = Object.entries({ ...usual, "content-type": "application/json", ...headers });
    const response = await fetch(base + path, {
      method,
      headers: merged.filter(([, value]) => value !== "") as [string, string][],
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: parsed(text), text };
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Ids of the seed by the names people know. */
export function finder(bench: Bench) {
  const { okta, datadog } = bench.sandbox.company;
  const found = <T>(rows: Iterable<T>, fits: (row: T) => boolean): T => {
    for (const row of rows) if (fits(row)) return row;
    throw new Error("not in the seed");
  };
  return {
    group: (name: string) => found(okta.groups.values(), (group) => group.name === name),
    person: (login: string) => found(okta.users.values(), (user) => user.login === login),
    role: (name: string) => found(datadog.roles.values(), (role) => role.name === name),
    account: (handle: string) => found(datadog.users.values(), (user) => user.handle === handle),
    team: (handle: string) => found(datadog.teams.values(), (team) => team.handle === handle),
  };
}
