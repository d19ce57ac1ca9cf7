/** A repository set up by the README's own commands in an empty folder, and its workflow from a bad change to drift. Needs `npm run build`. */

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { type Sandbox, startSandbox } from "../../server/src/sandbox/sandbox.ts";
import { type GithubStub, startGithub } from "../support/github.ts";
import { cleanEnvironment, makeFolder } from "../support/process.ts";
import { ROOT, runScript } from "./action.ts";
import { type JobStep, runJob } from "./workflow.ts";

const README = readFileSync(join(ROOT, "server/ci/README.md"), "utf8");
const BLOCKS = [
  ...(/## From an empty folder\n[\s\S]*?\n## /.exec(README)?.[0] ?? "").matchAll(/```sh\n([\s\S]*?)```/g),
];
/** Packing, installing and seven commands take a minute on a machine that is busy with other tests. */
const LIMIT_MS = 240_000;
const WRITE = /^ACCESSMAP_WRITE_/;
const MAPPINGS = "access/prod.accessmap.yaml";

let sandbox: Sandbox;
let github: GithubStub;
let scratch: ReturnType<typeof makeFolder>;
let repository = "";
let setUp = { code: -1, log: "" };
let jobs: Readonly<Record<string, { readonly steps: readonly JobStep[] }>> = {};
let runs = 0;

const git = (...args: string[]) =>
  execFileSync("git", args, { cwd: repository, encoding: "utf8", env: environment(), stdio: "pipe" }).trim();
const read = () => readFileSync(join(repository, MAPPINGS), "utf8");
const write = (text: string) => writeFileSync(join(repository, MAPPINGS), text);

/** A user of this machine with nothing of ours but what the README has them set; a runner of CI begins with an empty disk. */
function environment(storage = "storage"): Record<string, string> {
  return {
    HOME: scratch.path,
    GIT_CONFIG_GLOBAL: join(scratch.path, "gitconfig"),
    GIT_CONFIG_SYSTEM: "/dev/null",
    npm_config_offline: "true",
    ACCESSMAP_STORAGE: join(scratch.path, storage),
  };
}

beforeAll(async () => {
  [sandbox, github] = await Promise.all([startSandbox({ limited: false }), startGithub()]);
  scratch = makeFolder({
    gitconfig: "[user]\nname = new\nemail = new@acme.com\n",
    "event.json": JSON.stringify({ pull_request: { number: 7 } }),
  });
  repository = join(scratch.path, "access");
  for (const folder of ["accessmap", "access", "bin"]) mkdirSync(join(scratch.path, folder));
  // `npm ci` and the build have been; both would disturb the tests beside this one.
  const args = ["pack", "--ignore-scripts", "--pack-destination", join(scratch.path, "accessmap")];
  execFileSync("npm", args, { cwd: ROOT, stdio: "pipe", env: cleanEnvironment() });
  // A machine without a network has no newer npm to tell of, and needs none: the package brings everything.
  setUp = await runScript(BLOCKS[1]?.[1] ?? "exit 99", repository, { ...environment(), ...sandbox.environment });
  const workflow = readFileSync(join(repository, ".github/workflows/access.yml"), "utf8");
  jobs = parse(workflow).jobs;
}, LIMIT_MS);
afterAll(async () => {
  scratch.remove();
  await Promise.all([sandbox.close(), github.stop()]);
});

/** A job as GitHub would run it: with the variables and secrets that the README names, write keys for `apply` alone. */
function run(job: string, { isFork = false } = {}) {
  const context = new Map([["github.token", "ghs_secret"]]);
  for (const line of (BLOCKS[2]?.[1] ?? "").split("\n").filter(Boolean)) {
    const [, kind, name = "", body] =
      /^gh (variable|secret) set (\w+)(?: --body (\S+)| --env access)?$/.exec(line) ?? [];
    expect([line, kind]).not.toEqual([line, undefined]);
    if (kind === "variable") context.set(`vars.${name}`, body ?? "");
    else if (!isFork && (job === "apply" || !WRITE.test(name))) context.set(`secrets.${name}`, secret(name));
  }
  const runner = `job-${runs++}`;
  return runJob(jobs[job]?.steps ?? [], {
    cwd: repository,
    temp: join(scratch.path, runner),
    context,
    artifacts: join(scratch.path, "artifacts"),
    env: {
      ...environment(`${runner}/storage`),
      ACCESSMAP_LOOPBACK: sandbox.environment.ACCESSMAP_LOOPBACK ?? "",
      PATH: `${join(scratch.path, "bin")}:${process.env.PATH}`,
      GITHUB_API_URL: github.url,
      GITHUB_REPOSITORY: "acme/access",
      GITHUB_EVENT_PATH: join(scratch.path, "event.json"),
      ARTIFACTS: join(scratch.path, "artifacts"),
    },
  });
}

const secret = (name: string) => sandbox.environment[name] ?? "";

test("the README's commands set a repository up, without a placeholder left", () => {
  expect([setUp.code, setUp.log]).toEqual([0, expect.stringContaining("accessmap.baseline.json records")]);
  expect(git("status", "--short")).toBe("");
  expect(git("ls-files").split("\n")).toEqual(
    expect.arrayContaining([".github/workflows/access.yml", MAPPINGS, "accessmap.lock", "accessmap.snapshot.json"]),
  );
  expect(README + JSON.stringify(jobs)).not.toMatch(/OWNER|COMMIT\b/);
});

test("a fork's bad change fails with the annotation on its line", async () => {
  git("switch", "-qc", "change");
  const before = read();
  write(before.replace("group: dd-secops-oncall", "group: dd-secops-oncal"));
  git("commit", "-qam", "Bad");
  const line = read().slice(0, read().indexOf("dd-secops-oncal\n")).split("\n").length;
  const bad = await run("check", { isFork: true });
  expect([bad.code, bad.log]).toEqual([
    1,
    expect.stringMatching(new RegExp(`^::error file=${MAPPINGS},line=${line},.*ref/unknown-group`, "m")),
  ]);
  expect(bad.log.match(/^::error /gm)).toHaveLength(1);
  // A merge queue checks out the commit that it is about to make the main line of.
  git("switch", "-q", "--detach", "main");
  git("merge", "-q", "--no-ff", "-m", "Merge", "change");
  const queued = await run("check");
  expect([queued.code, queued.log.match(/^::error .*/gm)]).toEqual([1, bad.log.match(/^::error .*/gm)]);
  git("switch", "-q", "change");
  write(before);
  git("commit", "-qam", "As it was");
  expect((await run("check", { isFork: true })).code).toBe(0);
});

test("a good change is planned in one comment, pushed on merge as it was reviewed, and held against drift", async () => {
  const grant = "  - group: dd-mobile\n    roles: [Mobile Insights]\n";
  write(read().replace(/^mappings:\n/m, `mappings:\n${grant}`));
  git("commit", "-qam", "Mobile by group");
  const planned = await run("plan");
  expect([planned.code, planned.log]).toEqual([0, expect.stringContaining("acme/access#7 created")]);
  const gains = /## Access\n[\s\S]*?(\S+)\\?@acme\.com[^\n]*Mobile Insights/;
  expect(github.comments.map(({ body }) => body)).toEqual([expect.stringMatching(gains)]);

  git("switch", "-q", "main");
  git("merge", "-q", "--no-ff", "-m", "Merge", "change");
  const gh = `#!/bin/sh\n[ "$1" = api ] && echo 42 || cp -R "$ARTIFACTS/accessmap-plan/." .\n`;
  writeFileSync(join(scratch.path, "bin/gh"), gh, { mode: 0o755 });
  const applied = await run("apply");
  expect([applied.code, applied.log]).toEqual([0, expect.stringMatching(/Journal: /)]);

  // An administrator takes away by hand what was given.
  const { roles, users } = sandbox.company.datadog;
  const role = [...roles.values()].find(({ name }) => name === "Mobile Insights");
  const login = gains.exec(github.comments[0]?.body ?? "")?.[1];
  const user = [...users.values()].find(({ email }) => email === `${login}@acme.com`);
  expect(user?.roleIds).toContain(role?.id);
  if (user) user.roleIds = user.roleIds.filter((id) => id !== role?.id);
  const drift = await run("drift");
  expect([drift.code, drift.summary]).toEqual([4, expect.stringContaining(`${login}\\@acme.com lacks `)]);
});

test("where one group is hidden, both jobs say so, and what is known is pushed all the same", async () => {
  const { roles, users } = sandbox.company.datadog;
  const role = [...roles.values()].find(({ name }) => name === "Mobile Insights")?.id ?? "";
  const holders = () => [...users.values()].filter(({ roleIds }) => roleIds.includes(role)).length;
  const before = holders();
  const group = [...sandbox.company.okta.groups.values()].find(({ name }) => name === "dd-secops-oncall");
  sandbox.inject({ system: "okta", path: `/api/v1/groups/${group?.id}/users`, kind: "status", status: 403 });
  const planned = await run("plan");
  expect([planned.code, planned.summary]).toEqual([3, expect.stringMatching(/members of dd-secops-oncall: /)]);
  const applied = await run("apply");
  expect([applied.code, applied.log]).toEqual([3, expect.stringMatching(/Not everything was read.*dd-secops-oncall/)]);
  expect(holders()).toBe(before + 1);
  sandbox.clearFaults();
});

test("the auditor gets a review pack", async () => {
  const script = "npx accessmap review pack review --second audit@acme.com && ls review";
  expect(README).toContain("`npx accessmap review pack`");
  const pack = await runScript(script, repository, { ...environment(), ...sandbox.environment });
  expect([pack.code, pack.log]).toEqual([0, expect.stringMatching(/\.csv\n[\s\S]*\.html\n/)]);
});
