/** `accessmap export hoop`: a file or standard output, the same each time, and nothing where access would be lost. Needs `npm run build`. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { runCli } from "../support/cli.ts";
import { makeFolder, startSandboxProcess } from "../support/process.ts";

const PROJECT = `version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com }, corp: { type: entra, tenant: t, claim: id } }
organizations: { prod: { site: datadoghq.eu, directory: okta } }
`;
const MAPPINGS = `mappings:
  - group: dd-sre
    hoop: [pg-prod]
  - group: dd-no-such-group
    hoop: [pg-prod]
`;

let folder: ReturnType<typeof makeFolder>;
afterEach(() => folder.remove());
const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runCli(["export", "hoop", ...args], { cwd: folder.path, env });

test("into a file, from what is live; on standard output byte for byte the same", async () => {
  folder = makeFolder({ "accessmap.yaml": PROJECT, "a.accessmap.yaml": MAPPINGS });
  const company = await startSandboxProcess();
  const written = await run(["--out", "hoop.tf.json"], company.environment);
  const printed = await run([], company.environment);
  await company.stop();
  const text = readFileSync(join(folder.path, "hoop.tf.json"), "utf8");
  expect([written.code, written.stdout, printed.stdout]).toEqual([0, "", text]);
  expect(JSON.parse(text).resource).toEqual({
    hoop_plugin_connection: {
      "pg-prod": {
        plugin_name: "access_control",
        // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform writes its templates like that.
        connection_id: "${hoop_connection.pg-prod.id}",
        config: ["dd-sre"],
      },
    },
  });
  expect(written.stderr).toMatch(
    /Left out: dd-no-such-group to pg-prod \(a\.accessmap\.yaml:4\): okta has no such group/,
  );
  expect(written.stderr).toMatch(/1 connection and 1 grant in it\.\n$/);
});

test("nothing is written where an id is not known, or files are broken", async () => {
  folder = makeFolder({
    "accessmap.yaml": PROJECT,
    "a.accessmap.yaml": "mappings: [{ group: { directory: corp, name: Platform }, hoop: [pg-prod] }]\n",
    "b.accessmap.yaml": "mappings: []\n",
  });
  const out = join(folder.path, "hoop.tf.json");
  const unknown = await run(["--no-live", "--out", "hoop.tf.json"]);
  expect([unknown.code, existsSync(out)]).toEqual([3, false]);
  expect(unknown.stderr).toMatch(
    /take access away:\n {2}Platform to pg-prod \(a\.accessmap\.yaml:1\): its object id is not known/,
  );
  folder.remove();
  folder = makeFolder({ "accessmap.yaml": PROJECT, "a.accessmap.yaml": "mappings: [{ group: x, hoop: [1] }]\n" });
  expect((await run(["--no-live", "--out", "hoop.tf.json"])).code).toBe(2);
});

test("a name with a line break stays on its line", async () => {
  folder = makeFolder({
    "accessmap.yaml": PROJECT,
    "a.accessmap.yaml": 'mappings: [{ group: "a\\nerror b", until: 2020-01-31, hoop: [pg-prod] }]\n',
  });
  expect((await run(["--no-live"])).stderr).toMatch(/^Left out: a\?error b to pg-prod/);
});
