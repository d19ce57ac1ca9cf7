/** `check --changed`: shows what a change brings, wherever it shows, and runs nothing of a hostile repository. Needs `npm run build`. */

import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCli } from "../support/cli.ts";
import { makeFolder, type RunningSandbox, startSandboxProcess } from "../support/process.ts";
import { type Files, makeRepository } from "../support/repository.ts";

const PROJECT = `version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu, directory: okta, push: { roles: scim, teams: scim } }
  test: { site: datadoghq.com, directory: okta, push: { roles: scim, teams: scim } }
`;
const BUNDLES = "organization: prod\nbundles:\n  engineer: { roles: [Engineer] }\n";
const USES = "organization: prod\nmappings:\n  - group: dd-eng\n    bundles: [engineer]\n";
const OLD = "organization: prod\nmappings:\n  - group: dd-sre\n    rols: [SRE]\n";

const BASE: Files = {
  "infra/accessmap.yaml": PROJECT,
  "infra/bundles.accessmap.yaml": BUNDLES,
  "infra/uses.accessmap.yaml": USES,
  "infra/old.accessmap.yaml": OLD,
};

interface Case {
  readonly name: string;
  /** What the change adds or replaces; `undefined` deletes. */
  readonly change: Readonly<Record<string, string | undefined>>;
  /** What the main line has besides `BASE`. */
  readonly base?: Files;
  /** `file:line rule`, sorted as they are shown. */
  readonly shown: readonly string[];
}

const INHERITED = JSON.stringify({
  version: 1,
  findings: [{ rule: "hyg/unsorted", file: "uses.accessmap.yaml", subject: "dd-eng", count: 1 }],
});

const CASES: readonly Case[] = [
  { name: "nothing", change: {}, shown: [] },
  { name: "lines that move", change: { "infra/old.accessmap.yaml": `# Moved.\n\n${OLD}` }, shown: [] },
  {
    name: "a finding beside an old one",
    change: { "infra/old.accessmap.yaml": `${OLD}  - group: dd-new\n    teems: [a]\n` },
    shown: ["old.accessmap.yaml:6 schema/unknown-key"],
  },
  {
    name: "the same mistake once more",
    change: { "infra/old.accessmap.yaml": `${OLD}  - group: dd-sre\n    rols: [SRE]\n` },
    shown: ["old.accessmap.yaml:6 schema/unknown-key"],
  },
  {
    name: "a bundle that goes shows where it is used",
    change: { "infra/bundles.accessmap.yaml": undefined },
    shown: ["uses.accessmap.yaml:4 ref/unknown-bundle"],
  },
  {
    name: "a stricter policy shows in files that did not change",
    base: { "infra/uses.accessmap.yaml": `${USES}    until: 2099-01-01\n` },
    change: { "infra/accessmap.yaml": `${PROJECT}policy: { longest: 30d }\n` },
    shown: ["uses.accessmap.yaml:5 exp/too-long"],
  },
  {
    name: "a finding that gets worse",
    base: { "infra/uses.accessmap.yaml": "organization: prod\nmappings:\n  - roles: [A]\n    group: dd-eng\n" },
    change: { "infra/accessmap.yaml": `${PROJECT}policy: { rules: { hyg/unsorted: error } }\n` },
    shown: ["uses.accessmap.yaml:4 hyg/unsorted"],
  },
  {
    name: "a file under another name",
    change: { "infra/old.accessmap.yaml": undefined, "infra/deeper/new.accessmap.yaml": OLD },
    shown: [],
  },
  {
    name: "a file under another name and for another organization",
    change: {
      "infra/old.accessmap.yaml": undefined,
      "infra/new.accessmap.yaml": OLD.replace("prod", "test"),
    },
    shown: ["new.accessmap.yaml:4 schema/unknown-key"],
  },
  {
    name: "a finding that is no longer inherited",
    base: {
      "infra/accessmap.baseline.json": INHERITED,
      "infra/uses.accessmap.yaml": "organization: prod\nmappings:\n  - roles: [A]\n    group: dd-eng\n",
    },
    change: { "infra/accessmap.baseline.json": undefined },
    shown: ["uses.accessmap.yaml:4 hyg/unsorted"],
  },
  {
    name: "a project below, and folders that are not searched, are none of the base's either",
    base: {
      "infra/below/accessmap.yaml": PROJECT,
      "infra/below/x.accessmap.yaml": "mappings: [\n",
      "infra/node_modules/x.accessmap.yaml": "mappings: [\n",
    },
    change: { "infra/x.accessmap.yaml": "organization: prod\nmappings: [\n" },
    shown: ["x.accessmap.yaml:3 yaml/syntax"],
  },
];

