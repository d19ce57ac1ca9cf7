/** One thing at a time with a file, also where the machine stood still meanwhile. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { alone } from "../../server/src/store/mutex.ts";

const folder = mkdtempSync(join(tmpdir(), "accessmap-mutex-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const OPTIONS = { staleMs: 2_000, tries: 10 };

test("who comes second waits for the first", async () => {
  const path = join(folder, "turns");
  const said: string[] = [];
  const take = (name: string) =>
    alone(path, OPTIONS, async () => {
      said.push(`${name} begins`);
      await pause(30);
      said.push(`${name} ends`);
    });
  await Promise.all([take("one"), take("two")]);
  expect([said[1], said[3]]).toEqual([said[0]?.replace("begins", "ends"), said[2]?.replace("begins", "ends")]);
});

test("a turn that somebody took over meanwhile, as after a sleep of the machine, still counts", async () => {
  const path = join(folder, "taken");
  const done = await alone(path, OPTIONS, async () => {
    rmSync(`${path}.lock`, { recursive: true });
    // The library looks after its lock once a second.
    await pause(1_300);
    writeFileSync(path, "written");
    return "done";
  });
  expect(done).toBe("done");
  await expect(alone(path, OPTIONS, async () => "next")).resolves.toBe("next");
});

test("what the task rejects with is what is told", () =>
  expect(alone(join(folder, "failing"), OPTIONS, () => Promise.reject(new Error("no room")))).rejects.toThrow(
    "no room",
  ));
