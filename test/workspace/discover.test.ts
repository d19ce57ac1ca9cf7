/** Which files make up a project, and what is said of those that cannot be read. */

import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { discover, findProjects } from "../../server/src/workspace/discover.ts";
import { makeFolder } from "../support/process.ts";

let folder: ReturnType<typeof makeFolder>;
beforeEach(() => {
  folder = makeFolder({
    "accessmap.yaml": "version: 1\n",
    "accessmap.lock": "{}",
    "b.accessmap.yml": "mappings: []\n",
    "access/a.accessmap.yaml": "mappings: []\n",
    "access/notes.yaml": "",
    "node_modules/x/c.accessmap.yaml": "",
    ".git/d.accessmap.yaml": "",
    "inner/accessmap.yaml": "version: 1\n",
    "inner/e.accessmap.yaml": "",
  });
});
afterEach(() => folder.remove());

test("project file, lock and mapping files are found, in order; other projects are left out", async () => {
  const { texts, unreadable } = await discover(folder.path);
  expect([...texts.keys()]).toEqual(["access/a.accessmap.yaml", "accessmap.lock", "accessmap.yaml", "b.accessmap.yml"]);
  expect(unreadable).toEqual([]);
});

test("a folder that looks like a mapping file is no file", async () => {
  mkdirSync(join(folder.path, "odd.accessmap.yaml"));
  expect((await discover(folder.path)).unreadable).toEqual([]);
});

test("a link to a folder is not followed, so that it can neither loop nor leave the project", async () => {
  symlinkSync(folder.path, join(folder.path, "loop"));
  expect((await discover(folder.path)).texts.size).toBe(4);
});

test("a link to nowhere is said", async () => {
  symlinkSync(join(folder.path, "gone"), join(folder.path, "lost.accessmap.yaml"));
  expect((await discover(folder.path)).unreadable).toEqual([
    { file: "lost.accessmap.yaml", message: "does not exist" },
  ]);
});

test.each(["/dev/zero", "/etc/hostname"])("a link that leaves the project is not read: %s", async (target) => {
  symlinkSync(target, join(folder.path, "lost.accessmap.yaml"));
  expect((await discover(folder.path)).unreadable).toEqual([
    { file: "lost.accessmap.yaml", message: expect.stringMatching(/leads out of the project/) },
  ]);
});

test("text of another encoding is said and not guessed at", async () => {
  writeFileSync(join(folder.path, "latin.accessmap.yaml"), Buffer.from([0x67, 0x72, 0xf6, 0xdf, 0x65]));
  const { unreadable } = await discover(folder.path);
  expect(unreadable).toEqual([{ file: "latin.accessmap.yaml", message: "is not written in UTF-8; save it as UTF-8" }]);
});

test("a huge file is said and not read", async () => {
  writeFileSync(join(folder.path, "huge.accessmap.yaml"), Buffer.alloc(17 * 1024 * 1024, 32));
  const { texts, unreadable } = await discover(folder.path);
  expect(texts.has("huge.accessmap.yaml")).toBe(false);
  expect(unreadable).toEqual([{ file: "huge.accessmap.yaml", message: expect.stringMatching(/larger than 16 MB/) }]);
});

test.skipIf(process.getuid?.() === 0)("what may not be read is said, with the remedy", async () => {
  chmodSync(join(folder.path, "access"), 0);
  expect((await discover(folder.path)).unreadable).toEqual([
    { file: "access", message: expect.stringMatching(/permission denied/) },
  ]);
  chmodSync(join(folder.path, "access"), 0o700);
});

test("projects of a window are found wherever they lie, the nearest first", async () => {
  mkdirSync(join(folder.path, "a/b"), { recursive: true });
  writeFileSync(join(folder.path, "a/b/accessmap.yaml"), "version: 1\n");
  writeFileSync(join(folder.path, "node_modules/x/accessmap.yaml"), "version: 1\n");
  expect(await findProjects(folder.path)).toEqual([folder.path, join(folder.path, "inner"), join(folder.path, "a/b")]);
});
