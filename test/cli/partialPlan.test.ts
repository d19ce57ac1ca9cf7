/** A group that cannot be read: what is known is planned and applied, and no command says that this is all. */

import { afterAll, beforeAll, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../server/src/sandbox/sandbox.ts";
import { makeSample, runCli } from "../support/cli.ts";

let sandbox: Sandbox;
let scratch: Awaited<ReturnType<typeof makeSample>>;

beforeAll(async () => {
  sandbox = await startSandbox({ limited: false });
  scratch = await makeSample();
});
afterAll(async () => {
  await sandbox.close();
  scratch.remove();
});

const SOMETHING = /people gain access.*; \d+ things? held back; members of dd-admins: /;
const NOTHING = /No change is known; (\d+ things? held back; )?members of dd-admins: /;

/** Each with its exit code and what it says at the end of its output, one after another in one project. */
const CASES = [
  [["plan"], 3, SOMETHING],
  [["plan", "--detailed-exitcode"], 3, SOMETHING],
  [["apply", "--yes"], 3, /^Applied: .*(\n.*)*$/m],
  [["plan"], 3, NOTHING],
  [["apply", "--yes"], 3, NOTHING],
] as const;

test("what could not be read ends a plan and an apply with 3", async () => {
  const group = [...sandbox.company.okta.groups.values()].find(({ name }) => name === "dd-admins");
  sandbox.inject({ system: "okta", path: `/api/v1/groups/${group?.id}/users`, kind: "status", status: 404 });
  const run = (args: readonly string[]) => runCli(args, { cwd: scratch.project, env: sandbox.environment });
  for (const [args, code, said] of CASES) {
    const ended = await run(args);
    expect([args, ended.code, ended.stdout]).toEqual([args, code, expect.stringMatching(said)]);
  }
  await sandbox.clearFaults();
  // Only now can anybody say that nothing is left.
  expect((await run(["plan"])).code).toBe(0);
}, 60_000);
