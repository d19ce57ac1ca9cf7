/** What is taken waits for what is given instead: a step that failed on the way leaves nobody and nothing with less. */

import { describe, expect, test } from "vitest";
import { lockoutLines } from "../../../server/src/core/sync/render/lockoutLines.ts";
import { applyRig, rigOf, stepsOf } from "../support/applyFixture.ts";
import type { Faults } from "../support/memoryTarget.ts";
import { pushFixture } from "../support/pushFixture.ts";

/** Applies with every waiver that the plan asks for, steps side by side. */
function run(text: string, faults: Faults = {}) {
  const rig = rigOf(text, faults);
  return applyRig(rig, { waivers: rig.sealed.plan.refusals.flatMap(({ waiver }) => waiver ?? []), atOnce: 8 });
}

describe("administrators", () => {
  /** Administration goes from two people to two others; `more` are those who keep it. */
  const handover = (more = "", roles = "roles: [Boss, Keep]") => `
#- /a.accessmap.yaml
organization: prod
mappings:
  - { group: dd-new, roles: [Boss] }
  - { group: dd-old, roles: [Other] }
#- lock
organizations: { prod: { adopted: true, roles: [Boss, Other] } }
#- live okta
groups: [{ name: dd-new, members: [new1, new2${more}] }, { name: dd-old, members: [old1] }]
#- live datadog
roles: [{ name: Boss, permissions: [user_access_manage] }, Other, Keep]
accounts:
  - { login: new1, roles: [Other] }
  - { login: new2, roles: [Keep] }
  - { login: old1, ${roles} }
  - { login: old2, roles: [Boss, Keep] }
${more
  .split(", ")
  .filter((login) => login !== "")
  .map((login) => `  - { login: ${login}, roles: [Boss] }`)
  .join("\n")}
`;
  test("are not taken while those who come after them are not there", async () => {
    const applied = await run(handover(), { silent: new Set(["account-new1"]) });
    expect(stepsOf(applied)).toEqual([
      "set-roles new2: done",
      "set-roles old1: done",
      "set-roles new1: failed (Datadog answered 200, but new1 lacks Boss and still holds Other)",
      "set-roles old1: skipped (new1 is no administrator yet, and too few others would be left)",
      "set-roles old2: skipped (new1 is no administrator yet, and too few others would be left)",
    ]);
    expect(applied.target.rolesOf("account-old2")).toEqual(["role-boss", "role-keep"]);
  });

  test("a step that needs another one of its stage begins after it", async () => {
    const applied = await run(handover());
    expect(applied.outcome.message).toBe("Applied: 5 done of 5 steps.");
    expect(applied.target.writes.map((write) => write.split(" ")[1])).toEqual(
      ["new2", "old1", "new1", "old1", "old2"].map((login) => `account-${login}`),
    );
  });

  test("where two others stay, nobody waits", async () => {
    const applied = await run(handover(", boss1, boss2"), { silent: new Set(["account-new1"]) });
    expect(applied.outcome.counts).toMatchObject({ done: 3, failed: 1 });
    expect(applied.target.rolesOf("account-old2")).toEqual(["role-keep"]);
  });
});

