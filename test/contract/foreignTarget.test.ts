/** The SCIM push paths against a SCIM server that nobody here wrote: roles, accounts and teams end up as planned. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { renderSample } from "../../server/src/sandbox/sample.ts";
import { type Sandbox, startSandbox } from "../../server/src/sandbox/sandbox.ts";
import { applySealed } from "../../server/src/workspace/applying.ts";
import { environmentTransport } from "../../server/src/workspace/environmentTransport.ts";
import { openWorkspace, type Workspace } from "../../server/src/workspace/workspace.ts";
import { toBench } from "../sandbox/bench.ts";
import { type ForeignTarget, startForeignTarget } from "./foreignTarget.ts";

const folder = mkdtempSync(join(tmpdir(), "accessmap-foreign-"));
let sandbox: Sandbox;
let foreign: ForeignTarget;
let workspace: Workspace;

beforeAll(async () => {
  for (const [file, text] of renderSample(new Date().toISOString().slice(0, 10))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    // Accounts too: one of the sample's people is deactivated in the directory, and some have no account yet.
    writeFileSync(
      join(folder, file),
      text.replace("users: off", "users: full").replace('"adopted": false', '"adopted": true'),
    );
  }
  sandbox = await startSandbox({ limited: false });
  const { datadogOrigin } = toBench(sandbox);
  foreign = await startForeignTarget(sandbox, datadogOrigin);
  const routes = Object.fromEntries(
    Object.entries(sandbox.routes).map(([real, loopback]) => [
      real,
      loopback === datadogOrigin ? foreign.origin : loopback,
    ]),
  );
  const environment = { ...sandbox.environment, ACCESSMAP_LOOPBACK: JSON.stringify(routes) };
  const transport = environmentTransport(environment, () => workspace?.connections() ?? []);
  workspace = await openWorkspace({ folder, transport });
}, 120_000);

afterAll(async () => {
  await foreign?.close();
  await sandbox?.close();
  rmSync(folder, { recursive: true, force: true });
});

test("the sample goes through a foreign SCIM server, and a second plan is empty", async () => {
  const first = await workspace.makePlan("prod");
  if (!("sealed" in first)) throw new Error(JSON.stringify(first.noPlan));
  const { plan } = first.sealed;
  const waivers = plan.refusals.flatMap(({ waiver }) => waiver ?? []);
  const applied = await applySealed(workspace, first.sealed, {
    waivers,
    signal: AbortSignal.timeout(240_000),
    onEvent: () => {},
  });
  if ("refused" in applied) throw new Error(applied.refused);
  expect(applied.outcome.message).toContain("Applied");
  const actions = new Set(plan.changes.map(({ action }) => action));
  for (const action of ["set-roles", "set-members", "link-team", "create-user", "set-active"])
    expect(actions).toContain(action);
  for (const call of [/^GET \/Groups/, /^POST \/Groups/, /^PATCH \/Groups\/./, /^POST \/Users/, /^PATCH \/Users\/./])
    expect(
      foreign.served.some((request) => call.test(request)),
      String(call),
    ).toBe(true);

  const second = await workspace.makePlan("prod");
  expect("sealed" in second && second.sealed.plan.changes).toEqual([]);
}, 300_000);
