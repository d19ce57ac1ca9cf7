/** Plan files: private, whole, and refused when they were changed. */

import { mkdtemp, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import type { Plan } from "../../server/src/core/sync/plan.ts";
import { loadPlan, planText, savePlan, seal } from "../../server/src/store/planFile.ts";

const PLAN: Plan = {
  version: 1,
  project: "acme-access",
  organization: { name: "prod", id: "org-1", title: "Acme", site: "datadoghq.eu" },
  push: { roles: "scim", teams: "scim", users: "off" },
  createdAt: "2026-11-23T12:00:00.000Z",
  expiresAt: "2026-11-24T12:00:00.000Z",
  changes: [
    {
      action: "set-roles",
      through: "scim",
      account: { id: "a", name: "ana@acme.com" },
      before: [],
      after: [{ id: "r", name: "SRE" }],
      grants: [{ id: "r", name: "SRE", because: { text: "dd-sre → SRE" } }],
      revokes: [],
    },
  ],
  access: [],
  unchanged: 0,
  lockout: { unmatched: [], roleless: [], admins: [] },
  heldBack: [],
  refusals: [],
  warnings: [],
  assumptions: [],
  files: { "accessmap.yaml": "0" },
};

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "accessmap-"));
});

test("a saved plan loads as it was", async () => {
  const path = join(folder, "plans", "one.json");
  const sealed = seal(PLAN);
  await savePlan(path, sealed);
  expect(await loadPlan(path)).toEqual(sealed);
  expect(sealed.fingerprint).toMatch(/^[0-9a-f]{64}$/);
});

test("saving replaces the file as a whole and leaves nothing else behind", async () => {
  const path = join(folder, "one.json");
  await savePlan(path, seal(PLAN));
  await savePlan(path, seal({ ...PLAN, project: "other" }));
  expect(await readdir(folder)).toEqual(["one.json"]);
  expect(await loadPlan(path)).toMatchObject({ plan: { project: "other" } });
});

test.skipIf(process.platform === "win32")("only the owner may read it", async () => {
  const path = join(folder, "plans", "one.json");
  await savePlan(path, seal(PLAN));
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(join(folder, "plans"))).mode & 0o777).toBe(0o700);
});

test("a plan that was changed after it was sealed is refused", async () => {
  const path = join(folder, "one.json");
  await savePlan(path, seal(PLAN));
  await writeFile(path, (await readFile(path, "utf8")).replaceAll('"id": "r"', '"id": "admin"'));
  expect(await loadPlan(path)).toEqual({ error: `${path}: the plan was changed after it was made; make a new one` });
});

test.each([
  ["the day it expires", '"expiresAt": "2026-11-24', '"expiresAt": "2099-11-24'],
  ["words that people read", "dd-sre → SRE", "dd-admins → SRE"],
])("so is one in which %s was changed, which no fingerprint covers", async (_, from, to) => {
  const path = join(folder, "one.json");
  await savePlan(path, seal(PLAN));
  await writeFile(path, (await readFile(path, "utf8")).replace(from, to));
  expect(await loadPlan(path)).toEqual({ error: `${path}: the plan was changed after it was made; make a new one` });
});

test("a mark that an editor or a shell put at its beginning is no change", async () => {
  const path = join(folder, "one.json");
  await writeFile(path, `\uFEFF${planText(seal(PLAN))}`);
  expect(await loadPlan(path)).toEqual(seal(PLAN));
});

test("a file that is missing or cut says so", async () => {
  const path = join(folder, "one.json");
  expect(await loadPlan(path)).toEqual({ error: `${path} does not exist` });
  await writeFile(path, '{"fingerprint":');
  expect(await loadPlan(path)).toEqual({ error: `${path}: the plan is not valid JSON` });
});
