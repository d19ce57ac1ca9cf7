/** Plans are performed, and journals taken back unseen, for whoever made them; what came from elsewhere is looked at first. */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Plan, SetRoles } from "../../server/src/core/sync/plan.ts";
import { type Sandbox, startSandbox } from "../../server/src/sandbox/sandbox.ts";
import { loadPlan, planText, seal } from "../../server/src/store/planFile.ts";
import { makeSample, runCli } from "../support/cli.ts";

let sandbox: Sandbox;
let scratch: Awaited<ReturnType<typeof makeSample>>;

beforeAll(async () => {
  sandbox = await startSandbox({ limited: false });
  scratch = await makeSample();
});
afterAll(async () => {
  await sandbox.close();
  scratch.remove();
});

/** Runs as a person with a storage of this name. */
function runAs(person: string, ...args: string[]) {
  const storage = { ACCESSMAP_STORAGE: join(scratch.path, person) };
  return runCli(args, { cwd: scratch.project, env: { ...sandbox.environment, ...storage } });
}

const ADMIN = { id: "2c06bef3-8c38-11ee-a8c6-da7ad0900005", name: "Datadog Admin Role", because: { text: "" } };
const UNSEEN = /tell of an apply of yours on this machine.*look at the plan without --yes/;
const FOREIGN = /was not saved by you on this machine, so anybody may have made it up/;

type Forging = (plan: Plan, roles: SetRoles) => Partial<Plan>;

/** The saved plan, changed, with its hashes made anew, as whoever writes the file can. */
async function forge(change: Forging): Promise<void> {
  const saved = await loadPlan(join(scratch.project, "plan.json"));
  if ("error" in saved) throw new Error(saved.error);
  const { plan } = saved;
  const roles = plan.changes.find((one): one is SetRoles => one.action === "set-roles" && one.revokes.length === 0);
  if (!roles) throw new Error("the sample's plan gives nobody a role");
  writeFileSync(join(scratch.project, "forged.json"), planText(seal({ ...plan, ...change(plan, roles) })));
}

test("what somebody made up is not performed, whatever it says of itself", { timeout: 120_000 }, async () => {
  expect((await runAs("ana", "plan", "--out", "plan.json")).code).toBe(0);
  const made: readonly Forging[] = [
    // More is written than is told as given.
    ({ changes }, roles) => ({
      changes: changes.map((one) => (one === roles ? { ...roles, after: [...roles.after, ADMIN] } : one)),
    }),
    (_, roles) => ({ changes: [{ ...roles, after: [...roles.after, ADMIN], grants: [ADMIN] }], access: [] }),
    // What guards and facts say is gone.
    ({ changes }) => ({ changes: changes.slice(1), refusals: [], assumptions: [] }),
  ];
  for (const one of made) {
    await forge(one);
    const { code, stderr } = await runAs("ana", "apply", "forged.json", "--yes");
    expect([code, stderr]).toEqual([5, expect.stringMatching(/Nothing was written: this is not the plan/)]);
    expect(stderr).toMatch(FOREIGN);
  }
  await forge((_, roles) => ({
    changes: [{ ...roles, after: [...roles.after, ADMIN], grants: [ADMIN] }],
    undoes: "2026-01-05T10:00:00.000Z",
  }));
  const undone = await runAs("ana", "apply", "forged.json", "--yes");
  expect([undone.code, undone.stderr]).toEqual([5, expect.stringMatching(/`accessmap undo` makes such a plan/)]);
});

test("a plan from elsewhere that one made now is like is applied", { timeout: 60_000 }, async () => {
  const { code, stdout, stderr } = await runAs("ben", "apply", "plan.json", "--yes");
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^Applied: /m)]);
  expect(stderr).toMatch(FOREIGN);
});

test("one's own is performed as it is", { timeout: 60_000 }, async () => {
  const { code, stderr } = await runAs("ana", "apply", "plan.json", "--yes");
  expect([code, stderr]).toEqual([0, expect.not.stringMatching(FOREIGN)]);
});

test("an apply is taken back unseen only by whoever ran it, as its journal told it then", {
  timeout: 60_000,
}, async () => {
  const byAna = await runAs("ana", "undo", "--yes");
  expect([byAna.code, byAna.stderr]).toEqual([5, expect.stringMatching(UNSEEN)]);
  const seen = await runAs("ana", "undo", "--out", "undo.json");
  expect(seen.stderr).toMatch(/look well at what it would bring back.[\s\S]*Plan saved to undo.json/);

  const folder = join(scratch.project, ".accessmap/journal");
  const journal = join(folder, readdirSync(folder).filter((name) => name.endsWith(".jsonl"))[0] ?? "");
  const told = readFileSync(journal, "utf8");
  writeFileSync(journal, `${told}\n`);
  expect((await runAs("ben", "undo", "--yes")).stderr).toMatch(UNSEEN);
  writeFileSync(journal, told);
  expect((await runAs("ben", "undo", "--yes")).stderr).not.toMatch(UNSEEN);
});
