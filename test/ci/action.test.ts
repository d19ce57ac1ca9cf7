/** The GitHub Action's own steps against the sandbox and a GitHub on loopback, from a bad change to drift. Needs `npm run build`. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../server/src/sandbox/sandbox.ts";
import { runCli } from "../support/cli.ts";
import { type GithubStub, startGithub } from "../support/github.ts";
import { makeFolder } from "../support/process.ts";
import { makeRepository, type Repository } from "../support/repository.ts";
import { ACTION, type ActionRun, runAction } from "./action.ts";

let sandbox: Sandbox;
let github: GithubStub;
let repository: Repository;
let scratch: ReturnType<typeof makeFolder>;
let runs = 0;

const file = (path: string) => join(repository.path, path);
const edit = (path: string, from: string, to: string) =>
  writeFileSync(file(path), readFileSync(file(path), "utf8").replace(from, to));
const fixTypo = () => edit("sample/access/product.accessmap.yaml", "dd-chekout-oncall", "dd-checkout-oncall");

beforeAll(async () => {
  [sandbox, github] = await Promise.all([startSandbox({ limited: false }), startGithub()]);
  scratch = makeFolder({ "event.json": JSON.stringify({ pull_request: { number: 7 } }) });
  repository = makeRepository({});
  await runCli(["sandbox", "--write-sample", "sample"], { cwd: repository.path });
  repository.git("add", "-A");
  repository.git("commit", "-qm", "Sample");
});
afterAll(async () => {
  repository.remove();
  scratch.remove();
  await Promise.all([sandbox.close(), github.stop()]);
});

/** One job: the action with these inputs, in the repository, for pull request 7. */
function run(inputs: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = sandbox.environment) {
  return runAction({
    cwd: repository.path,
    temp: join(scratch.path, `job-${runs++}`),
    inputs: { project: "sample", ...inputs },
    env: {
      ...env,
      GITHUB_API_URL: github.url,
      GITHUB_REPOSITORY: "acme/access",
      GITHUB_EVENT_PATH: join(scratch.path, "event.json"),
    },
  });
}

test("no script holds an expression, and every input is described and used", () => {
  expect(ACTION.runs.using).toBe("composite");
  const { steps } = ACTION.runs;
  expect(steps.filter(({ run, shell }) => run.includes("${{") || shell !== "bash")).toEqual([]);
  const used = JSON.stringify(steps.map(({ env }) => env));
  for (const [name, { description }] of Object.entries(ACTION.inputs)) {
    expect(description).not.toBe("");
    expect(used).toContain(`inputs.${name} `);
  }
});