async function shownBy(cwd: string, args: readonly string[], env = {}): Promise<unknown> {
  const run = await runCli(["check", "--no-live", "--format", "json", ...args], { cwd, env });
  if (run.stdout === "") return run.stderr;
  const { findings } = JSON.parse(run.stdout) as {
    findings: { file: string; line: number; rule: string; inherited?: true }[];
  };
  return findings.flatMap(({ file, line, rule, inherited }) => (inherited ? [] : [`${file}:${line} ${rule}`]));
}

describe("a change shows", () => {
  for (const { name, base = {}, change, shown } of CASES) {
    test.concurrent(name, async () => {
      const before = { ...BASE, ...base };
      const repository = makeRepository(before);
      const all = Object.entries({ ...before, ...change });
      const after = Object.fromEntries(all.filter((entry): entry is [string, string] => entry[1] !== undefined));
      repository.put(after);
      const folder = join(repository.path, "infra");
      expect(await shownBy(folder, ["--changed"])).toEqual(shown);
      // Committed on a branch it is the same change.
      repository.git("checkout", "-qb", "change");
      repository.put(after, "Change");
      expect(await shownBy(folder, ["--changed"])).toEqual(shown);
      expect(await shownBy(folder, ["--changed", "HEAD"])).toEqual([]);
      repository.remove();
    });
  }
});

test("what is inherited is counted once, however old it is", async () => {
  const unsorted = "organization: prod\nmappings:\n  - roles: [A]\n    group: dd-eng\n";
  const repository = makeRepository({
    ...BASE,
    "infra/accessmap.baseline.json": INHERITED,
    "infra/uses.accessmap.yaml": unsorted,
  });
  const { stdout } = await runCli(["check", "--no-live", "--changed"], { cwd: join(repository.path, "infra") });
  expect(stdout.match(/.* not shown: \w+/g)).toEqual([
    "note    2 findings not shown: commit",
    "note    1 inherited finding not shown: accessmap",
  ]);
  repository.remove();
});

test("what the main line got meanwhile counts neither way", async () => {
  const repository = makeRepository(BASE);
  repository.git("checkout", "-qb", "change");
  repository.put({ ...BASE, "infra/new.accessmap.yaml": OLD.replace("sre", "new") }, "Change");
  repository.git("checkout", "-q", "main");
  repository.put({ ...BASE, "infra/new.accessmap.yaml": OLD.replace("sre", "new") }, "The same");
  repository.git("checkout", "-q", "change");
  expect(await shownBy(join(repository.path, "infra"), ["--changed", "main"])).toEqual([
    "new.accessmap.yaml:4 schema/unknown-key",
  ]);
  repository.remove();
});

test("the branch that a request goes to comes before the usual main lines", async () => {
  const repository = makeRepository(BASE);
  repository.git("checkout", "-qb", "release");
  repository.put({ ...BASE, "infra/new.accessmap.yaml": OLD.replace("sre", "new") }, "Release");
  repository.git("update-ref", "refs/remotes/origin/release", "HEAD");
  const folder = join(repository.path, "infra");
  const against = (env: Readonly<Record<string, string>>) => shownBy(folder, ["--changed"], env);
  expect(await against({})).toEqual(["new.accessmap.yaml:4 schema/unknown-key"]);
  expect(await against({ GITHUB_BASE_REF: "release" })).toEqual([]);
  expect(await against({ CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "release" })).toEqual([]);
  expect(await against({ GITHUB_BASE_REF: "gone" })).toMatch(/no commit "refs\/remotes\/origin\/gone" here/);
  repository.remove();
});

