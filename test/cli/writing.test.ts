/** Files that the command line writes: never through a link, and a reason instead of a stack when it is impossible. Needs `npm run build`. */

import { mkdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeFolder, type RunningSandbox, runCli, startSandboxProcess } from "../support/process.ts";

const PROJECT = `version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com, groups: "dd-*" } }
organizations: { prod: { site: datadoghq.eu, directory: okta, push: { roles: scim, teams: scim } } }
`;
const MAPPINGS = `mappings:
  - group: dd-sre
    roles: [SRE]
`;

let company: RunningSandbox;
let folder: ReturnType<typeof makeFolder>;
beforeAll(async () => {
  company = await startSandboxProcess();
  folder = makeFolder({ "accessmap.yaml": PROJECT, "a.accessmap.yaml": MAPPINGS, victim: "mine\n" });
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
  expect(readFileSync(at("victim"), "utf8")).toBe("mine\n");
  expect(readFileSync(at("accessmap.lock"), "utf8")).toContain("dd-sre");
  expect(statSync(at("accessmap.lock")).mode & 0o777).toBe(statSync(at("victim")).mode & 0o777);
});

test("a plan that cannot be saved", async () => {
  mkdirSync(at("taken"));
  const { code, stderr } = await run("plan", "--out", "taken");
  expect(code).toBe(2);
  expect(stderr).toMatch(/^error taken cannot be written \(\w+\)$/m);
  expect(stderr).not.toMatch(/ at .*\.js/);
});
