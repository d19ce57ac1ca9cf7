/** Files that the command line writes: never through a link, and a reason instead of a stack when it is impossible. Needs `npm run build`. */

import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCli } from "../support/cli.ts";
import { makeFolder, type RunningSandbox, startSandboxProcess } from "../support/process.ts";

const PROJECT = `version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com, groups: "dd-*" } }
organizations: { prod: { site: datadoghq.eu, directory: okta, push: { roles: scim, teams: scim } } }
`;
const MAPPINGS = `mappings:
  - group: dd-sre
    roles: [SRE]
`;

/** A lock of somebody else. */
const MINE = '{ "version": 1 }\n';

let company: RunningSandbox;
let folder: ReturnType<typeof makeFolder>;
beforeAll(async () => {
  company = await startSandboxProcess();
  folder = makeFolder({ "accessmap.yaml": PROJECT, "a.accessmap.yaml": MAPPINGS, victim: MINE });
});
afterAll(async () => {
  folder.remove();
  await company.stop();
});

const run = (...args: string[]) => runCli(args, { cwd: folder.path, env: company.environment });
const at = (file: string) => join(folder.path, file);

test("the lock replaces links, and can be read by whoever may read the repository", async () => {
  symlinkSync("victim", at("accessmap.lock"));
  symlinkSync("victim", at("accessmap.lock.new"));
  expect((await run("lock")).code).toBe(0);
  expect(readFileSync(at("victim"), "utf8")).toBe(MINE);
  expect(readFileSync(at("accessmap.lock"), "utf8")).toContain("dd-sre");
  expect(statSync(at("accessmap.lock")).mode & 0o777).toBe(statSync(at("victim")).mode & 0o777);
});

test("a review shows what changed, asks before it records, and is then the last one", async () => {
  const lock = JSON.parse(readFileSync(at("accessmap.lock"), "utf8"));
  lock.organizations.prod.roles.SRE.permissions = ["apm_read"];
  lock.organizations.prod.reviewed = "2020-01-01";
  writeFileSync(at("accessmap.lock"), JSON.stringify(lock));
  const asked = await run("review");
  expect([asked.code, asked.stdout]).toEqual([2, expect.stringMatching(/^ {2}role SRE in prod gained /)]);
  expect(asked.stderr).toContain("add --yes once you have looked");
  expect((await run("lock")).stderr).toContain("One thing changed since the last review: accessmap review");
  expect((await run("review", "--yes")).stdout).toContain("accessmap.lock records this review");
  expect((await run("review", "--yes")).stdout).toBe("Nothing changed since the last review.\n");
});

test("a lock that cannot be read is not replaced by one that has forgotten what was adopted and reviewed", async () => {
  const whole = readFileSync(at("accessmap.lock"), "utf8");
  const broken = `<<<<<<< HEAD\n${whole}=======\n${whole}>>>>>>> change\n`;
  writeFileSync(at("accessmap.lock"), broken);
  for (const verb of [["lock"], ["lock", "--adopt"], ["review", "--yes"]]) {
    const { code, stderr } = await run(...verb);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/not valid JSON.*restore it from git.*delete it first/)]);
  }
  expect(readFileSync(at("accessmap.lock"), "utf8")).toBe(broken);
  writeFileSync(at("accessmap.lock"), whole);
});

test("findings of a baseline count no more, new ones do", async () => {
  writeFileSync(at("b.accessmap.yaml"), "mappings:\n  - { group: dd-nobody, roles: [] }\n");
  expect((await run("check")).code).toBe(1);
  expect((await run("check", "--write-baseline")).stdout).toMatch(
    /accessmap\.baseline\.json records \d+ findings? as inherited/,
  );
  const quiet = await run("check");
  expect([quiet.code, quiet.stdout]).toEqual([
    0,
    expect.stringMatching(/\d+ inherited findings? not shown[\s\S]*No findings in/),
  ]);
  writeFileSync(at("b.accessmap.yaml"), "# Moved.\nmappings:\n  - { group: dd-noone, roles: [] }\n");
  const news = await run("check");
  expect([news.code, news.stdout]).toEqual([1, expect.stringMatching(/"dd-noone"[\s\S]*1 inherited finding gone/)]);
  const whole = readFileSync(at("accessmap.baseline.json"), "utf8");
  for (const broken of [`<<<<<<< HEAD\n${whole}`, "{}", whole.replace('"rule"', '"rul"')]) {
    writeFileSync(at("accessmap.baseline.json"), broken);
    expect((await run("check")).stdout).toContain("accessmap.baseline.json cannot be read, so what it inherits counts");
  }
});

test("a report goes into the file that is named, and stdout stays empty", async () => {
  writeFileSync(at("report.json"), "old");
  const { code, stdout, stderr } = await run("check", "--format", "json", "--output", "report.json");
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("Written to report.json.");
  expect(JSON.parse(readFileSync(at("report.json"), "utf8")).version).toBe(1);
  const drift = await run("drift", "--format", "markdown", "--output", "out/drift.md");
  expect([drift.code, drift.stdout]).toEqual([4, ""]);
  expect(readFileSync(at("out/drift.md"), "utf8")).toMatch(/^## Drift in |^## No drift/);
});

test("a report that cannot be written", async () => {
  mkdirSync(at("folder"));
  const { code, stderr } = await run("check", "--output", "folder");
  expect([code, stderr]).toEqual([2, expect.stringMatching(/^error folder cannot be written \(\w+\)$/m)]);
});

test("a plan that cannot be saved", async () => {
  mkdirSync(at("taken"));
  const { code, stderr } = await run("plan", "--out", "taken");
  expect(code).toBe(2);
  expect(stderr).toMatch(/^error taken cannot be written \(\w+\)$/m);
  expect(stderr).not.toMatch(/ at .*\.js/);
});

test("no file is made in a folder that a link leads out of the project", async () => {
  const scratch = makeFolder({ "bait/accessmap.yaml": PROJECT, "clone/README.md": "" });
  for (const project of ["bait", "clone"]) symlinkSync("../outside", join(scratch.path, project, "access"));
  mkdirSync(join(scratch.path, "outside"));
  const from = ["import", "-C", "bait"];
  const begun = ["init", "clone", "--okta", "acme.okta.com", "--site", "datadoghq.eu", "--yes"];
  for (const args of [from, begun]) {
    const { code, stderr } = await runCli(args, { cwd: scratch.path, env: company.environment });
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^error access is a link that leads out of the project/m),
    ]);
  }
  expect(readdirSync(join(scratch.path, "outside"))).toEqual([]);
  scratch.remove();
});
