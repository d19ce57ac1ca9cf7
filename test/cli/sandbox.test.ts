/** The whole job by the command line against the sandbox: check, plan, apply, an empty second plan, and what must refuse. */

import { spawn } from "node:child_process";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeSample, runCli } from "../support/cli.ts";
import {
  CLI,
  cleanEnvironment,
  makeFolder,
  type Run,
  type RunningSandbox,
  startSandboxProcess,
} from "../support/process.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const NOTHING = "No changes. Datadog matches the mapping files.";

describe("the sample, from check to an empty plan", () => {
  let sandbox: RunningSandbox;
  let scratch: Awaited<ReturnType<typeof makeSample>>;
  let project: string;
  const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> =>
    runCli(args, { cwd: project, env: { ...sandbox.environment, ...env } });
  const lastLine = ({ stdout }: Run) => stdout.trimEnd().split("\n").at(-1);

  beforeAll(async () => {
    sandbox = await startSandboxProcess();
    scratch = await makeSample();
    project = scratch.project;
  });
  afterAll(async () => {
    await sandbox.stop();
    scratch.remove();
  });

  test("over-privilege and a misspelt group are found", async () => {
    const checked = await run(["check"]);
    expect(checked.code).toBe(1);
    expect(checked.stdout).toMatch(/"dd-engineering" gives "Platform Admin" to \d+ people.*priv\/admin-broad-group/);
    expect(checked.stdout).toMatch(/did you mean "dd-checkout-oncall"\?\s+ref\/unknown-group/);
  });

  test("a path that is not there is told before anything is read", async () => {
    const checked = await run(["check", "nope.yaml"]);
    expect([checked.code, checked.stderr]).toEqual([2, expect.stringMatching(/^error nope\.yaml is no file/)]);
  });

  test("what the sample expects holds, and changes that nothing would notice are listed", async () => {
    const tested = await run(["test", "--mutate", "--require-live"]);
    expect(tested.stdout).toMatch(/9 of 9 hold, 0 fail, 0 could not be proven/);
    expect(tested.stdout).toMatch(/of \d+ harmful changes would be noticed/);
    expect(tested.stdout).toMatch(/drop {4}"dd-engineering" no longer gets "Platform Admin"/);
    expect(tested.code).toBe(0);
  }, 60_000);

  test("questions are answered with the path", async () => {
    const who = await run(["who-can", "logs_delete_data"]);
    expect(who.stdout).toMatch(/"dd-log-admins" → "Log Admin" {2}access\/platform\.accessmap\.yaml:\d+/);
    const explained = await run(["explain", "carla.venturi@acme.com"]);
    expect(explained.stdout).toMatch(/critical \(\d+\)[\s\S]*user_access_manage +"dd-admins" → "Datadog Admin Role"/);
    const supposed = await run(["what-if", "--group", "contractor-apac", "--gains", "Log Admin", "--format", "json"]);
    const [{ people }] = JSON.parse(supposed.stdout);
    expect(people[0].gains.map((gain: { permission: string }) => gain.permission)).toContain("logs_delete_data");
    const played = await run(["login", "--person", "carla.venturi@acme.com"]);
    expect(played.stdout).toMatch(/Login of carla\.venturi@acme\.com to prod\nThe login would/);
  }, 60_000);

  test("a wrong token makes nothing red and blocks the plan", async () => {
    const wrong = { OKTA_CLIENT_TOKEN: "wrong" };
    const checked = await run(["check"], wrong);
    expect(checked.stdout).toMatch(/okta not checked: /);
    expect(checked.stdout).not.toMatch(/ref\/unknown-group/);
    expect((await run(["plan"], wrong)).code).toBe(3);
  });

  test("a read-only key cannot push, and says so", async () => {
    const { DD_API_KEY = "", DD_APP_KEY = "" } = sandbox.environment;
    const pushed = await run(["apply", "--yes"], {
      ACCESSMAP_WRITE_DD_API_KEY: DD_API_KEY,
      ACCESSMAP_WRITE_DD_APP_KEY: DD_APP_KEY,
    });
    expect([pushed.code, /Nothing was written/.test(pushed.stdout + pushed.stderr)]).toEqual([5, true]);
  });

  test("a key of another organization than the files mean is refused", async () => {
    const file = join(project, "accessmap.yaml");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace(/^( +id: ).*$/m, "$111111111-7f6c-11ee-a2e8-da7ad0900005"));
    const planned = await run(["plan"]);
    writeFileSync(file, text);
    expect([planned.code, planned.stderr]).toEqual([5, expect.stringMatching(/belongs to "Acme Production"/)]);
  });

  test("without a terminal nothing is pushed unless --yes says so", async () => {
    const asked = await run(["apply"]);
    expect([asked.code, asked.stderr]).toEqual([2, expect.stringMatching(/--yes/)]);
  });

  test("a saved plan is applied once, exactly, and the next plan is empty", { timeout: 60_000 }, async () => {
    const product = join(project, "access/product.accessmap.yaml");
    writeFileSync(product, readFileSync(product, "utf8").replace("dd-chekout-oncall", "dd-checkout-oncall"));
    expect((await run(["plan", "--out", "plan.json", "--detailed-exitcode"])).code).toBe(4);

    appendFileSync(product, "# a later thought\n");
    const outdated = await run(["apply", "plan.json", "--yes"]);
    expect([outdated.code, outdated.stderr]).toEqual([
      5,
      expect.stringMatching(/product\.accessmap\.yaml changed since/),
    ]);
    writeFileSync(product, readFileSync(product, "utf8").replace("# a later thought\n", ""));

    const applied = await run(["apply", "plan.json", "--yes"]);
    expect(applied.stdout).toMatch(/Applied: \d+ done(, \d+ already so)? of \d+ steps\./);
    expect(applied.code).toBe(0);

    const again = await run(["plan", "--detailed-exitcode"]);
    expect([again.code, lastLine(again)]).toEqual([0, NOTHING]);

    const repeated = await run(["apply", "plan.json", "--yes"]);
    expect([repeated.code, repeated.stdout]).toEqual([
      0,
      expect.stringMatching(/Applied: (\d+) already so of \1 steps\./),
    ]);
    expect(lastLine(await run(["plan"]))).toBe(NOTHING);
  });

  test("a plan that somebody edited is refused", async () => {
    writeFileSync(
      join(project, "edited.json"),
      readFileSync(join(project, "plan.json"), "utf8").replace(/"Engineer"/, '"Platform Admin"'),
    );
    const applied = await run(["apply", "edited.json", "--yes"]);
    expect([applied.code, applied.stderr]).toEqual([2, expect.stringMatching(/edited\.json/)]);
  });

  test("the lock is up to date, and can be written from live ids", async () => {
    const locked = await run(["lock"]);
    expect([locked.code, JSON.parse(readFileSync(join(project, "accessmap.lock"), "utf8")).version]).toEqual([0, 1]);
    expect((await run(["lock"])).stdout).toMatch(/up to date/);
  });

  test("effective permissions of a group, in text and as data", async () => {
    expect((await run(["show", "dd-sre"])).stdout).toMatch(/16 active[\s\S]*logs_write_pipelines\s+SRE/);
    const [access] = JSON.parse((await run(["show", "dd-sre", "--format", "json"])).stdout);
    expect(access.permissions).toContainEqual({
      name: "logs_write_pipelines",
      sensitivity: "high",
      through: ["SRE"],
      baseline: false,
    });
    expect((await run(["show", "dd-sree"])).stderr).toMatch(/did you mean "dd-sre"/);
  });
});

