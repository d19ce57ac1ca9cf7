/** The examples for GitHub, GitLab and pre-commit do what they say, with this program and a company on loopback. Needs `npm run build`. */

import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type Sandbox, startSandbox } from "../../server/src/sandbox/sandbox.ts";
import { makeSample } from "../support/cli.ts";
import { CLI, makeFolder } from "../support/process.ts";
import { makeRepository } from "../support/repository.ts";
import { ACTION, ROOT, runScript } from "./action.ts";

const read = (path: string) => parse(readFileSync(join(ROOT, path), "utf8"));

/** A folder for PATH with programs that are shell scripts. */
function programs(scripts: Readonly<Record<string, string>>) {
  const folder = makeFolder({});
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(folder.path, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder.path, name), 0o755);
  }
  return { ...folder, PATH: `${folder.path}:${process.env.PATH}` };
}

const ACCESSMAP = { accessmap: `exec '${process.execPath}' '${CLI}' "$@"` };

interface Job {
  readonly if: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly {
    readonly uses?: string;
    readonly run?: string;
    readonly with?: Readonly<Record<string, string>>;
    readonly env?: Readonly<Record<string, string>>;
  }[];
}

describe("the workflow for GitHub", () => {
  const workflow = read("server/ci/github.yml");
  const jobs: Readonly<Record<string, Job>> = workflow.jobs;

  test("uses the action as it is", () => {
    for (const { steps } of Object.values(jobs)) {
      for (const { uses, with: inputs = {}, run = "" } of steps) {
        expect(run).not.toContain("${{");
        if (uses !== "./node_modules/accessmap") continue;
        for (const name of Object.keys(inputs)) expect(ACTION.inputs).toHaveProperty(name);
        for (const value of Object.values(inputs)) expect(value).toEqual(expect.any(String));
      }
    }
  });

  test("gives code from forks no secret, write keys to the push alone, and nobody more than they need", () => {
    expect(Object.keys(workflow.on)).toEqual(["pull_request", "merge_group", "push", "schedule"]);
    const queued = Object.keys(jobs).filter((job) => jobs[job]?.if.includes("'merge_group'"));
    expect([queued, jobs.apply?.if, jobs.drift?.if]).toEqual([
      ["check"],
      "github.event_name == 'push'",
      "github.event_name == 'schedule'",
    ]);
    expect(workflow.permissions).toEqual({ contents: "read" });
    const secretsOf = (job: string) => JSON.stringify(jobs[job]).match(/secrets\.\w+/g) ?? [];
    expect(secretsOf("check")).toEqual([]);
    expect(jobs.plan?.if).toContain("head.repo.full_name == github.repository");
    expect(["check", "plan", "drift"].filter((job) => secretsOf(job).some((name) => name.includes("WRITE")))).toEqual(
      [],
    );
    expect(secretsOf("apply").filter((name) => name.includes("WRITE"))).toHaveLength(2);
    expect(jobs.plan?.permissions).toEqual({ contents: "read", "pull-requests": "write" });
  });

  test("fetches the plan that was reviewed from the run of the merged request", async () => {
    const script = jobs.apply?.steps.find(({ run }) => run)?.run ?? "";
    const bin = programs({
      gh: `echo "$@" >> "$LOG"
case "$2" in
  */commits/*) echo "$HEAD" ;;
  */actions/runs*) echo "$RUN" ;;
esac
if [ "$1" = run ]; then
  [ "$PLAN" = there ] || exit 1
  echo '{}' > accessmap-plan.json
fi`,
    });
    const cases = [
      { given: { HEAD: "head123", RUN: "42", PLAN: "there" }, code: 0, says: /^$/ },
      {
        given: { HEAD: "", RUN: "42", PLAN: "there" },
        code: 1,
        says: /^::error .*no merged pull request.*Nothing was/,
      },
      { given: { HEAD: "head123", RUN: "", PLAN: "there" }, code: 1, says: /^::error .*No run .* head123/ },
      { given: { HEAD: "head123", RUN: "42", PLAN: "gone" }, code: 1, says: /^::error .*Run 42 has no plan/ },
    ];
    for (const { given, code, says } of cases) {
      const folder = makeFolder({});
      const log = join(folder.path, "log");
      const env = { PATH: bin.PATH, LOG: log, GITHUB_REPOSITORY: "acme/access", GITHUB_SHA: "merge1" };
      const ran = await runScript(script, folder.path, { ...env, ...given, GITHUB_WORKFLOW: "Access" });
      expect([ran.code, ran.log.trim()]).toEqual([code, expect.stringMatching(says)]);
      const asked = readFileSync(log, "utf8");
      expect(asked).toMatch(/repos\/acme\/access\/commits\/merge1\/pulls/);
      if (code === 0) {
        expect(asked).toMatch(/event=pull_request&head_sha=head123/);
        expect(asked).toMatch(/run download 42 --repo acme\/access --name accessmap-plan/);
      }
      expect(existsSync(join(folder.path, "accessmap-plan.json"))).toBe(code === 0);
      folder.remove();
    }
    bin.remove();
  });
});

