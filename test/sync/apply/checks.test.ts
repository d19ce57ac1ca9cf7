/** What apply looks at before its first write, and refuses over. */

import { describe, expect, test } from "vitest";
import type { ApplyContext } from "../../../server/src/core/sync/apply/apply.ts";
import { applyRig, type Rig, rigOf } from "../support/applyFixture.ts";
import type { MemoryTarget } from "../support/memoryTarget.ts";

const FIXTURE = `
#- /access/platform.accessmap.yaml
organization: prod
mappings:
  - { group: dd-sre, roles: [SRE], teams: [sre, eng, new] }
#- lock
organizations: { prod: { adopted: true, roles: [SRE], teams: [sre, eng, new] } }
#- live okta
groups: [{ name: dd-sre, members: [ana, bob] }]
#- live datadog
roles: [{ name: SRE, permissions: [logs_delete_data] }, Keep]
teams: [{ handle: sre, managed: true, members: [ana] }, { handle: eng, members: [ana, bob] }]
accounts: [{ login: ana, roles: [Keep] }, { login: bob, roles: [SRE] }]
`;

async function refusal(change: (rig: Rig) => void, options: Partial<ApplyContext> = {}): Promise<readonly string[]> {
  const rig = rigOf(FIXTURE);
  change(rig);
  const { outcome, target, journal } = await applyRig(rig, options);
  expect(outcome.status).toBe("refused");
  expect([target.writes, journal, outcome.steps]).toEqual([[], [], []]);
  return [...outcome.refusals.map(({ waiver, message }) => `${message} [${waiver}]`), ...outcome.reasons];
}

describe("a fact that moved", () => {
  test("somebody's roles", async () =>
    expect(
      await refusal(({ target }) => target.setRoles("account-ana", ["role-keep", "role-datadog-admin-role"])),
    ).toEqual(["the roles of ana@acme.com changed since the plan was made"]));

  test("a team's members", async () =>
    expect(await refusal(({ target }) => target.setMembers("team-sre", ["account-ana", "account-x"]))).toEqual([
      "the members of sre changed since the plan was made",
    ]));

  test("what a role permits", async () =>
    expect(
      await refusal(({ target }) => target.setPermissions("role-sre", ["logs_delete_data", "org_management"])),
    ).toEqual(["role SRE permits something else than when the plan was made"]));

  test("what a role is called", async () =>
    expect(await refusal(({ target }) => target.renameRole("role-sre", "SRE (old)"))).toEqual([
      "role SRE is called SRE (old) since the plan was made",
    ]));

  test.each([
    [
      "what a team is called",
      (target: MemoryTarget) => target.setTeam({ id: "team-sre", handle: "sre-old", name: "SRE", managed: true }),
      "team sre is called sre-old since the plan was made",
    ],
    ["a team that is gone", (target: MemoryTarget) => target.dropTeam("team-sre"), "team sre does not exist any more"],
    [
      "a team that was to be made: a link would drop who is in it",
      (target: MemoryTarget) => target.setTeam({ id: "team-new", handle: "new", name: "New", managed: false }),
      "team new was made since the plan was made",
    ],
  ])("%s", async (_, move, reason) => expect(await refusal(({ target }) => move(target))).toEqual([reason]));

  test("a plan that was applied finds all as it left it", async () => {
    const rig = rigOf(FIXTURE);
    expect((await applyRig(rig)).outcome.status).toBe("done");
    expect((await applyRig(rig)).outcome).toMatchObject({ status: "done", counts: { done: 0 } });
  });

  test("nothing moved when the change is already there", async () => {
    const rig = rigOf(FIXTURE);
    rig.target.setRoles("account-ana", ["role-sre", "role-keep"]);
    rig.target.setMembers("team-sre", ["account-bob", "account-ana"]);
    const { outcome } = await applyRig(rig);
    expect(outcome).toMatchObject({ status: "done", counts: { already: 3, done: 3 } });
  });

  test("it moved between the checks and the step: the step fails and writes nothing", async () => {
    const rig = rigOf(FIXTURE);
    rig.target.onRequest = (call) => {
      if (call === "createScimGroup") rig.target.setRoles("account-ana", ["role-keep", "role-x"]);
    };
    const { outcome, target } = await applyRig(rig);
    expect(outcome.steps.find(({ change }) => change.action === "set-roles")).toMatchObject({
      result: "failed",
      detail: "not written: the roles of ana@acme.com changed since the plan was made",
    });
    expect(target.writes.some((write) => write.startsWith("replaceRoles"))).toBe(false);
  });

  test("a fact that cannot be read again", async () =>
    expect(
      await refusal(({ target }) => {
        target.faults.unreachable = new Set(["readAccounts"]);
      }),
    ).toEqual(["accounts could not be read again: readAccounts timed out"]));
});

