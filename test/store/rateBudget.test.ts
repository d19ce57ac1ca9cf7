/** Rate limits shared by processes of one machine: seen by all, merged under a lock, and never in anybody's way. */

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { expect, onTestFinished, test } from "vitest";
import { openRateBudget, RATE_BUDGET_FILE } from "../../server/src/store/rateBudget.ts";
import { bench, get, json, NEVER } from "../http/support.ts";

const MODULE = resolve(import.meta.dirname, "../../server/src/store/rateBudget.ts");

function scratch() {
  const folder = mkdtempSync(join(tmpdir(), "accessmap-budget-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const log: string[] = [];
  const clock = { now: 1_000_000 };
  const open = () => openRateBudget({ folder, now: () => clock.now, log: (line) => log.push(line) });
  return { folder, file: join(folder, RATE_BUDGET_FILE), log, clock, open };
}

const low = (now: number) => ({ limit: 100, remaining: 3, resetAt: now + 60_000, seenAt: now });

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await condition()) return;
    await new Promise((soon) => setTimeout(soon, 20));
  }
  throw new Error("never happened");
}

test("what one window saw, another knows, until the allowance is filled again", async () => {
  const { file, clock, open } = scratch();
  const [one, two] = [open(), open()];
  expect(await two.find("https://a/groups")).toBeUndefined();
  one.note("https://a/groups", low(clock.now), true);
  await until(() => existsSync(file));
  expect(statSync(file).mode & 0o077).toBe(0);
  expect(await two.find("https://a/groups")).toBeUndefined(); // read a moment ago
  clock.now += 2000;
  expect(await two.find("https://a/groups")).toMatchObject({ remaining: 3 });
  expect(await two.find("https://a/users")).toBeUndefined();
  clock.now += 60_000;
  expect(await two.find("https://a/groups")).toBeUndefined();
});

test("the later word counts, and addresses in paths are not kept", async () => {
  const { file, clock, open } = scratch();
  const [one, two] = [open(), open()];
  const bucket = "https://a/groups/dd-sre@acme.com/members";
  one.note(bucket, { ...low(clock.now), remaining: 90, seenAt: clock.now + 5 }, true);
  await until(() => existsSync(file));
  two.note(bucket, low(clock.now), true);
  two.note("https://a/other", low(clock.now), true);
  await until(() => readFileSync(file, "utf8").includes("/other"));
  expect(JSON.parse(readFileSync(file, "utf8")).allowances["https://a/groups/*/members"].remaining).toBe(90);
  expect(readFileSync(file, "utf8")).not.toContain("acme.com");
});

test("processes that write at the same time lose nothing", async () => {
  const { folder, file } = scratch();
  const program = join(folder, "budget.cjs");
  buildSync({ entryPoints: [MODULE], outfile: program, bundle: true, platform: "node", format: "cjs" });
  const write = (name: string) =>
    new Promise((ended) => {
      const script = `const { openRateBudget } = require(${JSON.stringify(program)});
        const budget = openRateBudget({ folder: ${JSON.stringify(folder)}, now: Date.now, log: console.error });
        for (let i = 0; i < 5; i++) budget.note("https://${name}/" + i, { limit: 9, remaining: 0, resetAt: Date.now() + 60000, seenAt: Date.now() }, true);`;
      spawn(process.execPath, ["-e", script], { stdio: "inherit" }).on("close", ended);
    });
  expect(await Promise.all(["a", "b", "c"].map(write))).toEqual([0, 0, 0]);
  expect(Object.keys(JSON.parse(readFileSync(file, "utf8")).allowances)).toHaveLength(15);
}, 20_000);

test.each(["", "{", '{"version":2}', '{"version":1,"allowances":{"https://a/groups":{"limit":"9"}}}'])(
  "a damaged file counts as an empty one: %j",
  async (text) => {
    const { file, clock, open, log } = scratch();
    writeFileSync(file, text);
    const budget = open();
    expect(await budget.find("https://a/groups")).toBeUndefined();
    budget.note("https://a/groups", low(clock.now), true);
    await until(() => readFileSync(file, "utf8").includes('"remaining":3'));
    expect(log).toEqual([]);
  },
);

test("a folder that cannot be used costs one line, and requests go on", async () => {
  const { folder, log, clock, open } = scratch();
  rmSync(folder, { recursive: true });
  writeFileSync(folder, "a file");
  const budget = open();
  budget.note("https://a/groups", low(clock.now), true);
  await until(() => log.length > 0);
  expect([await budget.find("https://a/groups"), log.length]).toEqual([undefined, 1]);
});

test("the client waits for an allowance that another window used up, and tells of its own", async () => {
  const noted: [string, boolean][] = [];
  const limits = { "x-ratelimit-limit": "100", "x-ratelimit-remaining": "4", "x-ratelimit-reset": "30" };
  const { http, slept } = bench([json([], 200, limits)], {
    shared: {
      find: async () => ({ ...low(Date.parse("2026-11-23T14:00:00Z")), resetAt: Date.parse("2026-11-23T14:00:07Z") }),
      note: (bucket, _, isUrgent) => noted.push([bucket, isUrgent]),
    },
  });
  await http.send(get(), NEVER);
  expect([slept, noted]).toEqual([[7000], [["https://acme.okta.com/api/v1/groups", true]]]);
});
