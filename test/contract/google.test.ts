/** Google's own specification and client library as judges over the sandbox's Directory API. */

import { admin_directory_v1 } from "@googleapis/admin";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../server/src/sandbox/sandbox.ts";
import { type Send, sender } from "../sandbox/bench.ts";
import { googleJwt, googleToken } from "../sandbox/tokens.ts";
import { cutSpec } from "./openapiDirectory.ts";
import { type Referee, startReferee } from "./referee.ts";

const BASE = "/admin/directory/v1";
const TEMPLATES = [
  `${BASE}/groups`,
  `${BASE}/groups/{groupKey}`,
  `${BASE}/groups/{groupKey}/members`,
  `${BASE}/groups/{groupKey}/hasMember/{memberKey}`,
  `${BASE}/users`,
  `${BASE}/users/{userKey}`,
];

let sandbox: Sandbox;
let origin: string;
let token: string;

beforeAll(async () => {
  sandbox = await startSandbox();
  origin = sandbox.routes["https://admin.googleapis.com"] ?? "";
  token = (await googleToken(sandbox, await googleJwt(sandbox))).body.access_token;
});
afterAll(() => sandbox?.close());

describe("the specification", () => {
  let referee: Referee;
  let spec: ReturnType<typeof cutSpec>;
  let send: Send;
  beforeAll(async () => {
    spec = cutSpec("googleapis.com/admin.json", TEMPLATES);
    referee = await startReferee(origin, [spec.path]);
    send = sender(referee.origin + BASE, { authorization: `Bearer ${token}` });
  });
  afterAll(async () => {
    await referee?.stop();
    spec?.remove();
  });

  const reads: readonly string[] = [
    "/groups?customer=my_customer&maxResults=20&orderBy=email",
    "/groups?customer=my_customer&fields=groups(id,email,name,directMembersCount,etag),nextPageToken",
    "/groups?customer=my_customer&query=email:dd-sre*",
    "/groups?customer=my_customer&query=email:contr*&maxResults=50&fields=kind,nextPageToken,groups(id,email,name)",
    "/groups/dd-sre@acme.com",
    "/groups/dd-sre@acme.com/members?maxResults=200",
    "/groups/dd-sre@acme.com/members?includeDerivedMembership=true",
    "/groups/everyone@acme.com/members",
    "/groups/contractor-emea@acme.com/members",
    "/groups/dd-legacy-ops@acme.com/members",
    "/groups/dd-sre@acme.com/hasMember/ben.adeyo@acme.com",
    "/users?customer=my_customer&maxResults=500&projection=basic",
    "/users/mats.ekdal@acme.com",
  ];
  test.each(reads)("%s", async (path) => {
    expect([(await send("GET", path)).status, referee.takeObjections()]).toEqual([200, []]);
  });

  test("everything we read was judged", () => {
    expect([...referee.judged].sort()).toEqual(TEMPLATES.map((template) => `GET ${template}`).sort());
  });
});

describe("@googleapis/admin", () => {
  const directory = () => {
    const headers = { authorization: `Bearer ${token}` };
    return new admin_directory_v1.Admin({ rootUrl: `${origin}/`, headers });
  };

  test("its pages lead to all groups, members and users", async () => {
    const { okta } = sandbox.company;
    const names: string[] = [];
    let pageToken: string | undefined;
    for (let page = 0; page < 20; page++) {
      const { data } = await directory().groups.list({
        customer: "my_customer",
        maxResults: 9,
        ...(pageToken === undefined ? {} : { pageToken }),
      });
      names.push(...(data.groups ?? []).map(({ name }) => name ?? ""));
      pageToken = data.nextPageToken ?? undefined;
      if (pageToken === undefined) break;
    }
    expect(names).toEqual([...okta.groups.values()].map(({ name }) => name));
    const { data } = await directory().members.list({ groupKey: "dd-sre@acme.com", includeDerivedMembership: true });
    const sre = [...okta.groups.values()].find(({ name }) => name === "dd-sre");
    expect(data.members?.filter(({ type }) => type === "USER")).toHaveLength(sre?.members.length ?? -1);
    const { data: user } = await directory().users.get({ userKey: "pia.romberg@acme.com" });
    expect([user.suspended, user.name?.fullName]).toEqual([true, "Pia Romberg"]);
  });

  test("errors arrive as its exceptions", async () => {
    await expect(directory().groups.get({ groupKey: "nobody@acme.com" })).rejects.toMatchObject({ status: 404 });
  });
});