describe("a role that changes hands", () => {
  /** SRE and Engineer by group; who holds what today. */
  const roles = (groups: string, ...accounts: readonly string[]) =>
    pushFixture({
      push: "{ roles: scim, teams: off }",
      mappings: "  - { group: sre, roles: [SRE] }\n  - { group: eng, roles: [Engineer] }",
      okta: `[${groups}]`,
      datadog: `roles: [SRE, Engineer, Keep]\naccounts:\n${accounts.map((account) => `  - ${account}`).join("\n")}`,
    });
  const HANDED = roles(
    "{ name: sre, members: [ana, bob] }, { name: eng, members: [] }",
    "{ login: ana, roles: [Keep] }",
    "{ login: bob, roles: [Keep] }",
    "{ login: old, roles: [SRE, Keep] }",
  );
  const SWAP = roles(
    "{ name: sre, members: [ana] }, { name: eng, members: [bob] }",
    "{ login: ana, roles: [Engineer] }",
    "{ login: bob, roles: [SRE] }",
  );
  const NOBODY = "nobody who is to get SRE has it yet, and nobody else would be left with it";

  test.each<[string, string, readonly string[], readonly string[]]>([
    ["all is well", HANDED, [], ["ana: done", "bob: done", "old: done"]],
    ["nobody new came", HANDED, ["ana", "bob"], ["ana: failed", "bob: failed", `old: skipped (${NOBODY})`]],
    ["one who came is enough", HANDED, ["ana"], ["ana: failed", "bob: done", "old: done"]],
    [
      "somebody keeps it, so nobody waits",
      HANDED.replace("[ana, bob]", "[ana, bob, stays]").replace(
        "accounts:",
        "accounts:\n  - { login: stays, roles: [SRE] }",
      ),
      ["ana", "bob"],
      ["ana: failed", "bob: failed", "old: done"],
    ],
    ["in a swap one is given first and taken from last", SWAP, [], ["ana: done", "ana: done", "bob: done"]],
    [
      "a swap whose first half failed",
      SWAP,
      ["ana"],
      [
        "ana: failed",
        "ana: skipped (this did not succeed: ana: give SRE (keeps Engineer))",
        `bob: skipped (${NOBODY})`,
      ],
    ],
    [
      "a swap in the middle of which somebody gets nothing",
      SWAP,
      ["bob"],
      [
        "ana: done",
        "ana: skipped (nobody who is to get Engineer has it yet, and nobody else would be left with it)",
        "bob: failed",
      ],
    ],
  ])("%s", async (_, text, silent, expected) => {
    const applied = await run(text, { silent: new Set(silent.map((login) => `account-${login}`)) });
    const steps = stepsOf(applied).map((step) => step.replace("set-roles ", "").replace(/failed .*/, "failed"));
    expect([...steps].sort()).toEqual(expected);
  });

  const linesOf = (text: string) => lockoutLines(rigOf(text).sealed.plan).map((line) => `${line.kind}: ${line.text}`);
  const WHOLE_SETS = [
    "replaceRoles account-ana role-engineer role-sre",
    "replaceRoles account-bob role-engineer",
    "replaceRoles account-ana role-sre",
  ];
  const ROLE_BY_ROLE = [
    "addRole account-ana role-sre",
    "addRole account-bob role-engineer",
    "removeRole account-bob role-sre",
    "removeRole account-ana role-engineer",
  ];
  test.each([
    ["{ roles: scim, teams: off }", WHOLE_SETS],
    ["{ roles: scim, teams: off, users: deactivate }", WHOLE_SETS],
    ["{ roles: members, teams: off }", ROLE_BY_ROLE],
  ])("no role of a swap stands empty, not for a moment: %s", async (push, writes) => {
    const applied = await run(SWAP.replace("{ roles: scim, teams: off }", push));
    expect(applied.outcome.message).toBe("Applied: 3 done of 3 steps.");
    expect(applied.target.writes).toEqual(writes);
  });

  test.each([
    ["another holder who is not in the circle keeps it that long", "\n  - { login: old, roles: [SRE, Keep] }"],
    ["somebody new gets it before", "\n  - { login: new, roles: [Keep] }"],
  ])("no change goes in halves where %s", (_, more) => {
    const sides = SWAP.replace("members: [ana]", "members: [ana, new]").replace(
      "{ login: bob, roles: [SRE] }",
      `$&${more}`,
    );
    const names = rigOf(sides).sealed.plan.changes.flatMap((change) =>
      "account" in change ? change.account.name : [],
    );
    expect(names).toEqual([...new Set(names)]);
  });

  test("through SAML nobody knows who logs in first", () =>
    expect(
      linesOf(
        pushFixture({
          push: "{ roles: saml, teams: off }",
          mappings: "  - { group: sre, roles: [SRE] }\n  - { group: eng, roles: [Engineer] }",
          okta: "[{ name: sre, members: [ana] }, { name: eng, members: [bob] }]",
          datadog: `roles: [SRE, Engineer]
accounts: [{ login: ana, roles: [Engineer] }, { login: bob, roles: [SRE] }]
mappings: [{ group: sre, role: Engineer }, { group: eng, role: SRE }]
switches: { roleMapping: true }`,
        }),
      ).slice(-2),
    ).toEqual(
      ["Engineer", "SRE"].map(
        (role) =>
          `quiet: ${role} changes hands: nobody who holds it today keeps it beyond their next login, and nobody new has it before theirs, whichever comes first`,
      ),
    ));

  test("the plan says so", () => {
    expect(lockoutLines(rigOf(HANDED).sealed.plan).map(({ text }) => text)).toContain(
      "SRE changes hands: nobody who holds it today keeps it, and it is taken only once somebody new has it",
    );
  });
});