describe("a pull request, from the first push to the merge", () => {
  let planned: ActionRun;

  test("a bad change fails, with the annotation on its line and a summary", async () => {
    edit("sample/access/platform.accessmap.yaml", "dd-sre", "dd-srx");
    const line = readFileSync(file("sample/access/platform.accessmap.yaml"), "utf8")
      .split("\n")
      .findIndex((text) => text.includes("dd-srx"));
    const bad = await run({ command: "check", changed: "true", sarif: "out.sarif" });
    expect(bad.code).toBe(1);
    expect(bad.outputs["exit-code"]).toBe("1");
    expect(bad.log).toMatch(
      new RegExp(
        `^::error file=sample/access/platform\\.accessmap\\.yaml,line=${line + 1},.*ref/unknown-group::.*dd-srx`,
        "m",
      ),
    );
    expect(bad.summary).toMatch(/^## accessmap: \d+ errors?.*\n[\s\S]*dd-srx/);
    expect(readFileSync(bad.outputs.report ?? "", "utf8")).toBe(bad.summary);
    expect(JSON.parse(readFileSync(file("out.sarif"), "utf8")).version).toBe("2.1.0");
    edit("sample/access/platform.accessmap.yaml", "dd-srx", "dd-sre");
  });

  test("what the main line has already passes", async () => {
    expect((await run({ command: "check", changed: "true" })).code).toBe(0);
    expect((await run({ command: "check" })).code).toBe(1);
  });

  test("a fork, which has no secrets, is checked by the committed snapshot", async () => {
    await runCli(["snapshot"], { cwd: file("sample"), env: sandbox.environment });
    repository.git("add", "-A");
    repository.git("commit", "-qm", "Snapshot");
    edit("sample/access/platform.accessmap.yaml", "dd-sre", "dd-srx");
    const fork = await run({ command: "check", changed: "true" }, {});
    expect([fork.code, fork.log]).toEqual([1, expect.stringMatching(/^::error .*dd-srx/m)]);
    edit("sample/access/platform.accessmap.yaml", "dd-srx", "dd-sre");
    expect((await run({ command: "check", changed: "true" }, {})).code).toBe(0);
  });

  test("the plan is saved and shown in one comment that is kept up to date", async () => {
    const first = await run({ command: "plan", comment: "true" });
    expect(first.code).toBe(0);
    fixTypo();
    planned = await run({ command: "plan", comment: "true" });
    expect([planned.code, planned.log]).toEqual([0, expect.stringContaining("Comment on acme/access#7 replaced.")]);
    expect(github.comments.map(({ body }) => body)).toEqual([
      `<!-- accessmap plan-only -->\n${planned.summary.trim()}\n`,
    ]);
    expect(planned.summary).toMatch(/^# Plan for [\s\S]*## Access\n/);
    expect(JSON.parse(readFileSync(file("accessmap-plan.json"), "utf8")).fingerprint).toMatch(/^[0-9a-f]{64}$/);
  });

  test("a push that cannot be planned takes the old plan out of the comment", async () => {
    const before = github.comments[0]?.body ?? "";
    edit("sample/access/product.accessmap.yaml", "mappings:", "mapings:");
    const broken = await run({ command: "plan", comment: "true", plan: "broken.json" });
    expect([broken.code, broken.summary]).toEqual([2, expect.stringMatching(/^\*\*There is no plan/)]);
    expect(github.comments.map(({ body }) => body)).toEqual([expect.stringContaining("There is no plan")]);
    edit("sample/access/product.accessmap.yaml", "mapings:", "mappings:");
    await run({ command: "plan", comment: "true" });
    expect(github.comments.map(({ body }) => body)).toEqual([before]);
  });

  test("a group that cannot be read fails the job, and the comment says what the plan lacks", async () => {
    const before = github.comments[0]?.body ?? "";
    const group = [...sandbox.company.okta.groups.values()].find(({ name }) => name === "dd-sre");
    sandbox.inject({ system: "okta", path: `/api/v1/groups/${group?.id}/users`, kind: "status", status: 404 });
    const partial = await run({ command: "plan", comment: "true", plan: "partial.json" });
    expect([partial.code, partial.outputs["exit-code"]]).toEqual([3, "3"]);
    expect(github.comments.map(({ body }) => body)).toEqual([expect.stringMatching(/; members of dd-sre: /)]);
    expect((await run({ command: "drift" })).code).toBe(3);
    await sandbox.clearFaults();
    await run({ command: "plan", comment: "true" });
    expect(github.comments.map(({ body }) => body)).toEqual([before]);
  });

  test("another plan than the reviewed one is not pushed", async () => {
    edit("sample/access/product.accessmap.yaml", "dd-checkout-oncall", "dd-chekout-oncall");
    const refused = await run({ command: "apply" });
    expect([refused.code, refused.log]).toEqual([5, expect.stringMatching(/not the plan that was reviewed/)]);
    fixTypo();
  });

  test("a plan that somebody made up is not pushed", async () => {
    const path = file("forged.json");
    const text = readFileSync(file("accessmap-plan.json"), "utf8");
    writeFileSync(path, text.replace(/"fingerprint": "[0-9a-f]{64}"/, `"fingerprint": "${"0".repeat(64)}"`));
    const forged = await run({ command: "apply", plan: "forged.json" });
    expect([forged.code, forged.log]).toEqual([2, expect.stringMatching(/was changed after it was made/)]);
  });

  test("the merge pushes exactly the reviewed plan, once", async () => {
    const applied = await run({ command: "apply" });
    expect([applied.code, applied.log]).toEqual([0, expect.stringMatching(/Journal: /)]);
    const again = await run({ command: "apply" });
    expect([again.code, again.log]).toEqual([5, expect.stringMatching(/not the plan that was reviewed/)]);
    expect((await run({ command: "plan", plan: "after.json" })).summary).toMatch(/No changes/);
  });

  test("drift fails the job and says who did what", async () => {
    expect((await run({ command: "drift" })).code).toBe(0);
    // Somebody takes away what the apply has given.
    const { changes } = JSON.parse(readFileSync(file("accessmap-plan.json"), "utf8")).plan as {
      changes: { account?: { id: string }; grants?: { id: string; name: string }[] }[];
    };
    const given = changes.find(({ account, grants }) => account && grants?.length);
    const user = sandbox.company.datadog.users.get(given?.account?.id ?? "");
    const [role] = given?.grants ?? [];
    if (user) {
      user.roleIds = user.roleIds.filter((id) => id !== role?.id);
      sandbox.company.datadog.audit.push({
        id: "by hand",
        at: new Date().toISOString(),
        name: "Access Management",
        action: "modified",
        asset: { type: "user", id: user.id, name: user.name },
        actor: { id: "somebody", email: "root@acme.com" },
        message: `User ${user.handle} was modified`,
      });
    }
    const drift = await run({ command: "drift" });
    expect([drift.code, drift.summary]).toEqual([
      4,
      expect.stringMatching(/^## Drift in [\s\S]* lacks [\s\S]*by root/),
    ]);
    expect(drift.outputs["exit-code"]).toBe("4");
  });
});

describe("inputs from outside", () => {
  test("are arguments, never commands", async () => {
    const hostile = '$(touch ran)\n`touch ran`\n"; touch ran #';
    for (const [name, value] of [
      ["arguments", hostile],
      ["changed", "$(touch ran)"],
      ["fail-on", "`touch ran`"],
    ] as const)
      expect((await run({ command: "check", [name]: value })).code).toBe(2);
    expect((await run({ command: "check; touch ran" })).code).toBe(2);
    expect((await run({ command: "check", version: "1.0.0; touch ran" })).code).toBe(2);
    expect((await run({ command: "check", version: "latest" })).log).toContain("must be exact");
    expect(existsSync(file("ran"))).toBe(false);
  });

  test("the token for the comment is not told, and not there while files are read", async () => {
    const { log } = await run({ command: "plan", comment: "true" });
    expect(log).not.toContain("ghs_secret");
    expect(ACTION.runs.steps.find(({ id }) => id === "run")?.run).toMatch(/unset COMMENT_TOKEN\n[\s\S]*node "\$CLI"/);
  });
});

test("a summary that GitHub would not show is cut at a line, and says so", async () => {
  const row = `| ${"ü".repeat(100)} |\n`;
  const action = makeFolder({
    "server/ci/accessmap": "",
    "dist/cli.js": `require("node:fs").writeFileSync(process.argv.at(process.argv.indexOf("--output") + 1), ${JSON.stringify(row)}.repeat(6000));`,
    "package.json": "{}",
  });
  const { code, summary } = await runAction({
    action: action.path,
    cwd: repository.path,
    temp: join(scratch.path, "long"),
    inputs: { command: "drift" },
    env: {},
  });
  expect(code).toBe(0);
  expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
  expect(summary).toMatch(/^(\| ü{100} \|\n)+\n\n\*Cut here: .*\*\n$/);
  action.remove();
});
