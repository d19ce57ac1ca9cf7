/** The sample over the sandbox, as a user meets it: the findings it promises, a plan worth reading, a push that goes through. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Plan } from "../../server/src/core/sync/plan.ts";
import { renderSample } from "../../server/src/sandbox/sample.ts";
import { seal } from "../../server/src/store/planFile.ts";
import { applySealed } from "../../server/src/workspace/applying.ts";
import { environmentTransport } from "../../server/src/workspace/environmentTransport.ts";
import { openWorkspace, type Workspace } from "../../server/src/workspace/workspace.ts";
import { finder, useBench } from "./bench.ts";

const bench = useBench();
const folder = mkdtempSync(join(tmpdir(), "accessmap-story-"));
const PLATFORM = join(folder, "access/platform.accessmap.yaml");
let workspace: Workspace;

beforeAll(async () => {
  for (const [file, text] of renderSample(new Date().toISOString().slice(0, 10))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  workspace = await open();
  await workspace.refresh("test");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function open(): Promise<Workspace> {
  let opened: Workspace | undefined;
  const transport = environmentTransport(bench.sandbox.environment, () => opened?.connections() ?? []);
  opened = await openWorkspace({ folder, transport });
  return opened;
}

async function plan(from: Workspace) {
  const attempt = await from.makePlan("prod");
  if (!("sealed" in attempt)) throw new Error(attempt.noPlan.each.join("; "));
  return attempt.sealed;
}

const PROMISED = [
  "priv/admin-broad-group",
  "ref/unknown-group",
  "exp/expired",
  "exp/soon",
  "priv/redundant-grant",
  "priv/read-only-shadowed",
  "gov/reason-missing",
  "sod/forbidden-access",
];

test.each(PROMISED)("%s is found", (rule) => {
  const found = [...workspace.problems().values()].flat().map((problem) => problem.rule);
  expect(found).toContain(rule);
});

test("the plan moves some dozens of people and trips no guard", async () => {
  const { plan: first } = await plan(workspace);
  expect(first.refusals).toEqual([]);
  const moved = first.access.reduce((sum, { accounts }) => sum + accounts.length, 0);
  expect(moved).toBeGreaterThanOrEqual(20);
  expect(moved).toBeLessThanOrEqual(60);
  expect([gainers(first) > 0, losers(first) > 0]).toEqual([true, true]);
  // A misspelt group keeps somebody's access in doubt; everybody else's is decided.
  expect(first.heldBack.flatMap(({ people, why }) => (why.includes("dd-chekout-oncall") ? people : []))).toEqual([
    "hanne.lindholt@acme.com",
  ]);
  expect(first.changes.filter(({ action }) => action === "link-team")).toHaveLength(4);
});

test("whoever is on call keeps the role that another group took away", async () => {
  const { plan: first } = await plan(workspace);
  const { id } = finder(bench).account("goran.pell@acme.com");
  expect(first.access.find(({ accounts }) => accounts.some((account) => account.id === id))?.rolesLost ?? []).toEqual(
    [],
  );
  expect(finder(bench).account("goran.pell@acme.com").roleIds).toContain(finder(bench).role("SRE").id);
});

test("a plan that names another site than the files is not applied, whatever its hashes say", async () => {
  const { plan: own } = await plan(workspace);
  const other = seal({ ...own, organization: { ...own.organization, site: "datadoghq.com" } });
  const options = { waivers: [], signal: AbortSignal.timeout(60_000), onEvent: () => {} };
  expect(await applySealed(workspace, other, options)).toEqual({
    refused: "the plan is for datadoghq.com, and accessmap.yaml says datadoghq.eu; make a new one",
  });
});

test("the push goes through and leaves nothing to do", async () => {
  const applied = await applySealed(workspace, await plan(workspace), {
    waivers: [],
    signal: AbortSignal.timeout(60_000),
    onEvent: () => {},
  });
  expect("outcome" in applied && [applied.outcome.status, applied.outcome.counts.failed]).toEqual(["done", 0]);
  expect((await plan(workspace)).plan.changes).toEqual([]);
  expect(finder(bench).team("release").managed).toBe(true);
});

test("taking the broad grant away afterwards is refused until it is named", async () => {
  writeFileSync(
    PLATFORM,
    readFileSync(PLATFORM, "utf8").replace("bundles: [engineer]\n    roles: [Platform Admin]", "bundles: [engineer]"),
  );
  const { plan: second } = await plan(await open());
  expect(second.refusals.map(({ waiver }) => waiver)).toContain("lock/mass-removal:role=Platform Admin");
});

function gainers({ access }: Plan): number {
  return access
    .filter(({ rolesGained, teamsGained }) => rolesGained.length + teamsGained.length > 0)
    .reduce((sum, { accounts }) => sum + accounts.length, 0);
}

function losers({ access }: Plan): number {
  return access.filter(({ rolesLost, teamsLost }) => rolesLost.length + teamsLost.length > 0).length;
}
