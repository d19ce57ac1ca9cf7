/** `accessmap import` against the sandbox: from an empty project to files that say what is live. Needs `npm run build`. */

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { runCli } from "../support/cli.ts";
import { makeFolder, type RunningSandbox, startSandboxProcess } from "../support/process.ts";

let company: RunningSandbox;
let folder: ReturnType<typeof makeFolder>;
beforeAll(async () => {
  company = await startSandboxProcess();
});
afterAll(() => company.stop());
beforeEach(async () => {
  folder = makeFolder({});
  await runCli(["init", "--okta", "acme.okta.com", "--site", "datadoghq.eu", "--yes"], { cwd: folder.path });
});
afterEach(() => folder.remove());

const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runCli(args, { cwd: folder.path, env: { ...company.environment, ...env } });
const FILE = "access/prod.accessmap.yaml";
const read = (file = FILE) => readFileSync(join(folder.path, file), "utf8");

test("the first import writes what is certain and says what is not; a second one finds nothing to do", async () => {
  const before = read();
  const shown = await run(["import", "--check"]);
  expect([shown.code, read()]).toEqual([1, before]);
  expect(shown.stdout).toMatch(
    /^--- a\/access\/prod\.accessmap\.yaml\n\+\+\+ b\/[\s\S]*^-mappings: \[\]$[\s\S]*^\+ {2}- group: dd-admins$/m,
  );
  const first = await run(["import"]);
  expect([first.code, first.stdout]).toEqual([0, "access/prod.accessmap.yaml\n"]);
  expect(first.stderr).toMatch(/\d+ entries new, 0 longer; \d+ things that no mapping explains\.\n$/);
  expect(first.stderr).toMatch(/attribute: memberOf\n[\s\S]*id: 0f5cb5d2-7f6c-11ee-a2e8-da7ad0900005/);
  expect(read()).toMatch(
    /^# Which groups hold which roles[\s\S]*^ {2}- group: dd-admins\n {4}roles: \[Datadog Admin Role\]$/m,
  );
  expect(read()).toMatch(/^# role SRE: \d+ people have it by hand; dd-sre explains/m);
  const again = await run(["import", "--check"]);
  expect([again.code, again.stderr]).toEqual([0, expect.stringMatching(/say all of this already/)]);
});

test("what was imported is what is there: a plan then gives nobody anything and takes nothing", async () => {
  await run(["import"]);
  const { stdout } = await run(["plan"]);
  expect(stdout).toMatch(/^0 people gain access, 0 lose access/m);
});

test("nobody is named where nobody is to be named", async () => {
  await run(["import", "--no-names"]);
  expect(read()).toMatch(/role Log Admin: 9 people have it by hand/);
  expect(read().replace(/^.*owner: sre-leads@example\.com$/m, "")).not.toContain("@");
});

test("entries that are there keep their comments and their place", async () => {
  writeFileSync(join(folder.path, "mine.accessmap.yaml"), "mappings:\n  # ours\n  - group: dd-support # help desk\n");
  const { stdout, stderr } = await run(["import", "--out", "./imported/"]);
  expect([stdout, stderr]).toEqual([
    "imported/prod.accessmap.yaml\nmine.accessmap.yaml\n",
    expect.stringMatching(/^2 files changed\.\n\d+ entries new, 1 longer/m),
  ]);
  expect(read("mine.accessmap.yaml")).toBe(
    "mappings:\n  # ours\n  - group: dd-support # help desk\n    roles: [Read Only Support]\n    teams: [support]\n",
  );
});

test("a directory that cannot be read is said, and so are AuthN mappings without effect", async () => {
  const { code } = await run(["import"], { OKTA_CLIENT_TOKEN: "wrong" });
  expect(code).toBe(0);
  expect(read()).toMatch(
    /^# role mapping is off in prod[\s\S]*^# {3}- group: dd-admins\n# {5}roles: \[Datadog Admin Role\]/m,
  );
  expect(read()).toMatch(/# not everything was read of okta: /);
  expect(read()).toMatch(/# nobody was compared with any group, because no group's members could be read\./);
  expect(read()).not.toMatch(/no group explains/);
});

test.each([
  ["no key", [], { DD_API_KEY: "" }, 3, /Nothing was written:\n {2}prod: /],
  ["a folder elsewhere", ["--out", "../x"], {}, 2, /--out \.\.\/x: name a folder inside the project/],
  ["a folder that no check looks into", ["--out", ".git"], {}, 2, /name a folder inside/],
  ["an organization that is not there", ["-o", "dev"], {}, 2, /no organization "dev"/],
] as const)("nothing is written: %s", async (_, args, env, code, said) => {
  const before = read();
  const made = await run(["import", ...args], env);
  expect([made.code, made.stderr]).toEqual([code, expect.stringMatching(said)]);
  expect(read()).toBe(before);
});

test("nothing is written for another organization's key, nor beside broken files", async () => {
  const project = join(folder.path, "accessmap.yaml");
  const text = readFileSync(project, "utf8");
  writeFileSync(project, text.replace(/# id: .*/, "id: 11111111-7f6c-11ee-a2e8-da7ad0900005"));
  expect((await run(["import"])).code).toBe(5);
  writeFileSync(project, text);
  writeFileSync(join(folder.path, "broken.accessmap.yaml"), "mappings: [\n");
  const broken = await run(["import"]);
  expect([broken.code, broken.stderr]).toEqual([
    2,
    expect.stringMatching(/^error Nothing was written while files have errors/),
  ]);
  expect(existsSync(join(folder.path, "access"))).toBe(true);
  expect(readdirSync(join(folder.path, "access"))).toEqual(["prod.accessmap.yaml"]);
});