describe("what cannot be compared", () => {
  const refusals: Readonly<Record<string, RegExp>> = {
    nope: /no commit "nope" here/,
    "--output=x": /no commit "--output=x" here/,
    "main..HEAD": /no commit "main\.\.HEAD" here/,
    "main:infra": /no commit "main:infra" here/,
    "^main": /no commit/,
    // Who writes a commit has a say in what this finds, and where a reflog begins later git answers with another moment.
    "main^{/Begin}": /no commit "main\^\{\/Begin\}" here/,
    "main@{yesterday}": /no commit "main@\{yesterday\}" here/,
  };
  for (const [name, message] of Object.entries(refusals)) {
    test.concurrent(`a commit called ${name}`, async () => {
      const repository = makeRepository(BASE);
      const args = ["check", "--no-live", `--changed=${name}`];
      const { code, stderr } = await runCli(args, { cwd: join(repository.path, "infra") });
      expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
      repository.remove();
    });
  }

  test("no repository, and no git", async () => {
    const folder = makeFolder({ "accessmap.yaml": PROJECT });
    const none = await runCli(["check", "--changed"], { cwd: folder.path });
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining("lies in no git repository")]);
    // A program of that name in the project is not the machine's.
    writeFileSync(join(folder.path, "git"), "#!/bin/sh\ntouch ran\n", { mode: 0o755 });
    const without = await runCli(["check", "--changed"], { cwd: folder.path, env: { PATH: `.:${folder.path}/no` } });
    expect([without.code, without.stderr]).toEqual([2, expect.stringContaining("git was not found")]);
    expect(existsSync(join(folder.path, "ran"))).toBe(false);
    folder.remove();
  });

  test("a clone that was cut off says how to get the rest", async () => {
    const repository = makeRepository(BASE);
    repository.put({ ...BASE, "infra/new.accessmap.yaml": OLD }, "Second");
    const clone = makeFolder({});
    repository.git("clone", "-q", "--depth", "1", `file://${repository.path}`, clone.path);
    for (const name of ["HEAD~1", "v1"]) {
      const { code, stderr } = await runCli(["check", "--no-live", `--changed=${name}`], {
        cwd: join(clone.path, "infra"),
      });
      expect([code, stderr]).toEqual([2, expect.stringContaining("fetch-depth: 0")]);
    }
    clone.remove();
    repository.remove();
  });

  test("a clone of nothing but the change takes it for the main line, and does not pass it", async () => {
    const repository = makeRepository(BASE);
    repository.git("checkout", "-qb", "change");
    repository.put({ ...BASE, "infra/new.accessmap.yaml": OLD.replace("sre", "new") }, "Change");
    const clone = makeFolder({});
    repository.git("clone", "-q", "--depth", "1", "-b", "change", `file://${repository.path}`, clone.path);
    const folder = join(clone.path, "infra");
    expect(await shownBy(folder, ["--changed"])).toMatch(/files are those of commit \w{12}.*fetch-depth: 0/);
    writeFileSync(join(folder, "edited.accessmap.yaml"), OLD.replace("sre", "edited"));
    expect(await shownBy(folder, ["--changed"])).toEqual(["edited.accessmap.yaml:4 schema/unknown-key"]);
    clone.remove();
    repository.remove();
  });
});

describe("what lacks a file of the commit takes nothing for old", () => {
  const GONE = ["old.accessmap.yaml:4 schema/unknown-key", "uses.accessmap.yaml:4 ref/unknown-bundle"];
  const { "infra/bundles.accessmap.yaml": _, ...rest } = BASE;

  test("a clone without the older contents", async () => {
    const repository = makeRepository(BASE);
    repository.git("config", "uploadpack.allowFilter", "true");
    repository.git("checkout", "-qb", "change");
    repository.put(rest, "Change");
    const clone = makeFolder({});
    const args = ["-q", "--filter=blob:none", "-b", "change", `file://${repository.path}`, clone.path];
    repository.git("clone", ...args);
    const folder = join(clone.path, "infra");
    expect(await shownBy(folder, ["--changed", "origin/main"])).toMatch(/^error .*no older contents.*--no-filter/);
    expect(await shownBy(folder, ["--changed", "HEAD"])).toEqual([]);
    clone.remove();
    repository.remove();
  });

  test("a file that is no text", async () => {
    const repository = makeRepository(rest);
    writeFileSync(join(repository.path, "infra/bundles.accessmap.yaml"), Buffer.from([0x62, 0xff, 0xfe]));
    repository.git("add", "-A");
    repository.git("commit", "-qm", "Broken");
    repository.put(rest);
    const folder = join(repository.path, "infra");
    expect(await shownBy(folder, ["--changed", "HEAD"])).toEqual(GONE);
    expect((await runCli(["check", "--no-live", "--changed", "HEAD"], { cwd: folder })).stdout).toMatch(
      /note .*bundles\.accessmap\.yaml of commit \w{12} cannot be read here, so every finding counts as new/,
    );
    repository.remove();
  });

  test("a module that is another one, and none that stays", async () => {
    const repository = makeRepository(rest);
    const module = join(repository.path, "infra/shared");
    mkdirSync(module);
    writeFileSync(join(module, "bundles.accessmap.yaml"), BUNDLES);
    for (const command of [
      ["init", "-q"],
      ["add", "-A"],
      ["commit", "-qm", "Shared"],
    ])
      repository.git("-C", module, ...command);
    repository.git("add", "-A");
    repository.git("commit", "-qm", "With a module");
    const folder = join(repository.path, "infra");
    repository.git("checkout", "-qb", "change");
    expect(await shownBy(folder, ["--changed", "main"])).toEqual(["shared/bundles.accessmap.yaml:1 schema/missing"]);
    rmSync(module, { recursive: true });
    repository.git("commit", "-qam", "Without");
    expect(await shownBy(folder, ["--changed", "main"])).toEqual(GONE);
    repository.remove();
  });
});

