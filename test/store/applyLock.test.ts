/** The lock of an organization: held by one, taken over from the dead, explained by the living, and asked for of the silent. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { lockPath, takeApplyLock } from "../../server/src/store/applyLock.ts";

const ABOUT = { startedAt: "2026-11-23T12:00:00.000Z", project: "/repo" };

let path: string;
beforeEach(async () => {
  path = lockPath(await mkdtemp(join(tmpdir(), "accessmap-lock-")), "org/../1");
});

test("one holds it, and nothing is left when it is released", async () => {
  const first = await takeApplyLock(path, ABOUT);
  const second = await takeApplyLock(path, { ...ABOUT, startedAt: "2026-11-23T12:00:01.000Z" });
  expect(second).toMatchObject({ held: { state: "alive", owner: { pid: process.pid, project: "/repo" } } });
  if ("held" in first) throw new Error("the lock was free");
  await first.lock.release();
  expect(await readdir(join(path, ".."))).toEqual([]);
  expect(await takeApplyLock(path, ABOUT)).toHaveProperty("lock");
});

test("many at once: exactly one gets it", async () => {
  const attempts = await Promise.all(Array.from({ length: 12 }, () => takeApplyLock(path, ABOUT)));
  expect(attempts.filter((attempt) => "lock" in attempt)).toHaveLength(1);
});

test("a process that is gone holds nothing, and is named", async () => {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  await leave({ pid: child.pid ?? 0, host: hostname() });
  expect(await takeApplyLock(path, ABOUT)).toMatchObject({ left: { pid: child.pid, user: "ana" } });
});

test("somebody silent is not robbed unless that is asked for", async () => {
  await leave({ pid: 1, host: "another-host" });
  expect(await takeApplyLock(path, ABOUT)).toMatchObject({ held: { state: "alive" } });
  const longAgo = new Date(Date.now() - 10 * 60_000);
  await utimes(path, longAgo, longAgo);
  expect(await takeApplyLock(path, ABOUT)).toMatchObject({
    held: { state: "silent", owner: { host: "another-host" } },
  });
  expect(await takeApplyLock(path, ABOUT, { takesSilent: true })).toHaveProperty("lock");
});

test("somebody at work is not robbed even then", async () => {
  await leave({ pid: 1, host: "another-host" });
  expect(await takeApplyLock(path, ABOUT, { takesSilent: true })).toHaveProperty("held");
});

test("a lock that was taken over is not freed by its former owner", async () => {
  const first = await takeApplyLock(path, ABOUT);
  await leave({ pid: 1, host: "another-host" });
  if ("held" in first) throw new Error("the lock was free");
  await first.lock.release();
  expect(JSON.parse(await readFile(path, "utf8"))).toMatchObject({ host: "another-host" });
});

function leave(owner: { readonly pid: number; readonly host: string }): Promise<void> {
  return writeFile(path, JSON.stringify({ user: "ana", ...ABOUT, ...owner }));
}
