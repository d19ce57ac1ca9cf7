/** Where journals go: inside the project, out of git, and nowhere a link would lead. */

import { existsSync, readFileSync, rmdirSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { journalFolderOf } from "../../server/src/store/journalFile.ts";
import { makeFolder } from "../support/process.ts";

let project: ReturnType<typeof makeFolder>;
let elsewhere: ReturnType<typeof makeFolder>;
beforeEach(() => {
  project = makeFolder({});
  elsewhere = makeFolder({});
});
afterEach(() => {
  project.remove();
  elsewhere.remove();
});

test("the folder is private and git leaves it alone", async () => {
  const folder = await journalFolderOf(project.path);
  await journalFolderOf(project.path);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(readFileSync(join(project.path, ".accessmap/.gitignore"), "utf8")).toBe("*\n");
});

test.each([".accessmap", ".accessmap/journal"])("a link at %s is refused", async (link) => {
  if (link !== ".accessmap") rmdirSync(await journalFolderOf(project.path));
  symlinkSync(elsewhere.path, join(project.path, link));
  await expect(journalFolderOf(project.path)).rejects.toThrow(/is a link; remove it/);
  expect(existsSync(join(elsewhere.path, "journal"))).toBe(false);
});