test("a team stays as it is while the account of whoever is to be its only member is not there", async () => {
  const text = pushFixture({
    push: "{ roles: scim, teams: scim, users: full }",
    mappings: "  - { group: dd-sre, roles: [SRE], teams: [sre] }\n  - { group: dd-eng, roles: [SRE] }",
    okta: "[{ name: dd-sre, members: [new] }, { name: dd-eng, members: [old] }]",
    datadog:
      "roles: [SRE]\nteams: [{ handle: sre, managed: true, members: [old] }]\naccounts: [{ login: old, roles: [SRE] }]",
  });
  const applied = await run(text, { unreachable: new Set(["createAccount"]) });
  expect(stepsOf(applied)).toContain(
    "set-members sre: failed (nobody was taken out, because the team would be empty: there is no account for new)",
  );
  expect(applied.target.membersOf("sre")).toEqual(["account-old"]);
});

describe("mappings", () => {
  const mappings = (roleMapping: boolean, live: string) =>
    pushFixture({
      push: "{ roles: saml, teams: saml }",
      mappings: "  - { group: dd-sre, roles: [SRE], teams: [sre] }",
      lock: "{ adopted: true, roles: [SRE, Engineer], teams: [sre, eng] }",
      okta: "[{ name: dd-sre, members: [ana] }]",
      datadog: `roles: [SRE, Engineer]
teams: [sre, eng]
accounts: [{ login: ana, roles: [SRE] }]
mappings: [${live}]
switches: { roleMapping: ${roleMapping}, teamSource: saml_and_manually }`,
    });
  const ROLES =
    "{ group: dd-old, role: Engineer }, { group: dd-old, role: SRE }, { group: dd-older, role: SRE }, { group: dd-sre, team: sre }";
  const TEAMS =
    "{ group: dd-old, team: eng }, { group: dd-old, team: sre }, { group: dd-older, team: sre }, { group: dd-sre, role: SRE }";
  const waits = (what: string) =>
    `skipped (people may still need it, because this did not succeed: change mapping memberOf=dd-old → ${what} to memberOf=dd-sre → ${what})`;

  test.each<[string, string, readonly string[]]>([
    [
      "of a role wait for all others where a login takes what nothing matches",
      mappings(true, ROLES),
      [
        "memberOf=dd-old → Engineer: skipped (people who match no mapping of a role would lose all they hold at a login, and this did not succeed: change mapping memberOf=dd-old → SRE to memberOf=dd-sre → SRE)",
        `memberOf=dd-older → SRE: ${waits("SRE")}`,
      ],
    ],
    [
      "wait for those of their own role where role mapping is off",
      mappings(false, ROLES),
      ["memberOf=dd-old → Engineer: done", `memberOf=dd-older → SRE: ${waits("SRE")}`],
    ],
    [
      "wait for those of their own team",
      mappings(true, TEAMS),
      ["memberOf=dd-old → team eng: done", `memberOf=dd-older → team sre: ${waits("team sre")}`],
    ],
  ])("%s", async (_, text, expected) => {
    const applied = await run(text, { refusals: new Set(["updateMapping"]) });
    const deletions = stepsOf(applied).flatMap((step) => /^delete-mapping delete mapping (.*)/.exec(step)?.[1] ?? []);
    expect(deletions).toEqual(expected);
  });
});
