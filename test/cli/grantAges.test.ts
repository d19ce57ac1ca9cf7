/** Ages of grants from a repository's own history: whole, cut off, and where there is none. */

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { grantAges } from "../../server/src/cli/grantAges.ts";
import { takeSnapshot } from "../../server/src/core/analysis/snapshot.ts";
import { sinceText } from "../../server/src/core/audit/review/since.ts";
import { partsOf, tableOf } from "../../server/src/workspace/files.ts";
import { makeFolder } from "../support/process.ts";
import { type Files, makeRepository } from "../support/repository.ts";

const PROJECT = `version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu, directory: okta, push: { roles: scim } } }
`;
const mapping = (...groups: string[]) =>
  `mappings:\n${groups.map((group) => `  - group: ${group}\n    roles: [SRE]\n`).join("")}`;
const files = (...groups: string[]): Files => ({
  "infra/accessmap.yaml": PROJECT,
  "infra/access/prod.accessmap.yaml": mapping(...groups),
});
const NOW = "2026-11-26T12:00:00.000Z";

function snapshotOf(content: Files) {
  const texts = new Map(Object.entries(content).map(([path, text]) => [path.replace("infra/", ""), text]));
  return takeSnapshot({ ...partsOf(tableOf(texts)), directories: new Map(), targets: new Map(), now: NOW });
}

test("each grant is as old as the commit that brought it; commits of other files do not count", async () => {
  const repository = makeRepository(files("dd-a"));
  repository.put({ ...files("dd-a"), "README.md": "Hello" }, "Else");
  repository.put(files("dd-a", "dd-b"), "More");
  const now = snapshotOf(files("dd-a", "dd-b", "dd-c"));
  const history = await grantAges(join(repository.path, "infra"), now);
  if ("why" in history) throw new Error(history.why);
  expect([history.commits, history.since.size, history.atLeast.size]).toEqual([2, 2, 0]);
  expect([...history.since.values()]).toEqual(Array(2).fill(expect.stringMatching(/^\d{4}-\d\d-\d\d$/)));
  expect(sinceText(history, "what no commit has")).toBe("not committed");
  repository.remove();
});

test("a clone without all history says that a grant may be older", async () => {
  const repository = makeRepository(files("dd-a"));
  repository.put(files("dd-a", "dd-b"), "More");
  const clone = makeFolder({});
  const from = `file://${repository.path}`;
  execFileSync("git", ["clone", "-q", "--depth=1", from, join(clone.path, "c")], { stdio: "pipe" });
  const history = await grantAges(join(clone.path, "c/infra"), snapshotOf(files("dd-a")));
  if ("why" in history) throw new Error(history.why);
  expect([...history.since.keys()].map((key) => sinceText(history, key))).toEqual([
    expect.stringMatching(/^\d{4}-\d\d-\d\d or earlier$/),
  ]);
  repository.remove();
  clone.remove();
});

test("without a repository, or without a commit, the age is not known, and it says why", async () => {
  const folder = makeFolder(files("dd-a"));
  const now = snapshotOf(files("dd-a"));
  expect(await grantAges(join(folder.path, "infra"), now)).toEqual({ why: "the project lies in no git repository" });
  execFileSync("git", ["init", "-q"], { cwd: folder.path });
  expect(await grantAges(join(folder.path, "infra"), now)).toEqual({ why: "no commit has these files" });
  folder.remove();
});
