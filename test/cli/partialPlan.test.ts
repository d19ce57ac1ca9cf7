/** What could not be read of a plan, an apply or drift: told, left out, and in the exit code whatever else there is to tell. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../server/src/sandbox/sandbox.ts";
import { makeSample, runCli } from "../support/cli.ts";
import type { Run } from "../support/process.ts";

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

const run = (...args: string[]): Promise<Run> => runCli(args, { cwd: scratch.project, env: sandbox.environment });

const WHY = /members of dd-sre: /;

describe("one group is gone in the middle of the read", () => {
  beforeEach(() => {
    const group = [...sandbox.company.okta.groups.values()].find(({ name }) => name === "dd-sre");
    sandbox.inject({ system: "okta", path: `/api/v1/groups/${group?.id}/users`, kind: "status", status: 404 });
  });
  afterEach(() => sandbox.clearFaults());

  test.each<[string, string[], RegExp]>([
    ["a plan", ["plan"], WHY],
    ["a plan that is asked whether changes are pending", ["plan", "--detailed-exitcode"], WHY],
    ["a plan as data", ["plan", "--format", "json"], /"unread": "members of dd-sre: /],
    ["a plan for a request", ["plan", "--format", "markdown"], /members of dd\\?-sre: /],
    ["drift", ["drift"], WHY],
    ["drift as data", ["drift", "--format", "json"], /"unread": "members of dd-sre: /],
  ])("%s", async (_, args, told) => {
    const { code, stdout } = await run(...args);
    expect([code, stdout]).toEqual([3, expect.stringMatching(told)]);
  });

  test("an apply pushes what is known, and says that it may not be all", async () => {
    expect((await run("plan", "--out", "plan.json")).code).toBe(3);
    const saved = readFileSync(join(scratch.project, "plan.json"), "utf8");
    expect(saved).toMatch(/"unread":/);
    const applied = await run("apply", "--reviewed", "plan.json", "--yes", "--format", "json");
    expect([applied.code, JSON.parse(applied.stdout)]).toEqual([
      3,
      expect.objectContaining({ status: "done", unread: expect.stringMatching(WHY) }),
    ]);
    const again = await run("apply", "--yes");
    expect([again.code, again.stdout]).toEqual([3, expect.stringMatching(WHY)]);
  });
});

test("afterwards the rest is pending, and then nothing", async () => {
  expect((await run("plan", "--detailed-exitcode")).code).toBe(4);
  const applied = await run("apply", "--yes");
  expect([applied.code, applied.stderr]).toEqual([0, expect.not.stringMatching(/not read/i)]);
  expect((await run("plan", "--detailed-exitcode")).code).toBe(0);
});
