/** Microsoft's own specification and client library as judges over the sandbox's Graph. */

import {
  AuthenticationHandler,
  Client,
  type Context,
  PageIterator,
  RetryHandler,
} from "@microsoft/microsoft-graph-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../server/src/sandbox/sandbox.ts";
import { type Send, sender } from "../sandbox/bench.ts";
import { entraLogin } from "../sandbox/tokens.ts";
import { cutSpec } from "./openapiDirectory.ts";
import { type Referee, startReferee } from "./referee.ts";

const GRAPH = "https://graph.microsoft.com";
const GROUP = "/groups/{group-id}";
const TEMPLATES = [
  "/groups",
  GROUP,
  `${GROUP}/members`,
  `${GROUP}/transitiveMembers`,
  `${GROUP}/transitiveMembers/microsoft.graph.user`,
  "/users",
  "/users/{user-id}",
];

let sandbox: Sandbox;
let base: string;
let token: string;
let sre: string;

beforeAll(async () => {
  sandbox = await startSandbox();
  base = `${sandbox.routes["https://graph.microsoft.com"]}/v1.0`;
  token = (await entraLogin(sandbox)).body.access_token;
  const filter = encodeURIComponent("displayName eq 'dd-sre'");
  const found = await sender(base, { authorization: `Bearer ${token}` })("GET", `/groups?$filter=${filter}`);
  sre = found.body.value[0].id;
});
afterAll(() => sandbox?.close());

describe("the specification", () => {
  let referee: Referee;
  let spec: ReturnType<typeof cutSpec>;
  let send: Send;
  beforeAll(async () => {
    spec = cutSpec("microsoft.com/graph.json", TEMPLATES);
    referee = await startReferee(base, [spec.path]);
    send = sender(referee.origin, { authorization: `Bearer ${token}`, consistencylevel: "eventual" });
  });
  afterAll(async () => {
    await referee?.stop();
    spec?.remove();
  });

  const reads: readonly (readonly [string, number])[] = [
    ["/groups?$top=20&$count=true&$select=id,displayName,groupTypes,visibility", 200],
    ["/groups?$filter=startswith(displayName,'dd-')&$top=999&$count=true&$orderby=displayName", 200],
    ["/groups?$filter=startswith(displayName,'contr')&$select=id,displayName,visibility&$top=50", 200],
    ["/groups/{sre}", 200],
    ["/groups/{sre}/members?$top=5", 200],
    ["/groups/{sre}/transitiveMembers?$select=id,displayName", 200],
    [
      "/groups/{sre}/transitiveMembers/microsoft.graph.user?$select=id,accountEnabled,mail,userPrincipalName,userType&$count=true&$top=999",
      200,
    ],
    ["/users?$top=50", 200],
    ["/users/ana.novakova@acme.com?$select=id,displayName,accountEnabled", 200],
    ["/groups/00000000-0000-4000-a000-000000000000", 404],
    ["/groups?$top=5000", 400],
  ];
  test.each(reads)("%s", async (path, status) => {
    const reply = await send("GET", encodeURI(path.replace("{sre}", sre)));
    expect([reply.status, referee.takeObjections()]).toEqual([status, []]);
  });

  test("limited permissions, throttling and refused tokens are spelt as documented", async () => {
    sandbox.entra.permissions.delete("User.Read.All");
    expect((await send("GET", `/groups/${sre}/members?$select=id,displayName`)).body.value[1].displayName).toBeNull();
    expect((await send("GET", "/users")).status).toBe(403);
    sandbox.entra.permissions.add("User.Read.All");
    sandbox.inject({ system: "entra", path: "/v1.0", times: 1, kind: "status", status: 429 });
    expect((await send("GET", "/groups")).status).toBe(429);
    expect((await send("GET", "/groups", undefined, { authorization: "Bearer x" })).status).toBe(401);
    expect(referee.takeObjections()).toEqual([]);
  });

  test("every page that a link leads to is judged too", async () => {
    let next = "/groups?$top=20";
    for (let page = 0; next !== "" && page < 10; page++) {
      const { body } = await send("GET", next);
      next = body["@odata.nextLink"]?.replace(referee.origin, "") ?? "";
    }
    expect([next, referee.takeObjections()]).toEqual(["", []]);
    expect([...referee.judged].sort()).toEqual(TEMPLATES.map((template) => `GET ${template}`).sort());
  });
});

describe("@microsoft/microsoft-graph-client", () => {
  /** The library's own chain up to the last link, which knows where Graph is today. */
  function createClient() {
    const authentication = new AuthenticationHandler({ getAccessToken: async () => token });
    const retry = new RetryHandler();
    authentication.setNext(retry);
    retry.setNext({ execute: toSandbox });
    return Client.initWithMiddleware({ middleware: authentication });
  }

  async function toSandbox(context: Context): Promise<void> {
    const { origin } = new URL(base);
    const response = await fetch(String(context.request).replace(GRAPH, origin), context.options as RequestInit);
    const { status, headers } = response;
    context.response = new Response((await response.text()).replaceAll(origin, GRAPH), { status, headers });
  }

  const get = (path: string) => createClient().api(path).header("ConsistencyLevel", "eventual");

  test("its iterator follows the pages to the end", async () => {
    const names: string[] = [];
    const first = await get("/groups").top(9).select("id,displayName").get();
    const iterator = new PageIterator(createClient(), first, ({ displayName }) => names.push(displayName) < 2000);
    await iterator.iterate();
    expect(names).toEqual([...sandbox.company.okta.groups.values()].map(({ name }) => name));
  });

  test("filters, members and delta are understood", async () => {
    const { value } = await get("/groups").filter("startswith(displayName,'dd-sre')").count(true).get();
    expect(value.map(({ displayName }: { displayName: string }) => displayName)).toEqual(["dd-sre", "dd-sre-leads"]);
    const people = await get(`/groups/${sre}/transitiveMembers/microsoft.graph.user`).top(999).select("id,mail").get();
    const expected = [...sandbox.company.okta.groups.values()].find(({ name }) => name === "dd-sre")?.members.length;
    expect(people.value).toHaveLength(expected ?? -1);
    const delta = await get("/groups/delta").filter(`id eq '${sre}'`).get();
    expect(delta["@odata.deltaLink"]).toContain("$deltatoken=");
    const iterated: string[] = [];
    const users = await get("/users/delta").select("id,accountEnabled").get();
    const iterator = new PageIterator(createClient(), users, ({ id }) => iterated.push(id) < 2000);
    await iterator.iterate();
    expect(iterated).toHaveLength(sandbox.company.okta.users.size);
    expect(iterator.getDeltaLink()).toContain("/users/delta?$deltatoken=");
  });

  test("errors arrive as its exceptions, throttling is waited for", async () => {
    await expect(get("/groups/nothing").get()).rejects.toMatchObject({
      statusCode: 404,
      code: "Request_ResourceNotFound",
    });
    const headers = { "retry-after": "1" };
    sandbox.inject({ system: "entra", path: "/v1.0/groups", times: 1, kind: "status", status: 429, headers });
    expect((await get("/groups").top(1).get()).value).toHaveLength(1);
  });
});