describe("the jobs for GitLab", () => {
  const jobs = read("server/ci/gitlab.yml") as Readonly<
    Record<
      string,
      {
        script?: string[];
        artifacts?: { when?: string; paths?: string[]; reports?: Record<string, string> };
        allow_failure?: { exit_codes: number };
        needs?: string[];
      }
    >
  >;
  let sandbox: Sandbox;
  let bin: ReturnType<typeof programs>;
  beforeAll(async () => {
    sandbox = await startSandbox({ limited: false });
    bin = programs(ACCESSMAP);
  });
  afterAll(async () => {
    bin.remove();
    await sandbox.close();
  });

  /** A repository with the sample project, and its jobs. */
  async function makeJobs() {
    const { project, remove } = await makeSample();
    const names = readdirSync(project, { recursive: true, encoding: "utf8" }).filter((name) =>
      /\.(yaml|lock)$/.test(name),
    );
    const files = Object.fromEntries(
      names.map((name) => [name, readFileSync(join(project, name), "utf8").replace("dd-chekout", "dd-checkout")]),
    );
    remove();
    const repository = makeRepository(files);
    const base = repository.git("rev-parse", "HEAD").trim();
    const env = { ...sandbox.environment, PATH: bin.PATH, CI: "true", CI_MERGE_REQUEST_DIFF_BASE_SHA: base };
    const run = (job: string) => runScript((jobs[job]?.script ?? []).join("\n"), repository.path, env);
    return { files, repository, run };
  }

  test.each<[string, path: (group: string) => string, isStarted: boolean]>([
    ["one group is hidden", (group) => `/api/v1/groups/${group}/users`, true],
    ["no role can be read", () => "/api/v2/roles", false],
  ])("where %s", async (_, path, isStarted) => {
    const { repository, run } = await makeJobs();
    const group = [...sandbox.company.okta.groups.values()].find(({ name }) => name === "dd-sre");
    const system = isStarted ? "okta" : "datadog";
    sandbox.inject({ system, path: path(group?.id ?? ""), kind: "status", status: 403 });
    const planned = await run("access-plan-main");
    const { allow_failure, artifacts } = jobs["access-plan-main"] ?? {};
    // GitLab starts what needs a job only when that has succeeded or was allowed to fail.
    expect([planned.code === allow_failure?.exit_codes, artifacts, jobs["access-apply"]?.needs]).toEqual([
      isStarted,
      { when: "always", paths: ["accessmap-plan.json"] },
      ["access-plan-main"],
    ]);
    expect(existsSync(join(repository.path, "accessmap-plan.json"))).toBe(isStarted);
    if (isStarted) {
      expect(planned.log).toMatch(/members of dd-sre: /);
      const applied = await run("access-apply");
      expect([applied.code, applied.log]).toEqual([3, expect.stringMatching(/Not everything was read.*dd-sre/)]);
      expect(applied.log).toMatch(/\d+ done/);
    }
    sandbox.clearFaults();
    repository.remove();
  });

  test("find, plan, push and look for drift", async () => {
    const { files, repository, run } = await makeJobs();
    const product = join(repository.path, "access/product.accessmap.yaml");

    writeFileSync(product, (files["access/product.accessmap.yaml"] ?? "").replace("dd-checkout-oncall", "dd-nobody"));
    const bad = await run("access-check");
    expect([bad.code, bad.log]).toEqual([1, expect.stringContaining("dd-nobody")]);
    const { codequality = "", junit = "" } = jobs["access-check"]?.artifacts?.reports ?? {};
    expect(JSON.parse(readFileSync(join(repository.path, codequality), "utf8"))).toContainEqual(
      expect.objectContaining({ check_name: "ref/unknown-group", severity: "critical" }),
    );
    expect(readFileSync(join(repository.path, junit), "utf8")).toMatch(/<failure .*type="ref\/unknown-group"/);
    writeFileSync(product, files["access/product.accessmap.yaml"] ?? "");
    expect((await run("access-check")).code).toBe(0);

    for (const job of ["access-plan", "access-plan-main", "access-apply", "access-drift"])
      expect([job, (await run(job)).code]).toEqual([job, 0]);
    expect(readFileSync(join(repository.path, "accessmap-plan.md"), "utf8")).toMatch(/^# Plan for/);
    expect(existsSync(join(repository.path, ".accessmap"))).toBe(true);
    repository.remove();
  });
});

describe("hooks for pre-commit", () => {
  interface Hook {
    readonly id: string;
    readonly name: string;
    readonly entry: string;
    readonly language: string;
    readonly files: string;
    readonly pass_filenames: boolean;
  }
  const hooks: readonly Hook[] = read(".pre-commit-hooks.yaml");
  const project = `version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu, directory: okta, push: { roles: scim } } }
`;
  /** The first is wrong, the others only untidy. */
  const cases: Readonly<Record<string, string>> = {
    "accessmap-check": "mapings: []\n",
    "accessmap-fix": "mappings:\n  - group: dd-sre\n    reason: 12\n",
    "accessmap-format": "mappings:\n  - roles: [a]\n    group: dd-sre\n",
  };

  for (const { id, entry, language, files, pass_filenames } of hooks) {
    test(`${id} runs for the project's files, and stops what it is there for`, async () => {
      expect([language, pass_filenames]).toEqual(["script", false]);
      const pattern = new RegExp(files);
      for (const path of ["accessmap.yaml", "infra/accessmap.yaml", "access/a.accessmap.yml"])
        expect(pattern.test(path)).toBe(true);
      for (const path of ["README.md", "my-accessmap.yaml", "accessmap.yaml.txt"])
        expect(pattern.test(path)).toBe(false);
      const folder = makeFolder({ "accessmap.yaml": project, "a.accessmap.yaml": cases[id] ?? "" });
      // A script is looked up in the checkout of the hooks.
      const { code } = await runScript(join(ROOT, entry), folder.path, {});
      // pre-commit stops a commit when a hook fails, and when it changed a file.
      const isChanged = readFileSync(join(folder.path, "a.accessmap.yaml"), "utf8") !== cases[id];
      expect(code !== 0 || isChanged).toBe(true);
      expect((await runScript(join(ROOT, entry), folder.path, {})).code === 0).toBe(id !== "accessmap-check");
      folder.remove();
    });
  }
});
