/** Folders that are made, and places where none can be. */

import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeFolder } from "../../server/src/store/folder.ts";
import { makeFolder as makeScratch } from "../support/process.ts";

let scratch: ReturnType<typeof makeScratch>;
beforeAll(() => {
  scratch = makeScratch({ file: "text", "there/file": "text" });
});
afterAll(() => scratch.remove());

test.each(["new", "new/below/it", "there", "there/new/"])("%s is there afterwards", async (name) => {
  const path = join(scratch.path, name);
  await Promise.all([makeFolder(path, 0o700), makeFolder(path, 0o700)]);
  expect(statSync(path).isDirectory()).toBe(true);
});

const PROC = existsSync("/proc/self");

const REFUSED: readonly (readonly [name: string, code: string])[] = [
  ["file", "EEXIST"],
  ["file/below", "ENOTDIR"],
  ...(PROC
    ? ([
        ["/proc/new", "ENOENT"],
        ["/proc/new/below", "ENOENT"],
      ] as const)
    : []),
];

test.each(REFUSED)("%s cannot be one: %s", async (name, code) => {
  const path = name.startsWith("/") ? name : join(scratch.path, name);
  await expect(makeFolder(path, 0o700)).rejects.toMatchObject({ code });
});