test("a merge commit is held against the line that it goes to", async () => {
  const repository = makeRepository(BASE);
  repository.git("checkout", "-qb", "change");
  repository.put({ ...BASE, "infra/new.accessmap.yaml": OLD.replace("sre", "new") }, "Change");
  repository.git("checkout", "-q", "main");
  repository.put({ ...BASE, "infra/main.accessmap.yaml": OLD.replace("sre", "main") }, "Meanwhile");
  repository.git("checkout", "-q", "--detach", "main");
  repository.git("merge", "-q", "--no-ff", "-m", "Merge", "change");
  expect(await shownBy(join(repository.path, "infra"), ["--changed", "main"])).toEqual([
    "new.accessmap.yaml:4 schema/unknown-key",
  ]);
  repository.remove();
});

test("the main line itself has nothing new, and the report says why", async () => {
  const repository = makeRepository(BASE);
  const { code, stdout } = await runCli(["check", "--no-live", "--changed"], { cwd: join(repository.path, "infra") });
  expect([code, stdout]).toEqual([
    0,
    expect.stringMatching(/those of commit \w{12}.*nothing can be new; .*name the commit/),
  ]);
  repository.remove();
});

test("nothing that the repository says is run", async () => {
  const repository = makeRepository({ ...BASE, "infra/.gitattributes": "*.yaml filter=evil diff=evil\n" });
  const marker = join(repository.path, "ran");
  const evil = join(repository.path, ".git", "evil.sh");
  writeFileSync(evil, `#!/bin/sh\ntouch '${marker}'\n`);
  chmodSync(evil, 0o755);
  for (const key of [
    "core.fsmonitor",
    "core.pager",
    "core.sshCommand",
    "core.editor",
    "diff.external",
    "diff.evil.textconv",
    "filter.evil.smudge",
    "gpg.program",
    "credential.helper",
  ])
    repository.git("config", key, evil);
  repository.git("config", "remote.origin.url", `ext::${evil}`);
  repository.git("config", "remote.origin.promisor", "true");
  repository.git("config", "protocol.ext.allow", "always");
  // What is missing in a partial clone would be fetched from wherever the repository says.
  const object = repository.git("rev-parse", "HEAD:infra/old.accessmap.yaml").trim();
  rmSync(join(repository.path, ".git/objects", object.slice(0, 2), object.slice(2)));
  mkdirSync(join(repository.path, ".git/hooks"), { recursive: true });
  for (const hook of ["post-checkout", "reference-transaction", "post-index-change"])
    symlinkSync(evil, join(repository.path, ".git/hooks", hook));
  // Git's own variables, as a hook has them, do not lead elsewhere.
  const env = { GIT_DIR: "/nowhere", GIT_INDEX_FILE: "/nowhere/index", GIT_WORK_TREE: "/" };
  expect(await shownBy(join(repository.path, "infra"), ["--changed"], env)).toEqual([
    "bundles.accessmap.yaml:1 schema/missing",
    "old.accessmap.yaml:4 schema/unknown-key",
  ]);
  expect(existsSync(marker)).toBe(false);
  // The trap works.
  expect(() => repository.git("cat-file", "-p", object)).toThrow();
  expect(existsSync(marker)).toBe(true);
  repository.remove();
});

describe("with live data", () => {
  let company: RunningSandbox;
  beforeAll(async () => {
    company = await startSandboxProcess();
  });
  afterAll(() => company.stop());

  test("both states are judged by the same reads, and a snapshot that changed is named", async () => {
    const mapping = (group: string) => `mappings:\n  - group: ${group}\n    roles: [Datadog Read Only Role]\n`;
    const project = `version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com, groups: "dd-*" } }
organizations: { prod: { site: datadoghq.eu, directory: okta, push: { roles: scim, teams: scim } } }
`;
    const base = { "accessmap.yaml": project, "a.accessmap.yaml": mapping("dd-nobody") };
    const repository = makeRepository(base);
    const check = (env = {}) => runCli(["check", "--changed"], { cwd: repository.path, env });
    repository.put({ ...base, "b.accessmap.yaml": mapping("dd-noone") });
    const live = await check(company.environment);
    expect([live.code, live.stdout]).toEqual([1, expect.stringMatching(/^b\.accessmap\.yaml\n {2}2:12 .*"dd-noone"/)]);
    expect(live.stdout).not.toContain('"dd-nobody"');

    await runCli(["snapshot"], { cwd: repository.path, env: company.environment });
    const fork = await check();
    expect([fork.code, fork.stdout]).toEqual([1, expect.stringMatching(/"dd-noone"[\s\S]*review it too/)]);
    expect(fork.stdout).not.toContain('"dd-nobody"');
    repository.remove();
  });
});
