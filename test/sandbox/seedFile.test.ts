/** Seed files: short ones are completed, the state of a running sandbox is one, and mistakes are answered with a remedy. */

import { describe, expect, test } from "vitest";
import { parseSeed, startSandbox } from "../../server/src/sandbox/sandbox.ts";
import { createSeed } from "../../server/src/sandbox/seed/seed.ts";
import { toSeed } from "../../server/src/sandbox/seedState.ts";
import { toBench } from "./bench.ts";

const SHORT = `
okta:
  users: [{ login: Ana@acme.com }, { login: bo@acme.com, status: SUSPENDED }]
  groups: [{ name: dd-sre, members: [ana@acme.com, bo@acme.com] }]
datadog:
  roles: [{ name: SRE, permissions: [logs_read_data] }]
  users: [{ handle: ana@acme.com, roles: [SRE, Datadog Admin Role] }]
  teams: [{ handle: sre, members: [ana@acme.com], admins: [ana@acme.com] }]
  mappings: [{ value: dd-sre, role: SRE }]
`;

test("names are enough, and keys, managed roles and permissions come by themselves", async () => {
  const sandbox = await startSandbox({ seed: parseSeed(SHORT) });
  try {
    const bench = toBench(sandbox);
    expect((await bench.okta("GET", "/api/v1/groups")).body[0].profile.name).toBe("dd-sre");
    const roles = (await bench.reader("GET", "/api/v2/roles?filter=datadog")).body.data;
    expect(roles).toHaveLength(3);
    expect((await bench.reader("GET", "/api/v2/current_user")).body.data.attributes.handle).toBe("ana@acme.com");
    expect((await bench.scim("GET", "/Users")).body.totalResults).toBe(1);
    expect((await bench.reader("GET", "/api/v2/team")).body.data[0].attributes.user_count).toBe(1);
  } finally {
    await sandbox.close();
  }
});

test("the state of a company is a seed of the same company", () => {
  const company = createSeed();
  expect(toSeed(parseSeed(JSON.stringify(toSeed(company))))).toEqual(toSeed(company));
});

describe("mistakes", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["{", "neither JSON nor YAML"],
    ["[]", "seed is not an object; write its fields below it"],
    ["okta: { users: [{ name: x }] }", "okta.users[0].login is missing or no text; give it a login"],
    ["okta: { users: [{ login: a@b.c, status: GONE }] }", 'okta.users[0].status is "GONE"; use one of STAGED'],
    ["okta: { groups: [{ name: g, members: [x@y.z] }] }", 'okta.groups[0].members[0] names "x@y.z"'],
    ["datadog: { roles: [{ name: R, permissions: [fly] }] }", "datadog.roles[0].permissions[0]"],
    ["datadog: { users: [{ handle: a@b.c, roles: [Nope] }] }", "add the role to datadog.roles"],
    ["datadog: { mappings: [{ value: g }] }", "datadog.mappings[0] does not give exactly one known role or team"],
  ];
  test.each(cases)("%s", (text, message) => expect(() => parseSeed(text)).toThrow(message));
});
