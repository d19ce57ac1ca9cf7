/**
 * A Datadog organization whose SCIM side is of foreign make (scimmy) over the sandbox's own people and teams: filters,
 * paging and PATCH are the library's, everything outside SCIM is the sandbox's.
 */

import type { AddressInfo } from "node:net";
// @ts-expect-error: plain JavaScript; its types would be a dependency of their own.
import express from "express";
import SCIMMY from "scimmy";
import SCIMMYRouters from "scimmy-routers";
import type { DatadogTeam, DatadogUser } from "../../server/src/sandbox/company.ts";
import { createTeam } from "../../server/src/sandbox/datadog/teams.ts";
import { createUser } from "../../server/src/sandbox/datadog/users.ts";
import type { Setting } from "../../server/src/sandbox/http/frame.ts";
import type { Sandbox } from "../../server/src/sandbox/sandbox.ts";

/** What scimmy hands over and takes; its own types know no attributes. */
// biome-ignore lint/suspicious/noExplicitAny: resources of a library that types none of their attributes.
type Resource = any;

interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly originalUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  header(name: string): string | undefined;
}

interface Outgoing {
  status(code: number): Outgoing;
  type(name: string): Outgoing;
  send(body: string): void;
}

export interface ForeignTarget {
  readonly origin: string;
  /** SCIM requests answered. */
  readonly served: string[];
  close(): Promise<void>;
}

export async function startForeignTarget(
  { company, environment }: Sandbox,
  datadogOrigin: string,
): Promise<ForeignTarget> {
  const { datadog } = company;
  const setting = { company, now: () => new Date() } as Setting;
  const served: string[] = [];

  const userOf = (user: DatadogUser) => ({
    id: user.id,
    userName: user.handle,
    active: !user.disabled,
    name: { formatted: user.name },
    emails: [{ value: user.email, type: "work", primary: true }],
    roles: user.roleIds.map((value) => ({ value })),
  });
  const groupOf = (team: DatadogTeam) => ({
    id: team.id,
    displayName: team.name,
    ...(team.externalId !== null && { externalId: team.externalId }),
    members: team.members.map(({ userId }) => ({ value: userId })),
  });

  SCIMMY.Resources.declare(SCIMMY.Resources.User)
    .ingress(async ({ id }: Resource, data: Resource) => {
      const user =
        id === undefined ? createUser(setting, data.userName, data.name?.formatted, []) : datadog.users.get(id);
      if (!user) throw new SCIMMY.Types.Error(404, null as never, `User ${id} not found`);
      user.disabled = data.active === false;
      user.roleIds = (data.roles ?? []).map(({ value }: { value: string }) => value);
      return userOf(user);
    })
    .egress(reading(() => [...datadog.users.values()].filter(({ serviceAccount }) => !serviceAccount).map(userOf)))
    .degress(() => {
      throw new SCIMMY.Types.Error(501, null as never, "nothing is deleted here");
    });
  SCIMMY.Resources.declare(SCIMMY.Resources.Group)
    .ingress(async ({ id }: Resource, data: Resource) => {
      const handle = String(data.displayName).toLowerCase();
      const known =
        id === undefined ? [...datadog.teams.values()].find((team) => team.handle === handle) : datadog.teams.get(id);
      const team = known ?? createTeam(setting, data.displayName, handle, null);
      team.managed = true;
      team.externalId = data.externalId ?? team.externalId;
      team.members = (data.members ?? []).map(({ value }: { value: string }) => ({ userId: value, admin: false }));
      return groupOf(team);
    })
    .egress(reading(() => [...datadog.teams.values()].filter(({ managed }) => managed).map(groupOf)))
    .degress(() => {
      throw new SCIMMY.Types.Error(501, null as never, "nothing is deleted here");
    });

  const app = express();
  const handler = (request: Incoming) => {
    served.push(`${request.method} ${request.path}`);
    const secret = `Bearer ${environment.ACCESSMAP_WRITE_DD_APP_KEY}`;
    if (request.header("authorization") !== secret) throw new Error("Authorization not detected");
    return "writer";
  };
  app.use("/api/v2/scim", new SCIMMYRouters({ type: "bearer", handler }));
  app.use(
    express.text({ type: () => true }),
    (request: Incoming, response: Outgoing, next: (error: unknown) => void) => {
      forward(datadogOrigin, request, response).catch(next);
    },
  );
  const server = app.listen(0, "127.0.0.1");
  await new Promise<unknown>((ready) => server.once("listening", ready));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    served,
    close: () => new Promise((done) => void server.close(() => done()).closeAllConnections()),
  };
}

function reading(rows: () => readonly { readonly id: string }[]) {
  return (async ({ id }: Resource) => {
    if (id === undefined) return rows();
    const found = rows().find((row) => row.id === id);
    if (!found) throw new SCIMMY.Types.Error(404, null as never, `Resource ${id} not found`);
    return found;
  }) as Resource;
}

async function forward(origin: string, request: Incoming, response: Outgoing): Promise<void> {
  const { host: _, connection: __, "content-length": ___, ...headers } = request.headers;
  const hasBody = typeof request.body === "string" && request.body !== "";
  const answer = await fetch(`${origin}${request.originalUrl}`, {
    method: request.method,
    headers,
    ...(hasBody && { body: request.body }),
  });
  response
    .status(answer.status)
    .type(answer.headers.get("content-type") ?? "json")
    .send(await answer.text());
}
