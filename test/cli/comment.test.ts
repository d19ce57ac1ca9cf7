/** `accessmap comment` against a GitHub on loopback: one comment of ours, replaced, whatever others write. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runCli } from "../support/cli.ts";
import { type GithubStub, startGithub } from "../support/github.ts";
import { makeFolder } from "../support/process.ts";

let github: GithubStub;
let folder: ReturnType<typeof makeFolder>;
beforeEach(async () => {
  github = await startGithub();
  folder = makeFolder({ "event.json": JSON.stringify({ pull_request: { number: 7 } }) });
});
afterEach(async () => {
  folder.remove();
  await github.stop();
});

async function comment(markdown: string, env: Readonly<Record<string, string>> = {}, ...args: string[]) {
  writeFileSync(join(folder.path, "plan.md"), markdown);
  return runCli(["comment", "plan.md", ...args], {
    cwd: folder.path,
    env: {
      GITHUB_API_URL: github.url,
      GITHUB_REPOSITORY: "acme/access",
      GITHUB_TOKEN: "ghs_secret",
      GITHUB_EVENT_PATH: join(folder.path, "event.json"),
      ...env,
    },
  });
}

test("the first run writes a comment, later ones replace it, and the same text is left alone", async () => {
  for (const [id, login] of ["ana", "bob", "cem"].entries()) github.comments.push({ id, login, body: "Looks good" });
  expect((await comment("# Plan 1")).stderr).toBe("Comment on acme/access#7 created.\n");
  expect((await comment("# Plan 2")).stderr).toBe("Comment on acme/access#7 replaced.\n");
  expect((await comment("# Plan 2")).stderr).toBe("Comment on acme/access#7 unchanged.\n");
  expect(github.comments.map(({ body }) => body)).toEqual([
    ...Array(3).fill("Looks good"),
    "<!-- accessmap plan -->\n# Plan 2\n",
  ]);
  expect(github.requests.every((request) => request.endsWith(" Bearer ghs_secret"))).toBe(true);
});

test("the commit is told, and a new one is news", async () => {
  const head = { sha: "0123456789abcdef0123456789abcdef01234567" };
  writeFileSync(join(folder.path, "event.json"), JSON.stringify({ pull_request: { number: 7, head } }));
  await comment("# Plan");
  expect(github.comments[0]?.body).toBe(`<!-- accessmap plan -->\n# Plan\n\nFor commit ${head.sha}.\n`);
  head.sha = head.sha.replace("0", "f");
  writeFileSync(join(folder.path, "event.json"), JSON.stringify({ pull_request: { number: 7, head } }));
  expect((await comment("# Plan")).stderr).toContain("replaced");
});

test("a comment of somebody else with our mark is not ours", async () => {
  github.comments.push({ id: 1, login: "mallory", body: "<!-- accessmap plan -->\nNothing to see" });
  expect((await comment("# Plan")).stderr).toContain("created");
  expect(github.comments[0]?.body).toContain("Nothing to see");
});

test("each key has a comment of its own", async () => {
  await comment("# One", {}, "--key", "plan-prod");
  await comment("# Two", {}, "--key", "plan-test");
  await comment("# Three", {}, "--key", "plan-prod");
  expect(github.comments.map(({ body }) => body.split("\n")[1])).toEqual(["# Three", "# Two"]);
});

test("names call nobody, and what is too long is cut at a line", async () => {
  const people = Array.from({ length: 4000 }, (_, n) => `- person-${n}@acme.com gains @acme/admins`).join("\n");
  expect((await comment(`# Plan\n\n.@acme/a @@acme/b x_@acme.com\n${people}`)).code).toBe(0);
  const [{ body } = { body: "" }] = github.comments;
  expect(body.length).toBeLessThanOrEqual(65_536);
  expect(body).toMatch(/^- person-0@acme\.com gains @\u200bacme\/admins$/m);
  expect(body).toContain(".@\u200bacme/a @@\u200bacme/b x_@acme.com");
  expect(body).toMatch(/admins\n\n\*Cut here/);
});

test("a token that may not write says what it needs, and is not told", async () => {
  github.refuseWrites = 403;
  const listeners = process.listenerCount("SIGINT");
  const { code, stdout, stderr } = await comment("# Plan");
  expect(process.listenerCount("SIGINT")).toBe(listeners);
  expect([code, stderr]).toEqual([3, expect.stringMatching(/No comment: GitHub .*pull-requests: write.*fork/)]);
  expect(stdout + stderr).not.toContain("ghs_secret");
});

test("nothing is sent without a pull request, a token, or a place that the token belongs to", async () => {
  const refused: readonly (readonly [Readonly<Record<string, string>>, number, RegExp])[] = [
    [{ GITHUB_EVENT_PATH: "none" }, 2, /no pull request/],
    [{ GITHUB_TOKEN: "" }, 3, /GITHUB_TOKEN/],
    [{ GITHUB_API_URL: "" }, 2, /no job of GitHub Actions/],
    [{ GITHUB_REPOSITORY: "acme/access/../../user" }, 2, /no job of GitHub Actions/],
    [{ GITHUB_API_URL: "http://api.example.com" }, 3, /not https/],
  ];
  for (const [env, code, message] of refused) {
    const run = await comment("# Plan", env);
    expect([run.code, run.stderr]).toEqual([code, expect.stringMatching(message)]);
  }
  expect(github.requests).toEqual([]);
});

test("without an event the ref tells the request", async () => {
  const env = { GITHUB_EVENT_PATH: "none", GITHUB_REF: "refs/pull/7/merge" };
  expect((await comment("# Plan", env)).stderr).toContain("acme/access#7 created");
});