describe("the identity that writes", () => {
  test("belongs to another organization", async () =>
    expect(
      await refusal(({ target }) => target.setActor({ organizationId: "other", organizationName: "Acme Staging" })),
    ).toEqual(['the write key belongs to "Acme Staging" (other), the plan is for organization-prod']));

  test("is one whose roles the plan changes", async () =>
    expect(
      await refusal(({ target }) => target.setActor({ accountId: "account-ana", handle: "ana@acme.com" })),
    ).toEqual(["the plan changes ana@acme.com, the identity that writes; use another one (lock/self)"]));
});

describe("a second writer", () => {
  const foreign = { id: "group-x", displayName: "Eng", externalId: "00g1abc", memberIds: [] };

  test("has marked the group of a team", async () =>
    expect(await refusal(({ target }) => target.addGroup(foreign))).toEqual([
      'the SCIM group of team eng is marked "00g1abc", so another tool may own it and undo what is written [plat/managed-team:team=eng]',
    ]));

  test("has left no mark", async () =>
    expect(
      await refusal(({ target }) => target.addGroup({ id: "group-x", displayName: "eng", memberIds: [] })),
    ).toEqual([
      "the SCIM group of team eng carries no mark, so another tool may own it and undo what is written [plat/managed-team:team=eng]",
    ]));

  test("is accepted by name", async () => {
    const rig = rigOf(FIXTURE);
    rig.target.addGroup(foreign);
    const { outcome } = await applyRig(rig, { waivers: ["plat/managed-team:team=eng"] });
    expect(outcome.steps[0]).toMatchObject({ change: { action: "link-team" }, result: "already" });
  });

  test("two groups with our mark", async () => {
    const twin = { id: "group-twin", displayName: "Sre", externalId: "accessmap:acme-access:sre", memberIds: [] };
    expect(await refusal(({ target }) => target.addGroup(twin))).toEqual([
      'SCIM has several groups that may be team sre ("Sre" and "sre"), and nothing tells which is',
    ]);
  });

  test("two groups whose names differ in letter case alone, and no waiver makes one of them the team's", async () => {
    const put = ({ target }: Rig) => {
      target.addGroup({ ...foreign, id: "group-y", displayName: "eng" });
      target.addGroup({ ...foreign, displayName: "ENG" });
    };
    const waivers = ["plat/managed-team:team=eng"];
    expect(await refusal(put, { waivers })).toEqual([
      'SCIM has several groups that may be team eng ("ENG" and "eng"), and nothing tells which is',
    ]);
  });
});

test("a plan from the future means that a clock was set back, and it would outlive its day", async () => {
  expect(await refusal(() => {}, { now: () => "2026-11-23T11:00:00.000Z" })).toEqual([
    "the plan was made at 2026-11-23T12:00:00.000Z, which is 60 minutes from now by this machine's clock; set the clock right, or make a new plan",
  ]);
});

test("a refusal of the plan stands until its waiver is named", async () => {
  const rig = rigOf(`
#- /access/platform.accessmap.yaml
organization: prod
mappings:
  - { group: dd-sre, roles: [SRE], teams: [sre] }
#- lock
organizations: { prod: { adopted: true, roles: [SRE], teams: [sre] } }
#- live okta
groups: [{ name: dd-sre, members: [] }]
#- live datadog
roles: [SRE, Keep]
teams: [{ handle: sre, managed: true, members: [ana] }]
accounts: [{ login: ana, roles: [SRE, Keep] }]
`);
  const refused = await applyRig(rig, { waivers: ["lock/emptied:role=SRE"] });
  expect(refused.outcome.refusals.map(({ waiver }) => waiver)).toEqual(["lock/emptied:team=sre"]);
  expect(refused.target.writes).toEqual([]);
  const waivers = ["lock/emptied:role=SRE", "lock/emptied:team=sre"];
  const { outcome, journal } = await applyRig(rig, { waivers });
  expect(outcome.status).toBe("done");
  expect(journal[0]).toMatchObject({ event: "start", waivers });
});
