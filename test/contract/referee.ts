/**
 * A server between a client and a sandbox server. Requests that a specification covers pass through Prism, all others go
 * straight through; whatever Prism objects to is written down.
 */

import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { resolve } from "node:path";
import { type Prism, startPrism, VENDOR } from "./prism.ts";

/** An exchange that is not as the specification has it. */
export interface Objection {
  readonly request: string;
  readonly status: number;
  readonly what: string;
}

export interface Referee {
  readonly origin: string;
  /** Objections since the last call. */
  takeObjections(): readonly Objection[];
  /** Method and path template of every exchange that a specification covers. */
  readonly judged: ReadonlySet<string>;
  stop(): Promise<void>;
}

/** Where the specification and recorded answers of the real service disagree, the recordings are followed. */
const KNOWN: readonly RegExp[] = [
  // 2026: a mapping to a role has `team.data: null`.
  /relationships\.team\.data must be object/,
  // 2026-02: conflicts of team membership are objects (recording "Add a user to a team returns API error response").
  /Response body property errors\.0 must be string/,
  // 2026-11: members are of any kind, and Graph's documentation selects the properties of users there.
  /\$select\.\d+ must be equal to one of the allowed values: id, deletedDateTime$/,
];

interface Judge {
  readonly operations: readonly { readonly method: string; readonly template: string; readonly path: RegExp }[];
  readonly prism: Prism;
}

export async function startReferee(upstream: string, specs: readonly string[]): Promise<Referee> {
  const judges: Judge[] = [];
  const objections: Objection[] = [];
  const judged = new Set<string>();
  for (const spec of specs) judges.push({ operations: operationsOf(spec), prism: await startPrism(spec, upstream) });
  let origin = "";

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "/", upstream);
    const found = judges
      .flatMap(({ operations, prism }) => operations.map((operation) => ({ operation, prism })))
      .find(({ operation }) => operation.method === request.method && operation.path.test(pathname));
    if (found) judged.add(`${found.operation.method} ${found.operation.template}`);
    const answer = await forward(request, (found?.prism.origin ?? upstream) + request.url);
    const text = await answer.text();
    const objection = objectionIn(answer, text);
    if (objection)
      objections.push({ request: `${request.method} ${request.url}`, status: answer.status, what: objection });
    response.statusCode = answer.status;
    for (const [name, value] of answer.headers)
      if (!HOP.has(name)) response.setHeader(name, value.replaceAll(upstream, origin));
    response.end(text.replaceAll(upstream, origin));
  }

  const server = createServer((request, response) => {
    pass(request, response).catch((error) => {
      objections.push({ request: `${request.method} ${request.url}`, status: 0, what: String(error) });
      response.destroy();
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  origin = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  return {
    origin,
    takeObjections: () => objections.splice(0),
    judged,
    async stop() {
      await new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      });
      await Promise.all(judges.map(({ prism }) => prism.stop()));
    },
  };
}

const HOP = new Set(["connection", "keep-alive", "transfer-encoding", "content-length", "content-encoding"]);
const OWN = new Set(["host", "connection", "content-length", "accept-encoding", "transfer-encoding", "expect"]);

async function forward(request: IncomingMessage, url: string): Promise<Response> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = Object.entries(request.headers).filter(([name]) => !OWN.has(name));
  const body = Buffer.concat(chunks);
  return fetch(url, {
    method: request.method ?? "GET",
    headers: headers.map(([name, value]) => [name, String(value)]),
    redirect: "manual",
    ...(body.length > 0 ? { body } : {}),
  });
}

/** The header lists violations; a problem document is an answer that Prism made instead of the server. */
function objectionIn(answer: Response, text: string): string | undefined {
  const violations = JSON.parse(answer.headers.get("sl-violations") ?? "[]") as readonly { readonly message: string }[];
  const unknown = violations.filter(({ message }) => !KNOWN.some((pattern) => pattern.test(message)));
  if (unknown.length > 0) return JSON.stringify(unknown);
  if (violations.length > 0) return undefined;
  return answer.headers.get("content-type")?.includes("application/problem+json") ? text.slice(0, 2000) : undefined;
}

function operationsOf(spec: string): Judge["operations"] {
  const { paths } = JSON.parse(readFileSync(resolve(VENDOR ?? "", "specs", spec), "utf8"));
  const operations = Object.entries<object>(paths).flatMap(([template, item]) =>
    Object.keys(item)
      .filter((method) => ["get", "post", "put", "patch", "delete"].includes(method))
      .map((method) => ({ method: method.toUpperCase(), template, path: toPattern(template) })),
  );
  // `/groups/rules` before `/groups/{id}`.
  return operations.sort((a, b) => count(a.template) - count(b.template));
}

function toPattern(template: string): RegExp {
  return new RegExp(`^${template.replace(/\{[^}]+\}/g, "[^/]+")}$`);
}

function count(template: string): number {
  return template.split("{").length;
}
