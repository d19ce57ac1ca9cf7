/** Applying the steps of every push path against an organization in memory: what is written, and what is said of trouble. */

import { describe, expect, test } from "vitest";
import { isEmpty } from "../../../server/src/core/sync/makePlan.ts";
import { applyRig, rigOf, stepsOf } from "../support/applyFixture.ts";
import { planFor } from "../support/checkPlan.ts";
import { pushFixture, type Setting } from "../support/pushFixture.ts";

const ON = "switches: { roleMapping: true, teamSource: saml_and_manually }";

const MEMBERS: Setting = {
  push: "{ roles: members, teams: members }",
  mappings: "  - { group: dd-sre, roles: [SRE], teams: [sre] }",
  okta: "[{ name: dd-sre, members: [ana] }]",
  datadog: `roles: [SRE, Engineer, Keep]
teams: [{ handle: sre, members: [bob] }]
accounts: [{ login: ana, roles: [Engineer] }, { login: bob, roles: [SRE, Keep] }, { login: robot, service: true, roles: [SRE] }]`,
};

const SAML: Setting = {
  push: "{ roles: saml, teams: saml }",
  mappings: "  - { group: dd-sre, roles: [SRE], teams: [sre] }",
  okta: "[{ name: dd-sre, members: [ana] }]",
  datadog: `roles: [SRE, Engineer]
teams: [sre]
accounts: [ana]
mappings: [{ group: dd-old, role: Engineer }, { group: dd-old, role: SRE }]
${ON}`,
};

const FULL: Setting = {
  push: "{ roles: scim, teams: scim, users: full }",
  mappings: "  - { group: dd-sre, roles: [SRE], teams: [sre] }",
  okta: "[{ name: dd-sre, members: [ana, new, { login: bob, state: deactivated }] }]",
  datadog: `roles: [SRE]
teams: [{ handle: sre, managed: true, members: [ana, bob] }]
accounts: [{ login: ana, roles: [SRE] }, { login: bob, roles: [SRE] }]`,
};

/** Applies with every waiver that the plan asks for, and plans again. */
async function run(setting: Setting, ...more: Parameters<typeof rigOf> extends [string, ...infer R] ? R : never) {
  const rig = rigOf(pushFixture(setting), ...more);
  const waivers = rig.sealed.plan.refusals.flatMap(({ waiver }) => waiver ?? []);
  const applied = await applyRig(rig, { waivers });
  return { ...applied, waivers, second: planFor(rig.target.snapshotAfter(rig.snapshot)) };
}

describe("members", () => {
  test("are given first and taken last, one by one, and a second plan is empty", async () => {
    const { target, second, outcome } = await run(MEMBERS);
    expect(outcome.status).toBe("done");
    expect(target.writes).toEqual([
      "addTeamMembers team-sre account-ana",
      "removeTeamMembers team-sre account-bob",
      "addRole account-ana role-sre",
      "removeRole account-ana role-engineer",
      "removeRole account-bob role-sre",
    ]);
    expect(isEmpty(second)).toBe(true);
  });

  test.each([
    [
      "a lost answer is looked at, not believed",
      { lostAnswers: new Set(["addRole", "removeRole", "addTeamMembers"]) },
      "done",
    ],
    ["replicas that lag are waited for", { lag: 2 }, "done"],
    ["a 200 that changed nothing is a failure", { silent: new Set(["account-ana"]), silentMembers: true }, "partial"],
  ])("%s", async (_, faults, status) => {
    expect((await run(MEMBERS, faults)).outcome.status).toBe(status);
  });
});

test.each([
  ["{ roles: members, teams: members }", "role-mapping", "false"],
  ["{ roles: off, teams: members }", "team-source", "saml_only"],
])("a switch that lets a login undo what is written past it is a fact of the plan: %s", async (push, name, value) => {
  const off = {
    ...MEMBERS,
    push,
    datadog: `${MEMBERS.datadog}\nswitches: { roleMapping: false, teamSource: saml_only }`,
  };
  const rig = rigOf(pushFixture(off));
  const waivers = rig.sealed.plan.refusals.flatMap(({ waiver }) => waiver ?? []);
  const known = { state: "known", asOf: rig.snapshot.now } as const;
  rig.target.writer.readSwitches = async () => ({
    ok: true,
    value: { roleMapping: { ...known, value: true }, teamSource: { ...known, value: "manually" } },
  });
  const { outcome, target } = await applyRig(rig, { waivers });
  expect(outcome.reasons.join()).toContain(`the switch ${name} was ${value} when the plan was made and is `);
  expect(target.writes).toEqual([]);
});

