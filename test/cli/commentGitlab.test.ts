/** `accessmap comment` against a GitLab on loopback: one note of ours, replaced, whatever others write. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runCli } from "../support/cli.ts";
import { BOT, type GitlabStub, startGitlab } from "../support/gitlab.ts";
import { makeFolder } from "../support/process.ts";

const COMMIT = "0123456789abcdef0123456789abcdef01234567";
let gitlab: GitlabStub;
let folder: ReturnType<typeof makeFolder>;
beforeEach(async () => {
  gitlab = await startGitlab();
  folder = makeFolder({});
});
afterEach(async () => {
  folder.remove();
  await gitlab.stop();
});

async function comment(markdown: string, env: Readonly<Record<string, string>> = {}, ...args: string[]) {
  writeFileSync(join(folder.path, "plan.md"), markdown);
  const run = await runCli(["comment", "plan.md", ...args], {
    cwd: folder.path,
    env: {
      GITLAB_CI: "true",
      CI_API_V4_URL: gitlab.url,
      CI_PROJECT_ID: "42",
      CI_PROJECT_PATH: "acme/access",
      CI_MERGE_REQUEST_IID: "7",
      GITLAB_TOKEN: "glpat-secret",
      ...env,
    },
  });
  expect(run.stdout + run.stderr).not.toContain("glpat-secret");
  return run;
}

test("the first run writes a note, later ones replace it, and others' notes stay as they are", async () => {
  const others = [
    { id: 1, author: "ana", body: "Looks good" },
    { id: 2, author: "mallory", body: "<!-- accessmap plan -->\nNothing to see" },
    { id: 3, author: BOT, system: true, body: "<!-- accessmap plan --> assigned to @ana" },
    { id: 4, author: BOT, body: "Another program's note" },
  ];
  gitlab.notes.push(...others.map((note) => ({ ...note })));
  expect((await comment("# Plan 1")).stderr).toBe("Comment on acme/access!7 created.\n");
  expect((await comment("# Plan 2")).stderr).toBe("Comment on acme/access!7 replaced.\n");
  expect((await comment("# Plan 2")).stderr).toBe("Comment on acme/access!7 unchanged.\n");
  expect(gitlab.notes.slice(0, 4)).toEqual(others);
  expect(gitlab.notes.slice(4).map(({ body }) => body)).toEqual(["<!-- accessmap plan -->\n# Plan 2\n"]);
  expect(gitlab.requests.every((request) => request.endsWith(" Bearer glpat-secret"))).toBe(true);
});

test("the pushed commit is told, not the one that GitLab made of the merge", async () => {
  await comment("# Plan", { CI_COMMIT_SHA: COMMIT.replace("0", "f"), CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: COMMIT });
  expect(gitlab.notes[0]?.body).toContain(`For commit ${COMMIT}.`);
});

test("a request from a fork is commented in the project it belongs to", async () => {
  const env = { CI_PROJECT_ID: "99", CI_MERGE_REQUEST_PROJECT_ID: "42", CI_MERGE_REQUEST_PROJECT_PATH: "acme/access" };
  expect((await comment("# Plan", env)).stderr).toBe("Comment on acme/access!7 created.\n");
});

test("names call nobody, and no line is a command to GitLab", async () => {
  await comment("# Plan\n/merge\n  /approve\n- ana@acme.com gains @acme/admins, see /docs");
  expect(gitlab.notes[0]?.body).toContain(
    "# Plan\n\\/merge\n  \\/approve\n- ana@acme.com gains @\u200bacme/admins, see /docs\n",
  );
});

test.each([
  ["GET /user", 401, /No comment: GitLab does not accept the credential \(401\).*scope api/],
  ["GET /projects", 403, /No comment: GitLab .*\(403\).*CI_JOB_TOKEN may not/],
  ["GET /projects", 404, /No comment: GitLab rejected GET .* with 404/],
  ["POST /projects", 403, /No comment: GitLab .*\(403\).*role Developer/],
  ["POST /projects", 404, /No comment: GitLab rejected POST .* with 404/],
])("where %s answers %i nothing is written, and it says why", async (call, status, says) => {
  gitlab.faults.set(call, status);
  const { code, stderr } = await comment("# Plan");
  expect([code, stderr]).toEqual([3, expect.stringMatching(says)]);
  expect(gitlab.notes).toEqual([]);
});

test("a list that ends early is no proof that there is no note of ours", async () => {
  for (const id of [1, 2, 3]) gitlab.notes.push({ id, author: "ana", body: "Looks good" });
  await comment("# Plan");
  gitlab.notes.reverse();
  gitlab.faults.set("GET /projects/42/merge_requests/7/notes", 404);
  expect((await comment("# Plan 2")).code).toBe(3);
  expect(gitlab.notes).toHaveLength(4);
});

test("nothing is sent without a merge request, a token, or a place that the token belongs to", async () => {
  const refused: readonly (readonly [Readonly<Record<string, string>>, number, RegExp])[] = [
    [{ CI_MERGE_REQUEST_IID: "" }, 2, /no merge request/],
    [{ CI_MERGE_REQUEST_IID: "7/../8" }, 2, /no merge request/],
    [{ CI_PROJECT_ID: "acme/access" }, 2, /no job of GitLab/],
    [{ CI_API_V4_URL: "" }, 2, /no job of GitLab/],
    [{ GITLAB_TOKEN: "" }, 3, /GITLAB_TOKEN/],
    [{ GITLAB_TOKEN: "", CI_JOB_TOKEN: "job" }, 3, /GITLAB_TOKEN/],
    [{ CI_API_V4_URL: "http://gitlab.example.com/api/v4" }, 3, /not https/],
  ];
  for (const [env, code, message] of refused) {
    const run = await comment("# Plan", env);
    expect([run.code, run.stderr]).toEqual([code, expect.stringMatching(message)]);
  }
  expect(gitlab.requests).toEqual([]);
});
