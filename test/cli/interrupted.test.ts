/** An apply that does not come to its end: killed, stopped by Ctrl+C, met by a second one; and how each is finished or closed. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../server/src/sandbox/sandbox.ts";
import { makeSample, runCli } from "../support/cli.ts";
import { CLI, cleanEnvironment, type Run } from "../support/process.ts";

let sandbox: Sandbox;
let scratch: Awaited<ReturnType<typeof makeSample>>;
let project: string;

beforeEach(async () => {
  sandbox = await startSandbox({ limited: false });
  scratch = await makeSample();
  project = scratch.project;
});
afterEach(async () => {
  await sandbox.close();
  scratch.remove();
});

const run = (...args: string[]): Promise<Run> => runCli(args, { cwd: project, env: sandbox.environment });

/** Starts an apply whose writes of roles hang from the third on, and waits until one of them does. */
async function startHanging(
  env: Readonly<Record<string, string>> = {},
): Promise<{ child: ChildProcess; ended: Promise<unknown>; said: () => string }> {
  sandbox.inject({ system: "datadog", method: "PATCH", path: "/api/v2/scim/Users", after: 2, kind: "slow", ms: 2500 });
  const child = spawn(process.execPath, [CLI, "apply", "--yes"], {
    cwd: project,
    env: cleanEnvironment({ ...sandbox.environment, ...env }),
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (said += chunk));
  const ended = once(child, "close");
  for (let tries = 0; outcomes("set-roles") < 2; tries++) {
    if (tries > 2400 || child.exitCode !== null) throw new Error(`it never came to its third write: ${said}`);
    await pause(25);
  }
  return { child, ended, said: () => said };
}

/** Steps of one kind that have an outcome in the latest journal. */
function outcomes(action: string): number {
  const [first] = journals();
  const entries = first === undefined ? [] : readFileSync(first, "utf8").split("\n").slice(0, -1);
  const read = entries.map((line) => JSON.parse(line) as { event: string; step: number; change?: { action: string } });
  const steps = new Set(read.flatMap(({ change, step }) => (change?.action === action ? [step] : [])));
  return read.filter(({ event, step }) => event === "outcome" && steps.has(step)).length;
}

function journals(): readonly string[] {
  const folder = join(project, ".accessmap/journal");
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".jsonl"))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

test("killed: another apply refuses, resuming finishes, and nothing is left to do", async () => {
  const { child, ended } = await startHanging();
  child.kill("SIGKILL");
  await ended;
  sandbox.clearFaults();

  const another = await run("apply", "--yes");
  expect([another.code, another.stderr]).toEqual([5, expect.stringMatching(/was interrupted: \d+ of \d+ steps have/)]);
  expect((await run("drift")).stderr).toMatch(
    /^Note: an apply to prod, .* --abandon.* What it has not done yet is among the differences\.$/m,
  );
  const resumed = await run("apply", "--resume", "--yes");
  expect([resumed.code, resumed.stdout]).toEqual([0, expect.stringMatching(/^Applied: \d+ done\b.* of \d+ steps\./m)]);
  expect(journals()).toHaveLength(1);
  expect((await run("plan", "--detailed-exitcode")).code).toBe(0);
  const nothing = await run("apply", "--resume", "--yes");
  expect([nothing.code, nothing.stderr]).toEqual([2, expect.stringContaining("nothing to resume")]);
}, 180_000);

test("a plan that came with the repository is never finished, one's own is shown again first", async () => {
  const storage = { ACCESSMAP_STORAGE: join(scratch.path, "storage") };
  const { child, ended } = await startHanging(storage);
  child.kill("SIGKILL");
  await ended;
  sandbox.clearFaults();

  const elsewhere = { ...sandbox.environment, ACCESSMAP_STORAGE: join(scratch.path, "other") };
  const foreign = await runCli(["apply", "--resume", "--yes"], { cwd: project, env: elsewhere });
  expect([foreign.code, foreign.stderr]).toEqual([
    5,
    expect.stringMatching(/you did not begin the apply of .*--abandon/),
  ]);
  const own = await runCli(["apply", "--resume", "--yes"], {
    cwd: project,
    env: { ...sandbox.environment, ...storage },
  });
  expect([own.code, own.stdout]).toEqual([0, expect.stringMatching(/^Plan for [\s\S]*^Steps[\s\S]*^Applied: /m)]);
  expect(readdirSync(join(storage.ACCESSMAP_STORAGE, "begun"))).toEqual([]);
}, 180_000);

test("killed and abandoned: the journal is closed as it stands, and a new apply may begin", async () => {
  const { child, ended } = await startHanging();
  child.kill("SIGKILL");
  await ended;
  sandbox.clearFaults();

  const abandoned = await run("apply", "--abandon");
  expect([abandoned.code, abandoned.stdout]).toEqual([
    0,
    expect.stringMatching(/^Abandoned after \d+ of \d+ steps; step/),
  ]);
  const [journal = ""] = journals();
  expect(readFileSync(journal, "utf8").trimEnd().split("\n").at(-1)).toContain('"status":"abandoned"');
  expect((await run("apply", "--yes")).code).toBe(0);
}, 180_000);

test("Ctrl+C: steps under way are finished, the rest is told, and the exit code says partly", async () => {
  const { child, ended, said } = await startHanging();
  child.kill("SIGINT");
  const [code] = (await ended) as [number];
  expect(code).toBe(6);
  expect(said()).toMatch(/Stopping after the steps under way/);
  expect(said()).toMatch(/^Cancelled: \d+ done\b.*, \d+ skipped of \d+ steps\./m);
  expect(said()).toMatch(/^What is left: `accessmap plan` shows it, `accessmap apply` does it, and `accessmap undo` /m);
  sandbox.clearFaults();
  expect((await run("apply", "--yes")).code).toBe(0);
}, 180_000);

test("Ctrl+C twice quits at once, and leaves what resuming needs", async () => {
  const { child, ended, said } = await startHanging();
  child.kill("SIGINT");
  while (!said().includes("Stopping")) await once(child.stderr as NodeJS.ReadableStream, "data");
  child.kill("SIGINT");
  const [code, signal] = (await ended) as [number | null, string | null];
  expect([code, signal]).toEqual([null, "SIGINT"]);
  sandbox.clearFaults();
  expect((await run("apply", "--resume", "--yes")).code).toBe(0);
}, 180_000);

test("one at a time: a second apply is told who is at work", async () => {
  const { child, ended } = await startHanging();
  const second = await run("apply", "--yes");
  expect([second.code, second.stderr]).toEqual([
    5,
    expect.stringContaining(`(process ${child.pid}) is applying since`),
  ]);
  sandbox.clearFaults();
  const [code] = (await ended) as [number];
  expect(code).toBe(0);
}, 180_000);