describe("mappings", () => {
  test("a copy of a mapping goes, wherever it stands in the list", async () => {
    for (const ids of [
      ["m1", "m2"],
      ["m2", "m1"],
    ]) {
      const copies = ids.map((id) => `{ id: ${id}, group: dd-sre, role: SRE }`).join(", ");
      const mappings = `mappings: [${copies}, { group: dd-sre, team: sre }]`;
      const { outcome, second } = await run({ ...SAML, datadog: SAML.datadog.replace(/mappings: .*/, mappings) });
      expect([outcome.status, outcome.steps.map(({ change }) => change.action)], outcome.message).toEqual([
        "done",
        ["delete-mapping"],
      ]);
      expect(isEmpty(second)).toBe(true);
    }
  });

  test("are changed rather than deleted and created, and a second plan is empty", async () => {
    const { target, second, outcome } = await run(SAML);
    expect(outcome.status).toBe("done");
    expect(target.writes).toEqual([
      "createMapping memberOf=dd-sre team-sre",
      "updateMapping mapping-dd-old-sre memberOf=dd-sre role-sre",
      "deleteMapping mapping-dd-old-engineer",
    ]);
    expect(isEmpty(second)).toBe(true);
  });

  test("a 200 that changed nothing is a failure", async () => {
    const { outcome } = await run(SAML, { silentMappings: true });
    expect(outcome.counts).toMatchObject({ done: 0, failed: 2, skipped: 1 });
  });

  test("a mapping that is called missing and stands in the list is not called deleted", async () => {
    const mappings =
      "mappings: [{ group: dd-sre, role: SRE }, { group: dd-sre, team: sre }, { group: dd-old, role: Engineer }]";
    const gone = { ...SAML, datadog: SAML.datadog.replace(/mappings: .*/, mappings) };
    const { outcome, target } = await run(gone, { hiddenMappings: true });
    const deletion = outcome.steps.find(({ change }) => change.action === "delete-mapping");
    expect(deletion).toMatchObject({ result: "failed", detail: expect.stringContaining("says that it is not there") });
    expect(target.writes).not.toContain("deleteMapping mapping-dd-old-engineer");
  });

  test("a list that is empty once does not prove a deletion", async () => {
    const mappings =
      "mappings: [{ group: dd-sre, role: SRE }, { group: dd-sre, team: sre }, { group: dd-old, role: Engineer }]";
    const rig = rigOf(pushFixture({ ...SAML, datadog: SAML.datadog.replace(/mappings: .*/, mappings) }), {
      silentMappings: true,
    });
    const { writer } = rig.target;
    const { readMappings } = writer;
    let looks = 0;
    writer.readMappings = (...asked) =>
      looks++ === 1 ? Promise.resolve({ ok: true, value: [] }) : readMappings(...asked);
    const applied = await applyRig(rig, { waivers: rig.sealed.plan.refusals.flatMap(({ waiver }) => waiver ?? []) });
    expect(stepsOf(applied).at(-1)).toContain("failed (Datadog answered 200, but the mapping is still there)");
  });

  test("a lost answer is looked at", async () => {
    const lostAnswers = new Set(["createMapping", "updateMapping", "deleteMapping"]);
    const { outcome } = await run(SAML, { lostAnswers });
    expect(outcome.status).toBe("done");
  });

  test("a switch that somebody turned since stops everything", async () => {
    const rig = rigOf(pushFixture(SAML));
    const waivers = rig.sealed.plan.refusals.flatMap(({ waiver }) => waiver ?? []);
    const off = { state: "known", value: false, asOf: rig.snapshot.now } as const;
    rig.target.writer.readSwitches = async () => ({
      ok: true,
      value: { roleMapping: off, teamSource: { ...off, value: "manually" } },
    });
    const { outcome, target } = await applyRig(rig, { waivers });
    expect(outcome.reasons.join()).toContain(
      "the switch role-mapping was true when the plan was made and is false now",
    );
    expect(target.writes).toEqual([]);
  });
});

test.each([
  ["before the write", 0],
  ["after it", 1],
])("a list of members that is empty once, %s, is no proof that the last one is out", async (_, after) => {
  const rig = rigOf(pushFixture({ ...MEMBERS, okta: "[{ name: dd-sre, members: [] }]" }), { silentMembers: true });
  const { writer } = rig.target;
  const { readTeamMembers } = writer;
  let looks = 0;
  // The first look of all is that of the checks.
  writer.readTeamMembers = (...asked) =>
    looks++ === 1 + after ? Promise.resolve({ ok: true, value: [] }) : readTeamMembers(...asked);
  const applied = await applyRig(rig, { waivers: rig.sealed.plan.refusals.flatMap(({ waiver }) => waiver ?? []) });
  expect(stepsOf(applied)).toContain(
    "set-members sre: failed (Datadog answered 200, but in team sre bob did not leave)",
  );
});

