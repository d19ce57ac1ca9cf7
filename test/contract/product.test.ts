/** Our own client under the referees: a plan and a push over the sample, every request and answer judged. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderSample } from "../../server/src/sandbox/sample.ts";
import { type Sandbox, startSandbox } from "../../server/src/sandbox/sandbox.ts";
import { applySealed } from "../../server/src/workspace/applying.ts";
import { environmentTransport } from "../../server/src/workspace/environmentTransport.ts";
import { openWorkspace, type Workspace } from "../../server/src/workspace/workspace.ts";
import { toBench } from "../sandbox/bench.ts";
import { DATADOG_SPECS, OKTA_SPECS, VENDOR } from "./prism.ts";
import { type Referee, startReferee } from "./referee.ts";

if (!VENDOR)
  console.warn("ACCESSMAP_VENDOR is not set: our own requests are not compared with the vendors' specifications");

describe.skipIf(!VENDOR)("our client under the referees", () => {
  const folder = mkdtempSync(join(tmpdir(), "accessmap-contract-"));
  let sandbox: Sandbox;
  let referees: readonly Referee[] = [];
  let workspace: Workspace;

  beforeAll(async () => {
    for (const [file, text] of renderSample(new Date().toISOString().slice(0, 10))) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    sandbox = await startSandbox();
    const { oktaOrigin: okta, datadogOrigin: datadog } = toBench(sandbox);
    referees = [await startReferee(okta, OKTA_SPECS), await startReferee(datadog, DATADOG_SPECS)];
    const judged = new Map([okta, datadog].map((origin, index) => [origin, referees[index]?.origin ?? ""]));
    const routes = Object.fromEntries(
      Object.entries(sandbox.routes).map(([real, loopback]) => [real, judged.get(loopback) ?? loopback]),
    );
    const environment = { ...sandbox.environment, ACCESSMAP_LOOPBACK: JSON.stringify(routes) };
    const transport = environmentTransport(environment, () => workspace?.connections() ?? []);
    workspace = await openWorkspace({ folder, transport });
  });
  afterAll(async () => {
    await Promise.all(referees.map((referee) => referee.stop()));
    await sandbox?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const objections = () => referees.flatMap((referee) => referee.takeObjections());

  test("the sample is planned, pushed, and then has nothing left to do", async () => {
    const first = await workspace.makePlan("prod");
    if (!("sealed" in first)) throw new Error(JSON.stringify(first.noPlan));
    expect(objections()).toEqual([]);
    expect([first.sealed.plan.refusals, first.sealed.plan.changes.length > 20]).toEqual([[], true]);

    const applied = await applySealed(workspace, first.sealed, {
      waivers: [],
      signal: AbortSignal.timeout(200_000),
      onEvent: () => {},
    });
    if ("refused" in applied) throw new Error(applied.refused);
    expect(applied.outcome.status).toBe("done");
    expect(objections()).toEqual([]);

    const second = await workspace.makePlan("prod");
    expect("sealed" in second && second.sealed.plan.changes).toEqual([]);
    expect(objections()).toEqual([]);
  }, 240_000);

  test("what was judged is what a push needs", () => {
    const judged = new Set(referees.flatMap((referee) => [...referee.judged]));
    for (const call of [
      "GET /api/v1/groups",
      "GET /api/v1/groups/{groupId}/users",
      "GET /api/v2/roles",
      "GET /api/v2/users",
      "GET /api/v2/team/{team_id}/memberships",
      "PATCH /api/v2/scim/Users/{user_uuid}",
      "POST /api/v2/scim/Groups",
      "PATCH /api/v2/scim/Groups/{group_id}",
    ])
      expect(judged).toContain(call);
  });
});
