/** What git tells of a repository that is damaged, or that machines with clocks of their own wrote to. */

import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openGit } from "../../server/src/workspace/git.ts";
import { findBase } from "../../server/src/workspace/past.ts";
import { cleanEnvironment } from "../support/process.ts";
import { makeRepository, type Repository } from "../support/repository.ts";

let repository: Repository;
beforeEach(() => {
  repository = makeRepository({ a: "1" });
});
afterEach(() => repository.remove());

test("a commit whose object is gone is no repository without commits", async () => {
  const commit = repository.git("rev-parse", "HEAD").trim();
  rmSync(join(repository.path, ".git/objects", commit.slice(0, 2), commit.slice(2)), { force: true });
  const git = await openGit(repository.path);
  await expect(findBase(git, undefined, {})).rejects.toThrow(/is damaged/);
  await expect(git.lastCommitAt("2100-01-01T00:00:00Z")).rejects.toThrow(/is damaged/);
});

test("a branch without a commit is", async () => {
  repository.git("checkout", "-q", "--orphan", "new");
  const git = await openGit(repository.path);
  await expect(findBase(git, undefined, {})).rejects.toThrow("there is no commit yet");
});

test.each([
  ["minutes", "2026-01-11T00:01:00Z", "2026-01-10T23:58:00Z", "2026-01-10"],
  ["an hour", "2026-01-11T00:30:00Z", "2026-01-10T23:30:00Z", undefined],
])("a commit dated %s before the one it follows", async (_, first, second, day) => {
  const commit = (date: string, ...args: readonly string[]) => {
    const env = cleanEnvironment({ GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date });
    const who = ["-c", "user.name=test", "-c", "user.email=test@acme.com", "-c", "commit.gpgsign=false"];
    execFileSync("git", [...who, "commit", "-q", "--allow-empty", "-m", date, ...args], { cwd: repository.path, env });
  };
  commit(first, "--amend");
  commit(second);
  const git = await openGit(repository.path);
  const last = await git.lastCommitAt("2026-01-10T23:59:59Z").catch((error: Error) => error.message);
  if (day === undefined) expect(last).toMatch(/history was written anew/);
  else expect(last).toMatchObject({ committedAt: expect.stringContaining(day) });
});

test("a file whose object is gone was there all the same", async () => {
  const object = repository.git("rev-parse", "HEAD:a").trim();
  rmSync(join(repository.path, ".git/objects", object.slice(0, 2), object.slice(2)), { force: true });
  const git = await openGit(repository.path);
  const files = await git.filesAt(repository.git("rev-parse", "HEAD").trim());
  expect(files).toEqual([{ kind: "file", path: "a", object, size: 0 }]);
  expect(await git.contents(files)).toEqual(new Map());
});