test("a port that is taken is named, with the remedy", async () => {
  const holder = createServer();
  await new Promise<void>((listening) => holder.listen(0, "127.0.0.1", listening));
  const { port } = holder.address() as { port: number };
  const folder = makeFolder({});
  const run = await runCli(["sandbox", "--okta-port", String(port)], { cwd: folder.path });
  holder.close();
  folder.remove();
  expect([run.code, run.stderr]).toEqual([2, expect.stringMatching(new RegExp(`${port}.*taken|${port}.*in use`))]);
});

test("the sandbox ends with its parent", async () => {
  const script = `const { spawn } = require("node:child_process");
    const child = spawn(process.execPath, [${JSON.stringify(CLI)}, "sandbox", "--json"], { stdio: ["pipe", "pipe", "inherit"] });
    child.stdout.once("data", () => console.log(child.pid));
    setTimeout(() => {}, 60000);`;
  const parent = spawn(process.execPath, ["-e", script], { cwd: ROOT, env: cleanEnvironment() });
  const pid = Number(await new Promise((line) => createInterface({ input: parent.stdout }).once("line", line)));
  parent.kill("SIGKILL");
  const deadline = Date.now() + 10_000;
  while (isAlive(pid) && Date.now() < deadline) await new Promise((soon) => setTimeout(soon, 50));
  expect(isAlive(pid)).toBe(false);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
