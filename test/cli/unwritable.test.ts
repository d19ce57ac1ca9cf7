/** Places that take nothing: without a lock or a journal nothing is pushed, and people learn which place it is. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../server/src/sandbox/sandbox.ts";
import { makeSample, runCli } from "../support/cli.ts";

let sandbox: Sandbox;
let scratch: Awaited<ReturnType<typeof makeSample>>;

beforeAll(async () => {
  sandbox = await startSandbox({ limited: false });
  scratch = await makeSample();
  writeFileSync(join(scratch.path, "file"), "");
});
afterAll(async () => {
  await sandbox.close();
  scratch.remove();
});

test("a storage that is a file refuses a push, and no check or plan", { timeout: 60_000 }, async () => {
  const file = join(scratch.path, "file");
  const run = (...args: string[]) =>
    runCli(args, { cwd: scratch.project, env: { ...sandbox.environment, ACCESSMAP_STORAGE: file } });
  for (const [verb, expected] of [
    ["check", 1],
    ["plan", 0],
  ] as const) {
    const told = await run(verb);
    expect([told.code, told.stderr.match(/^Note: .*$/gm)]).toEqual([
      expected,
      [
        `Note: Nothing that was read is kept: ${join(file, "inventories")} cannot be used (ENOTDIR), so the next run reads everything anew, and has nothing to go by where it cannot read. Make it writable, or name another with ACCESSMAP_STORAGE.`,
      ],
    ]);
    expect((await run("--quiet", verb)).stderr).toBe("");
  }
  const { code, stderr } = await run("apply", "--yes");
  expect([code, stderr]).toEqual([
    5,
    expect.stringMatching(
      /Nothing was written: the lock of applies cannot be written \(.*file'\), .* writable, or name another with ACCESSMAP_STORAGE/,
    ),
  ]);
});

test("a project that takes no journal refuses a push", { timeout: 60_000 }, async () => {
  writeFileSync(join(scratch.project, ".accessmap"), "");
  const { code, stderr } = await runCli(["apply", "--yes"], { cwd: scratch.project, env: sandbox.environment });
  expect([code, stderr]).toEqual([2, expect.stringMatching(/\.accessmap.journal cannot be used/)]);
});
