/** `accessmap fix` and `accessmap format`: what they write, and that they write nothing when asked to check. */

import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../support/cli.ts";
import { makeFolder } from "../support/process.ts";

const PROJECT = `version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu, directory: okta, push: { roles: scim, teams: scim } } }
`;

const MESSY = `mappings:
  - roles: [SRE, Apm] # both
    group: dd-sre
    reason: 12
  - group: dd-sre
    roles: [Apm]
`;

interface Case {
  readonly name: string;
  readonly args: readonly string[];
  readonly code: number;
  readonly stdout: string;
  /** The file after it; the messy one where nothing was written. */
  readonly after?: string;
}

const CASES: readonly Case[] = [
  {
    name: "all safe fixes together",
    args: ["fix", "--no-live"],
    code: 0,
    stdout: "a.accessmap.yaml\n",
    after: 'mappings:\n  - group: dd-sre\n    roles: [SRE, Apm] # both\n    reason: "12"\n',
  },
  {
    name: "those of one rule",
    args: ["fix", "--no-live", "--rule", "schema/wrong-type"],
    code: 0,
    stdout: "a.accessmap.yaml\n",
    after: MESSY.replace("12", '"12"'),
  },
  {
    name: "a diff, and nothing written",
    args: ["fix", "--no-live", "--check", "--rule", "schema/wrong-type"],
    code: 1,
    stdout: `--- a/a.accessmap.yaml
+++ b/a.accessmap.yaml
@@ -1,6 +1,6 @@
 mappings:
   - roles: [SRE, Apm] # both
     group: dd-sre
-    reason: 12
+    reason: "12"
   - group: dd-sre
     roles: [Apm]
`,
  },
  {
    name: "nothing of files that are not named",
    args: ["fix", "--no-live", "clean.accessmap.yaml"],
    code: 0,
    stdout: "",
  },
  { name: "nothing to fix", args: ["fix", "--no-live", "--check", "--rule", "exp/soon"], code: 0, stdout: "" },
  { name: "a rule that does not exist", args: ["fix", "--rule", "hyg/unsortd"], code: 2, stdout: "" },
  {
    name: "formatting",
    args: ["format"],
    code: 0,
    stdout: "a.accessmap.yaml\n",
    after: MESSY.replace(
      "  - roles: [SRE, Apm] # both\n    group: dd-sre\n",
      "  - group: dd-sre\n    roles: [SRE, Apm] # both\n",
    ),
  },
  {
    name: "formatting shown",
    args: ["format", "--check"],
    code: 1,
    stdout: `--- a/a.accessmap.yaml
+++ b/a.accessmap.yaml
@@ -1,6 +1,6 @@
 mappings:
-  - roles: [SRE, Apm] # both
-    group: dd-sre
+  - group: dd-sre
+    roles: [SRE, Apm] # both
     reason: 12
   - group: dd-sre
     roles: [Apm]
`,
  },
];

for (const { name, args, code, stdout, after = MESSY } of CASES) {
  test.concurrent(name, async () => {
    const folder = makeFolder({
      "accessmap.yaml": PROJECT,
      "a.accessmap.yaml": MESSY,
      "clean.accessmap.yaml": "mappings: []\n",
    });
    const run = await runCli(args, { cwd: folder.path });
    expect([run.code, run.stdout]).toEqual([code, stdout]);
    expect(readFileSync(join(folder.path, "a.accessmap.yaml"), "utf8")).toBe(after);
    // What is fixed stays fixed.
    if (after !== MESSY) expect((await runCli(args, { cwd: folder.path })).stdout).toBe("");
    folder.remove();
  });
}

test("a byte order mark is kept, and no sign in a diff", async () => {
  const folder = makeFolder({ "accessmap.yaml": PROJECT, "a.accessmap.yaml": `\ufeff${MESSY}` });
  const shown = await runCli(["format", "--check"], { cwd: folder.path });
  expect(shown.stdout.split("\n")[3]).toBe(" mappings:");
  await runCli(["format"], { cwd: folder.path });
  expect(readFileSync(join(folder.path, "a.accessmap.yaml"), "utf8").startsWith("\ufeffmappings:\n")).toBe(true);
  folder.remove();
});

test("a link is not written through", async () => {
  const folder = makeFolder({ "accessmap.yaml": PROJECT, "real.txt": MESSY });
  symlinkSync("real.txt", join(folder.path, "a.accessmap.yaml"));
  const { code, stderr } = await runCli(["fix", "--no-live"], { cwd: folder.path });
  expect([code, stderr]).toEqual([2, expect.stringContaining("a.accessmap.yaml is a link and was left as it is")]);
  expect(readFileSync(join(folder.path, "real.txt"), "utf8")).toBe(MESSY);
  folder.remove();
});
