/** Names of groups and people that the command line is asked about: what is not there is told apart from what is not known. */

import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../server/src/sandbox/sandbox.ts";
import { makeSample, runCli } from "../support/cli.ts";

let sandbox: Sandbox;
let scratch: Awaited<ReturnType<typeof makeSample>>;

beforeAll(async () => {
  sandbox = await startSandbox({ limited: false });
  scratch = await makeSample();
  appendFileSync(
    join(scratch.project, "access/product.accessmap.yaml"),
    "\n  - group: DD-SRE\n    roles: [SRE]\n  - group: Contractor-EMEA\n    roles: [SRE]\n",
  );
});
afterEach(() => sandbox.clearFaults());
afterAll(async () => {
  await sandbox.close();
  scratch.remove();
});

const absent = (name: string, near: string) =>
  new RegExp(
    `^error "okta" has no group "${name}", so the mapping of it gives nobody anything; did you mean "${near}"\\?$`,
    "m",
  );

/** `hidden` is a path of Okta that the token may not see; a group's name in it stands for the group's id. */
const cases: readonly (readonly [
  what: string,
  args: string[],
  hidden: string,
  code: number,
  stdout: RegExp,
  stderr: RegExp,
])[] = [
  ["a group", ["show", "dd-sre"], "", 0, /People {2}\d+ active[\s\S]*Roles {3}SRE/, /^/],
  ["a group in no mapping", ["show", "dd-nothing"], "", 2, /^$/, /^error No mapping names the group "dd-nothing"$/m],
  [
    "a group that the directory does not have",
    ["show", "dd-chekout-oncall"],
    "",
    2,
    /^$/,
    absent("dd-chekout-oncall", "dd-checkout-oncall"),
  ],
  ["a group in another case", ["show", "DD-SRE"], "", 2, /^$/, absent("DD-SRE", "dd-sre")],
  [
    "a group in another case that is not listed",
    ["show", "Contractor-EMEA"],
    "",
    2,
    /^$/,
    absent("Contractor-EMEA", "contractor-emea"),
  ],
  [
    "a group whose members are hidden",
    ["show", "dd-sre"],
    "/api/v1/groups/dd-sre/users",
    3,
    /People {2}not checked: [\s\S]*Roles {3}SRE/,
    /^/,
  ],
  [
    "any group while none can be listed",
    ["show", "dd-chekout-oncall"],
    "/api/v1/groups",
    3,
    /People {2}not checked: /,
    /^okta not checked: /m,
  ],
  ["a person whom nobody knows", ["explain", "nobody@acme.com"], "", 2, /^$/, /is called "nobody@acme.com"$/m],
  [
    "a person while none can be listed",
    ["explain", "nobody@acme.com"],
    "/api/v1/groups",
    3,
    /^$/,
    /Nobody known of prod is called "nobody@acme.com"\. Not certain: /,
  ],
];

test.each(cases)("%s", async (_, args, hidden, code, stdout, stderr) => {
  const byName = [...sandbox.company.okta.groups.values()].map(({ id, name }) => [name, id] as const);
  const path = hidden.replace(/dd-\w+/, (name) => new Map(byName).get(name) ?? name);
  if (hidden !== "") sandbox.inject({ system: "okta", path, kind: "status", status: 403 });
  expect(await runCli(args, { cwd: scratch.project, env: sandbox.environment })).toEqual({
    code,
    stdout: expect.stringMatching(stdout),
    stderr: expect.stringMatching(stderr),
  });
});
