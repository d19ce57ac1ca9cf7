/** `accessmap diff` and `promote` on two organizations of one project. Needs `npm run build`. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { runCli } from "../support/cli.ts";
import { makeFolder, type RunningSandbox, startSandboxProcess } from "../support/process.ts";

const PROJECT = `version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu, directory: okta, push: { roles: scim, teams: scim } }
  dev: { site: datadoghq.eu, directory: okta, push: { roles: scim, teams: scim } }
`;
const PROD = `organization: prod
mappings:
  - group: dd-sre
    roles: [SRE, No Such Role]
    reason: On call
`;
const DEV = "organization: dev\nmappings:\n  # none yet\n  - group: dd-web\n    teams: [web]\n";

let company: RunningSandbox;
let folder: ReturnType<typeof makeFolder>;
beforeAll(async () => {
  company = await startSandboxProcess();
});
afterAll(() => company.stop());
beforeEach(() => {
  folder = makeFolder({
    "accessmap.yaml": PROJECT,
    "access/prod.accessmap.yaml": PROD,
    "access/dev.accessmap.yaml": DEV,
  });
});
afterEach(() => folder.remove());

const run = (...args: string[]) => runCli(args, { cwd: folder.path, env: company.environment });
const dev = () => readFileSync(join(folder.path, "access/dev.accessmap.yaml"), "utf8");

test("the difference, with what is live", async () => {
  const { code, stdout } = await run("diff", "prod", "dev");
  expect([code, stdout]).toEqual([
    0,
    expect.stringMatching(
      /give 1 group what[\s\S]*\+ role No Such Role .*:3; dev has no role of this name\n {2}\+ role SRE {2}access\/prod\.accessmap\.yaml:3\n[\s\S]*1 group holds more in dev/,
    ),
  ]);
  expect((await run("diff", "prod", "dev", "--detailed-exitcode")).code).toBe(4);
  expect(JSON.parse((await run("diff", "prod", "dev", "--format", "json")).stdout).groups).toHaveLength(1);
});

test("promotion shows first, asks, and then writes exactly that", async () => {
  const shown = await run("promote", "prod", "dev", "--check");
  expect([shown.code, shown.stdout, dev()]).toEqual([1, expect.stringMatching(/^\+ {2}- group: dd-sre$/m), DEV]);
  expect(shown.stderr).toMatch(/Held back: dd-sre: role No Such Role: dev has no role of this name/);
  const asked = await run("promote", "prod", "dev");
  expect([asked.code, asked.stderr, dev()]).toEqual([2, expect.stringMatching(/add --yes once you have looked/), DEV]);
  const done = await run("promote", "prod", "dev", "--yes");
  expect([done.code, dev()]).toEqual([0, `${DEV}  - group: dd-sre\n    roles: [SRE]\n    reason: On call\n`]);
  expect((await run("promote", "prod", "dev", "--yes")).stdout).toMatch(/nothing to write/);
});

test("without live data the files are compared alone", async () => {
  const { stdout } = await run("promote", "prod", "dev", "--no-live", "--check");
  expect(stdout).toMatch(/^\+ {4}roles: \[No Such Role, SRE\]$/m);
});

test.each([
  [["diff", "prod", "prod"], /one organization; name another/],
  [["diff", "prod", "devv"], /no organization "devv".*did you mean "dev"/],
  [
    ["promote", "prod", "dev", "--group", "dd-sr", "--yes"],
    /prod gives dd-sr nothing that dev does not; did you mean dd-sre\?/,
  ],
])("%j is refused", async (args, said) => {
  const { code, stderr } = await run(...args);
  expect([code, stderr, dev()]).toEqual([2, expect.stringMatching(said), DEV]);
  expect(existsSync(join(folder.path, "access/prod.accessmap.yaml"))).toBe(true);
});
