/** Okta's specification as referee between plain requests and the sandbox. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startSandbox } from "../../server/src/sandbox/sandbox.ts";
import { type Bench, finder, type Send, sender, toBench } from "../sandbox/bench.ts";
import { oktaToken } from "../sandbox/tokens.ts";
import { OKTA_SPECS, VENDOR } from "./prism.ts";
import { type Referee, startReferee } from "./referee.ts";

if (!VENDOR) console.warn("ACCESSMAP_VENDOR is not set: nothing is compared with Okta's specification");

describe.skipIf(!VENDOR)("Okta's specification", () => {
  let bench: Bench;
  let referee: Referee;
  let okta: Send;

  beforeAll(async () => {
    bench = toBench(await startSandbox());
    referee = await startReferee(bench.oktaOrigin, OKTA_SPECS);
    okta = sender(referee.origin, { authorization: `SSWS ${bench.sandbox.environment.OKTA_CLIENT_TOKEN}` });
  });
  afterAll(async () => {
    await referee?.stop();
    await bench?.sandbox.close();
  });

  const encode = encodeURIComponent;
  const cases: readonly (readonly [string, number])[] = [
    ["/api/v1/groups?limit=200&expand=stats", 200],
    [`/api/v1/groups?search=${encode('profile.name sw "dd-"')}&limit=20&expand=stats`, 200],
    [`/api/v1/groups?filter=${encode('type eq "OKTA_GROUP"')}&limit=20`, 200],
    ["/api/v1/groups?q=dd-", 200],
    ["/api/v1/groups?q=contr&limit=50&expand=stats", 200],
    ["/api/v1/groups/rules?expand=groupIdToGroupNameMap", 200],
    ["/api/v1/groups/{group}", 200],
    ["/api/v1/groups/{group}/users?limit=5", 200],
    ["/api/v1/groups/00gnone", 404],
    ["/api/v1/users?limit=200", 200],
    [`/api/v1/users?filter=${encode('status eq "DEPROVISIONED"')}`, 200],
    ["/api/v1/users/{user}", 200],
    ["/api/v1/users/00unone", 404],
  ];
  test.each(cases)("GET %s", async (path, status) => {
    const { group, person } = finder(bench);
    const filled = path.replace("{group}", group("dd-sre").id).replace("{user}", person("pia.romberg@acme.com").id);
    const reply = await okta("GET", filled);
    expect({ status: reply.status, objections: referee.takeObjections() }).toEqual({ status, objections: [] });
  });

  test("a whole listing, page by page", async () => {
    let path: string | undefined = "/api/v1/groups?limit=17";
    let rows = 0;
    for (let page = 0; path !== undefined && page < 20; page++) {
      const { body, headers } = await okta("GET", path);
      rows += body.length;
      path = /<([^>]+)>; rel="next"/.exec(headers.get("link") ?? "")?.[1]?.slice(referee.origin.length);
    }
    expect([rows, referee.takeObjections()]).toEqual([bench.sandbox.company.okta.groups.size, []]);
  });

  test("a service app's token opens the same, and what its scopes leave out is refused as specified", async () => {
    const { body } = await oktaToken(bench.sandbox, { scope: "okta.groups.read" });
    const authorization = `Bearer ${body.access_token}`;
    expect((await okta("GET", "/api/v1/groups?limit=5", undefined, { authorization })).status).toBe(200);
    expect((await okta("GET", "/api/v1/users?limit=5", undefined, { authorization })).status).toBe(403);
    expect(referee.takeObjections()).toEqual([]);
  });

  test("the referee does object", async () => {
    const person = finder(bench).person("kira.oduya@acme.com");
    Object.assign(person, { status: "GONE" });
    await okta("GET", `/api/v1/users/${person.id}`);
    Object.assign(person, { status: "ACTIVE" });
    expect(referee.takeObjections()).toHaveLength(1);
  });

  test("errors of limits are as specified", async () => {
    bench.sandbox.inject({ system: "okta", path: "/api/v1/groups", times: 1, kind: "status", status: 429 });
    expect((await okta("GET", "/api/v1/groups")).status).toBe(429);
    bench.sandbox.inject({ system: "okta", path: "/api/v1/groups", times: 1, kind: "status", status: 403 });
    expect((await okta("GET", "/api/v1/groups")).status).toBe(403);
    expect(referee.takeObjections()).toEqual([]);
  });
});
