/** `accessmap import --from`: Terraform files of all kinds, found, bounded and never followed elsewhere. Needs `npm run build`. */

import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runCli } from "../support/cli.ts";
import { makeFolder, startSandboxProcess } from "../support/process.ts";

const MAIN = `resource "datadog_role" "sre" {
  name = "SRE"
}
resource "datadog_authn_mapping" "sre" {
  key   = "memberOf"
  value = "dd-sre"
  role  = datadog_role.sre.id
}
`;

let folder: ReturnType<typeof makeFolder>;
beforeEach(async () => {
  folder = makeFolder({ "tf/main.tf": MAIN, "cut.tfstate": '{"version": 4, "resou' });
  await runCli(["init", "--okta", "acme.okta.com", "--site", "datadoghq.eu", "--yes"], { cwd: folder.path });
});
afterEach(() => folder.remove());

const run = (...args: string[]) => runCli(["import", ...args], { cwd: folder.path });
const written = () => readFileSync(join(folder.path, "access/prod.accessmap.yaml"), "utf8");

test.each([["tf"], ["tf/main.tf"]])("from %s, without any credentials", async (from) => {
  const { code, stdout, stderr } = await run("--from", from, "--no-live");
  expect([code, stdout]).toEqual([0, "access/prod.accessmap.yaml\n"]);
  expect(stderr).toMatch(/terraform state rm\n[\s\S]*1 entry new, 0 longer\.\n$/);
  expect(written()).toMatch(/mappings:\n {2}- group: dd-sre\n {4}roles: \[SRE\]\n$/);
  expect((await run("--from", from, "--no-live", "--check")).code).toBe(0);
});

test("what is live gives names to ids", async () => {
  const company = await startSandboxProcess();
  const { environment } = company;
  const state = {
    version: 4,
    resources: [{ mode: "managed", type: "datadog_authn_mapping", name: "a", instances: [] as object[] }],
  };
  await runCli(["snapshot", "--out", "s.json"], { cwd: folder.path, env: environment });
  const { organizations } = JSON.parse(readFileSync(join(folder.path, "s.json"), "utf8"));
  const sre = organizations.prod.roles.find(({ name }: { readonly name: string }) => name === "SRE");
  state.resources[0]?.instances.push({ attributes: { key: "memberOf", value: "dd-sre", role: sre.id } });
  writeFileSync(join(folder.path, "tf/terraform.tfstate"), JSON.stringify(state));
  const { code } = await runCli(["import", "--from", "tf"], { cwd: folder.path, env: environment });
  await company.stop();
  expect([code, written()]).toEqual([0, expect.stringMatching(/- group: dd-sre\n {4}roles: \[SRE\]\n/)]);
});

test("folders behind links, hidden ones and packages are left alone", async () => {
  const elsewhere = makeFolder({ "main.tf": MAIN.replaceAll("dd-sre", "dd-elsewhere") });
  symlinkSync(elsewhere.path, join(folder.path, "tf/link"));
  for (const name of [".terraform", "node_modules"]) {
    mkdirSync(join(folder.path, "tf", name));
    writeFileSync(join(folder.path, "tf", name, "main.tf"), MAIN.replaceAll("dd-sre", "dd-elsewhere"));
  }
  await run("--from", "tf", "--no-live");
  elsewhere.remove();
  expect(written()).not.toContain("dd-elsewhere");
});

test.each([
  [["--from", "nowhere"], /nowhere does not exist/],
  [["--from", "access"], /no Terraform file \(\*\.tf, \*\.tf\.json, \*\.tfstate\) in access/],
  [
    ["--from", "tf", "--no-live", "--provider", "datadog.eu"],
    /no resource uses the provider datadog\.eu; there is datadog/,
  ],
  [["--no-live"], /leaves nothing to import/],
  [
    ["--from", "cut.tfstate", "--no-live"],
    /^error Nothing was written:\n {2}cut\.tfstate was not read: it is not valid JSON/m,
  ],
])("%j writes nothing", async (args, said) => {
  const before = written();
  const { code, stderr } = await run(...args);
  expect([code, stderr, written()]).toEqual([2, expect.stringMatching(said), before]);
});