describe("a write that is refused because of what is there", () => {
  const conflicts = new Set(
    ["createScimGroup", "replaceRoles", "addRole", "removeRole", "addTeamMembers", "removeTeamMembers"].concat(
      ["addGroupMembers", "removeGroupMembers", "createAccount", "setActive"],
      ["createMapping", "updateMapping", "deleteMapping"],
    ),
  );
  const SCIM: Setting = { ...MEMBERS, push: "{ roles: scim, teams: scim }" };

  test.each([
    ["members", MEMBERS],
    ["scim", SCIM],
    ["saml", SAML],
    ["accounts", FULL],
  ])("is looked at again, and is no failure where all is as wanted: %s", async (_, setting) => {
    const { outcome, second } = await run(setting, { conflicts });
    expect([outcome.status, outcome.message]).toEqual(["done", expect.stringMatching(/^Applied: /)]);
    expect(isEmpty(second)).toBe(true);
  });

  test.each([
    [
      MEMBERS,
      [
        "set-members sre: failed (addTeamMembers was rejected with 409: exists already; in team sre ana did not join)",
        "set-roles ana: failed (addRole was rejected with 409: exists already; ana lacks SRE and still holds Engineer)",
        "set-roles bob: failed (removeRole was rejected with 409: exists already; bob still holds SRE)",
      ],
    ],
    [
      SCIM,
      [
        "link-team sre: failed (createScimGroup was rejected with 409: exists already; SCIM lists no group for team sre)",
        "set-members sre: skipped (team sre is not linked)",
        "set-roles ana: failed (replaceRoles was rejected with 409: exists already; ana lacks SRE and still holds Engineer)",
        "set-roles bob: failed (replaceRoles was rejected with 409: exists already; bob still holds SRE)",
      ],
    ],
    [
      SAML,
      [
        "create-mapping create mapping memberOf=dd-sre → team sre: failed (createMapping was rejected with 409: exists already; the mapping is not there)",
        "update-mapping change mapping memberOf=dd-old → SRE to memberOf=dd-sre → SRE: failed (updateMapping was rejected with 409: exists already; the mapping is still as before)",
        "delete-mapping delete mapping memberOf=dd-old → Engineer: skipped (people who match no mapping of a role would lose all they hold at a login, and this did not succeed: change mapping memberOf=dd-old → SRE to memberOf=dd-sre → SRE)",
      ],
    ],
    [
      FULL,
      [
        "create-user new: failed (createAccount was rejected with 409: exists already; there is no such account)",
        "set-members sre: failed (removeGroupMembers was rejected with 409: exists already; in team sre bob did not leave)",
        "set-active bob: failed (setActive was rejected with 409: exists already; bob is still on)",
      ],
    ],
  ])("stays a failure that says what is there instead", async (setting, steps) => {
    expect(stepsOf(await run(setting, { refusals: conflicts }))).toEqual(steps);
  });

  test("what was refused and is there is somebody else's doing, so that an undo leaves it alone", async () => {
    expect(stepsOf(await run(SAML, { conflicts: new Set(["createMapping"]) }))[0]).toBe(
      "create-mapping create mapping memberOf=dd-sre → team sre: already (createMapping was rejected with 409: exists already; it is as wanted all the same)",
    );
  });
});

describe("accounts", () => {
  test("are created with their roles, then join their teams; who left is switched off last", async () => {
    const { target, second, outcome } = await run(FULL);
    expect(outcome.message).toContain("Applied");
    expect(target.writes).toEqual([
      "createAccount new@acme.com role-sre",
      "addGroupMembers group-team-sre account-new",
      "removeGroupMembers group-team-sre account-bob",
      "setActive account-bob false",
    ]);
    expect(target.rolesOf("account-bob")).toEqual(["role-sre"]);
    expect(isEmpty(second)).toBe(true);
  });

  test("an account that could not be created does not hold up the others", async () => {
    const applied = await run(FULL, { unreachable: new Set(["createAccount"]) });
    expect(stepsOf(applied)).toEqual([
      "create-user new: failed (createAccount timed out)",
      "set-members sre: failed (new could not join: there is no account)",
      "set-active bob: done",
    ]);
    expect(applied.target.membersOf("sre")).toEqual(["account-ana"]);
  });

  test("a run that ended after an account was made goes on with it", async () => {
    const rig = rigOf(pushFixture(FULL));
    const waivers = rig.sealed.plan.refusals.flatMap(({ waiver }) => waiver ?? []);
    await rig.target.writer.createAccount(
      { handle: "new@acme.com", name: "new", roleIds: ["role-sre"], through: "scim" },
      { signal: new AbortController().signal },
    );
    expect((await applyRig(rig, { waivers })).outcome.reasons.join()).toContain(
      "has an account since the plan was made",
    );
    const intents = new Map(rig.sealed.plan.changes.slice(0, 1).map((change) => [1, change]));
    const state = { start: undefined, ended: false, lastAt: "", intents, outcomes: new Map(), inFlight: [1] };
    const resumed = await applyRig(rig, { waivers, resumed: state });
    expect(stepsOf(resumed)[0]).toBe("create-user new: done (written before the run was interrupted)");
    expect(resumed.target.membersOf("sre")).toEqual(["account-ana", "account-new"]);
  });

  test("a plan of yesterday is refused", async () => {
    const rig = rigOf(pushFixture(FULL));
    const { outcome } = await applyRig(rig, { now: () => "2099-01-01T00:00:00.000Z" });
    expect(outcome.reasons.join()).toContain("the plan expired");
  });
});
