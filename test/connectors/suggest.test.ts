/** Names by their beginning, asked of every kind of directory over real HTTP: one request, and never a word about absence. */

import { afterEach, beforeEach, expect, test } from "vitest";
import { type Fault, type Sandbox, startSandbox } from "../../server/src/sandbox/sandbox.ts";
import { CORP, connect, GOOGLE, HR } from "./sandboxConnector.ts";
import { CONTEXT, oktaConfig } from "./support.ts";

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ limited: false });
});
afterEach(() => sandbox.close());

const DIRECTORIES = [
  ["okta", oktaConfig("dd-*"), "/api/v1/groups"],
  ["entra", CORP, "/v1.0/groups"],
  ["google", GOOGLE, "/admin/directory/v1/groups"],
  ["scim", HR, "/v2/Groups"],
] as const;

/** Names of the company's groups, in the spelling of the directory. */
function namesLike(beginning: string, vendor: string): readonly string[] {
  return [...sandbox.company.okta.groups.values()]
    .map(({ name }) => (vendor === "google" ? `${name}@acme.com` : name))
    .filter((name) => name.startsWith(beginning))
    .sort();
}

test.each(DIRECTORIES)(
  "%s finds what begins so, whatever the case and the listing's filter",
  async (vendor, config) => {
    const directory = connect(sandbox, config);
    const found = await directory.suggestGroups("Contractor-", 50, CONTEXT);
    if (!found.ok) throw new Error(found.why.message);
    expect(found.value.groups.map(({ name }) => name).sort()).toEqual(namesLike("contractor-", vendor));
    expect(found.value.groups.length).toBeGreaterThan(1);
    expect(found.value.isWhole).toBe(true);
    expect(directory.requests()).toBe(1);
  },
);

test.each(DIRECTORIES)(
  "%s says that there may be more than a page, and is asked for no second one",
  async (_, config) => {
    const directory = connect(sandbox, config);
    const found = await directory.suggestGroups("dd-", 3, CONTEXT);
    expect(found).toMatchObject({ ok: true, value: { groups: [{}, {}, {}], isWhole: false } });
    expect(directory.requests()).toBe(1);
  },
);

const FAULTS: readonly (readonly [string, Partial<Fault> & Pick<Fault, "kind">, string])[] = [
  ["403", { kind: "status", status: 403 }, "denied"],
  ["429", { kind: "status", status: 429, headers: { "retry-after": "1" } }, "throttled"],
  ["503", { kind: "status", status: 503 }, "unreachable"],
  ["a cut connection", { kind: "reset" }, "unreachable"],
  ["a page for people", { kind: "html", status: 200 }, "malformed"],
];

test.each(DIRECTORIES)("%s: trouble is told after one try", async (vendor, config, path) => {
  for (const [, fault, kind] of FAULTS) {
    const directory = connect(sandbox, config);
    const system = vendor === "entra" || vendor === "google" || vendor === "scim" ? vendor : "okta";
    sandbox.inject({ system, path, times: 1, ...fault });
    expect(await directory.suggestGroups("dd-", 10, CONTEXT)).toMatchObject({ ok: false, why: { kind } });
    expect(directory.requests()).toBe(1);
  }
});

test.each(DIRECTORIES)("%s: signs in a name are no part of the question", async (_, config) => {
  const found = await connect(sandbox, config).suggestGroups(`dd'-"\\*) or true`, 10, CONTEXT);
  expect(found).toMatchObject({ ok: true, value: { groups: [] } });
});

test("a SCIM service that ignores filters is read as far as its page goes, and what is not meant is left out", async () => {
  sandbox.scim.sloppy.add("filter-ignored");
  const all = await connect(sandbox, HR).suggestGroups("contractor-", 500, CONTEXT);
  if (!all.ok) throw new Error(all.why.message);
  expect(all.value.groups.map(({ name }) => name).sort()).toEqual(namesLike("contractor-", "scim"));
  expect(all.value.isWhole).toBe(true);
  const few = await connect(sandbox, HR).suggestGroups("contractor-", 5, CONTEXT);
  expect(few).toMatchObject({ ok: true, value: { isWhole: false } });
});

test("a call that is given up is told as such", async () => {
  const controller = new AbortController();
  controller.abort();
  const found = await connect(sandbox, HR).suggestGroups("dd-", 10, { signal: controller.signal });
  expect(found).toMatchObject({ ok: false, why: { kind: "cancelled" } });
});
