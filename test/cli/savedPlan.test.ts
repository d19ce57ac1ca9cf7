/** A saved plan and a directory that moves before it is applied. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Plan } from "../../server/src/core/sync/plan.ts";
import { type Sandbox, startSandbox } from "../../server/src/sandbox/sandbox.ts";
import { makeSample, runCli } from "../support/cli.ts";
import type { Run } from "../support/process.ts";

let sandbox: Sandbox;
let scratch: Awaited<ReturnType<typeof makeSample>>;
let project: string;

beforeAll(async () => {
  sandbox = await startSandbox({ limited: false });
  scratch = await makeSample();
  project = scratch.project;
});
afterAll(async () => {
  await sandbox.close();
  scratch.remove();
});

const run = (...args: string[]): Promise<Run> => runCli(args, { cwd: project, env: sandbox.environment });

test("groups that emptied are seen before the first write, and a plan of what is true then goes through", async () => {
  expect((await run("plan", "--out", "plan.json")).code).toBe(0);
  const { plan } = JSON.parse(readFileSync(join(project, "plan.json"), "utf8")) as { plan: Plan };
  const given = plan.changes.flatMap((change) =>
    change.action === "set-roles" ? change.grants.map(({ because }) => because.text.split(" ")[0]) : [],
  );
  const group = [...sandbox.company.okta.groups.values()].find(({ name }) => given.includes(name));
  const members = group?.members ?? [];
  if (group) group.members = [];
  const refused = await run("apply", "plan.json", "--yes");
  expect([refused.code, refused.stderr]).toEqual([
    5,
    expect.stringMatching(
      /Nothing was written: groups or accounts moved since the plan was made: it is not asked for /,
    ),
  ]);
  if (group) group.members = members;
  const applied = await run("apply", "plan.json", "--yes");
  expect([applied.code, applied.stdout]).toEqual([0, expect.stringMatching(/^Applied: /m)]);
}, 60_000);
