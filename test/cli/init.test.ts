/** `accessmap init` from options: what it writes, what it refuses, and that nothing is overwritten. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runCli } from "../support/cli.ts";
import { makeFolder } from "../support/process.ts";

let folder: ReturnType<typeof makeFolder>;
beforeEach(() => {
  folder = makeFolder({});
});
afterEach(() => folder.remove());

const run = (...args: string[]) => runCli(args, { cwd: folder.path });
const OKTA = ["--okta", "acme.okta.com", "--site", "datadoghq.eu"];

test("the new project has nothing to complain about", async () => {
  const made = await run("init", "new", ...OKTA, "--groups", "dd-*", "--yes");
  expect([made.code, made.stderr]).toEqual([0, ""]);
  expect(made.stdout).toMatch(/^new\/accessmap\.yaml written\.\nnew\/access\/prod\.accessmap\.yaml written\./);
  const checked = await run("check", "-C", "new", "--no-live", "--fail-on", "info");
  expect([checked.code, checked.stdout]).toEqual([0, expect.stringMatching(/No findings in 0 mappings in 1 file/)]);
});

test("what is there stays", async () => {
  mkdirSync(join(folder.path, "access"));
  writeFileSync(join(folder.path, "access/prod.accessmap.yaml"), "mine\n");
  const made = await run("init", ...OKTA, "--yes");
  expect([made.code, made.stderr]).toEqual([0, "access/prod.accessmap.yaml is there already and was left as it is.\n"]);
  expect(readFileSync(join(folder.path, "access/prod.accessmap.yaml"), "utf8")).toBe("mine\n");
  const before = readFileSync(join(folder.path, "accessmap.yaml"), "utf8");
  const again = await run("init", ...OKTA, "--name", "other", "--yes");
  expect([again.code, again.stderr]).toEqual([2, expect.stringMatching(/already; nothing was written/)]);
  expect(readFileSync(join(folder.path, "accessmap.yaml"), "utf8")).toBe(before);
});

test.each([
  [[], /nobody to ask here; add --yes, and what has no default: a directory \(--okta, .*\), --site\n$/],
  [["--yes"], /init needs a directory \(--okta, .*\), --site\n$/],
  [["--google", "C0123abc", "--yes"], /init needs --google-admin, --site\n$/],
  [
    ["--okta", "https://acme.okta.com", "--site", "datadoghq.eu", "--yes"],
    /--okta .* does not fit; something like acme/,
  ],
  [["--okta", "acme.okta.com", "--site", "datadog.eu", "--yes"], /--site datadog\.eu: One of datadoghq\.com, /],
  [[...OKTA, "--name", "Acme", "--yes"], /--name Acme: "Acme" does not fit/],
  [[...OKTA, "--roles", "magic", "--yes"], /Allowed choices are scim, saml/],
])("init %j writes nothing", async (args, said) => {
  const made = await run("init", ...args);
  expect([made.code, made.stderr]).toEqual([2, expect.stringMatching(said)]);
  expect(existsSync(join(folder.path, "accessmap.yaml"))).toBe(false);
});
