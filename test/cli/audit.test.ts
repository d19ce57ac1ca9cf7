/** Verbs for auditors against the sandbox: credentials, leavers, reviews, the past, the record. */

import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeFolder, type Run, type RunningSandbox, runCli, startSandboxProcess } from "../support/process.ts";

let sandbox: RunningSandbox;
let scratch: ReturnType<typeof makeFolder>;
let project: string;
const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> =>
  runCli(args, { cwd: project, env: { ...sandbox.environment, ...env } });

beforeAll(async () => {
  sandbox = await startSandboxProcess();
  scratch = makeFolder({});
  project = join(scratch.path, "sample");
  await runCli(["sandbox", "--write-sample", project], { cwd: scratch.path });
});
afterAll(async () => {
  await sandbox.stop();
  scratch.remove();
});

describe("credentials", () => {
  test("each key with its owner, and what cannot be read", async () => {
    const listed = await run(["credentials"]);
    expect(listed.code).toBe(1);
    expect(listed.stdout).toMatch(/terraform +application key .* terraform \(service account\) +\d+ days old/);
    expect(listed.stdout).toMatch(/okta, API tokens: the scope okta\.apiTokens\.read/);
  });

  test("the same as data, and as a table that names no secret", async () => {
    const { rows } = JSON.parse((await run(["credentials", "--format", "json"])).stdout);
    const csv = (await run(["credentials", "--format", "csv"])).stdout;
    expect(csv.trimEnd().split("\r\n").length).toBe(rows.length + 1);
    expect(csv).not.toMatch(/sandbox-write-app-key/);
  });

  test("a key that may not see keys makes nothing up", async () => {
    const { code, stdout } = await run(["credentials"], { DD_APP_KEY: "wrong" });
    expect([code, stdout]).toEqual([
      3,
      expect.stringMatching(/prod, API keys: .*api_keys_read[\s\S]*No credential is known/),
    ]);
  });
});
