/** Every guard with a plan that passes it, one that it refuses, and the same with its waiver. */

import { describe, expect, test } from "vitest";
import { desire } from "../../../server/src/core/sync/desire/desire.ts";
import { requirementsOf } from "../../../server/src/core/sync/desire/requirements.ts";
import { diff } from "../../../server/src/core/sync/diff/diff.ts";
import { effectsOf } from "../../../server/src/core/sync/effects/effects.ts";
import { lockoutOf } from "../../../server/src/core/sync/effects/lockout.ts";
import { movementsOf } from "../../../server/src/core/sync/effects/movements.ts";
import type { Guarded } from "../../../server/src/core/sync/guards/guards.ts";
import { ownRights } from "../../../server/src/core/sync/guards/lockout.ts";
import { emptyRoleSet, incompleteReads } from "../../../server/src/core/sync/guards/numbers.ts";
import { idleWaivers, liftingWaivers } from "../../../server/src/core/sync/guards/waivers.ts";
import { wrongOrganization } from "../../../server/src/core/sync/guards/writers.ts";
import { journalState } from "../../../server/src/core/sync/journal/journal.ts";
import { makePlan, openRefusals } from "../../../server/src/core/sync/makePlan.ts";
import type { Change, Refusal } from "../../../server/src/core/sync/plan.ts";
import { parseFixture } from "../../support/fixture.ts";
import { applyRig, rigOf } from "../support/applyFixture.ts";
import { planOf } from "../support/checkPlan.ts";
import { pushFixture } from "../support/pushFixture.ts";

const GUARDS = [
  "lock/mass-removal",
  "lock/emptied",
  "lock/mass-grant",
  "lock/no-admin-left",
  "lock/unmatched-active-users",
  "lock/incomplete-read",
  "lock/empty-role-set",
  "plat/managed-team",
  "plat/mapping-limit",
  "plat/wrong-organization",
  "lock/self",
];

/** Refusals of one guard that stay with these waivers; what other guards say does not count. */
function open(text: string, guard: string, waivers: readonly string[] = []): readonly Refusal[] {
  return openRefusals(planOf(text), waivers).filter((refusal) => refusal.guard === guard);
}

function waiversOf(text: string, guard: string): readonly (string | undefined)[] {
  return open(text, guard).map(({ waiver }) => waiver);
}

/** `count` people named `p1`, `p2`, …; the first `members` of them are in the group. All hold the role and one more. */
function leavers({ count, members, safety = "" }: { count: number; members: number; safety?: string }): string {
  const people = Array.from({ length: count }, (_, index) => `p${index + 1}`);
  return `
#- /accessmap.yaml
version: 1
project: acme-access
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu, directory: okta, push: { roles: scim, teams: scim } }
${safety}
#- /access/platform.accessmap.yaml
organization: prod
mappings:
  - group: dd-sre
    roles: [SRE]
#- lock
organizations: { prod: { adopted: true, roles: [SRE] } }
#- live okta
groups: [{ name: dd-sre, members: [${people.slice(0, members).join(", ")}] }]
#- live datadog
roles: [SRE, Keep]
accounts:
${people.map((login) => `  - { login: ${login}, roles: [SRE, Keep] }`).join("\n")}
`;
}

describe("lock/mass-removal", () => {
  test("passes: few people, whatever the share", () =>
    expect(open(leavers({ count: 4, members: 1 }), "lock/mass-removal")).toEqual([]));

  test("passes: many people, but a small share", () =>
    expect(open(leavers({ count: 40, members: 30 }), "lock/mass-removal")).toEqual([]));

  test("refused per role and in total", () => {
    const refusals = open(leavers({ count: 10, members: 6 }), "lock/mass-removal");
    expect(refusals).toEqual([
      {
        guard: "lock/mass-removal",
        object: "role=SRE",
        message: "4 of 10 people would lose SRE; up to 25 % and 50 people is ordinary",
        waiver: "lock/mass-removal:role=SRE",
      },
      {
        guard: "lock/mass-removal",
        object: "total",
        message: "4 of 10 people would lose something; up to 25 % and 50 people is ordinary",
        waiver: "lock/mass-removal:total",
      },
    ]);
  });

  test("refused by number, though the share is small", () => {
    const safety = "safety: { removals: { share: 50%, people: 5, floor: 3 } }";
    expect(waiversOf(leavers({ count: 40, members: 34, safety }), "lock/mass-removal")).toEqual([
      "lock/mass-removal:role=SRE",
      "lock/mass-removal:total",
    ]);
  });

  test("each waiver lifts its own object", () => {
    const text = leavers({ count: 10, members: 6 });
    expect(open(text, "lock/mass-removal", ["lock/mass-removal:role=SRE"]).map(({ object }) => object)).toEqual([
      "total",
    ]);
    expect(open(text, "lock/mass-removal", ["lock/mass-removal:role=SRE", "lock/mass-removal:total"])).toEqual([]);
    expect(open(text, "lock/mass-removal", ["lock/mass-removal"])).toHaveLength(2);
  });

  test("refused per team", () =>
    expect(
      waiversOf(
        `
#- /access/platform.accessmap.yaml
organization: prod
mappings:
  - { group: dd-sre, teams: [sre] }
#- lock
organizations: { prod: { adopted: true, teams: [sre] } }
#- live okta
groups: [{ name: dd-sre, members: [a] }]
#- live datadog
teams: [{ handle: sre, managed: true, members: [a, b, c, d, e] }]
accounts: [a, b, c, d, e]
`,
        "lock/mass-removal",
      ),
    ).toEqual(["lock/mass-removal:team=sre", "lock/mass-removal:total"]));
});

describe("lock/emptied", () => {
  test("passes: somebody stays", () => expect(open(leavers({ count: 2, members: 1 }), "lock/emptied")).toEqual([]));

  test("refused, even for one holder", () => {
    const text = leavers({ count: 1, members: 0 });
    expect(open(text, "lock/emptied")).toMatchObject([{ object: "role=SRE", waiver: "lock/emptied:role=SRE" }]);
    expect(open(text, "lock/emptied", ["lock/emptied:role=SRE"])).toEqual([]);
  });

  test("a team", () => {
    const text = `
#- /access/platform.accessmap.yaml
organization: prod
mappings:
  - { group: dd-sre, teams: [sre] }
#- lock
organizations: { prod: { adopted: true, teams: [sre] } }
#- live okta
groups: [{ name: dd-sre, members: [] }]
#- live datadog
teams: [{ handle: sre, managed: true, members: [a] }]
accounts: [a]
`;
    expect(waiversOf(text, "lock/emptied")).toEqual(["lock/emptied:team=sre"]);
    expect(open(text, "lock/emptied", ["lock/emptied:team=sre"])).toEqual([]);
  });
});

describe("lock/mass-grant", () => {
  const grants = (people: number, permission: string) => `
#- /access/platform.accessmap.yaml
organization: prod
mappings:
  - { group: dd-sre, roles: [SRE] }
#- live okta
groups: [{ name: dd-sre, members: ${people} }]
#- live datadog
roles: [{ name: SRE, permissions: [${permission}] }]
accounts:
${Array.from({ length: people }, (_, index) => `  - dd-sre-${index + 1}`).join("\n")}
`;

  test("passes: as many as the policy allows", () =>
    expect(open(grants(10, "user_access_manage"), "lock/mass-grant")).toEqual([]));

  test("passes: nothing privileged", () => expect(open(grants(11, "dashboards_read"), "lock/mass-grant")).toEqual([]));

  test("refused, and lifted by name", () => {
    const text = grants(11, "user_access_manage");
    expect(open(text, "lock/mass-grant")).toEqual([
      {
        guard: "lock/mass-grant",
        object: "role=SRE",
        message: "11 people would hold SRE (critical) through mappings; policy.limits allows 10",
        waiver: "lock/mass-grant:role=SRE",
      },
    ]);
    expect(open(text, "lock/mass-grant", ["lock/mass-grant:role=SRE"])).toEqual([]);
  });
});

describe("lock/no-admin-left", () => {
  const admins = (members: string, accounts: string) => `
#- /access/platform.accessmap.yaml
organization: prod
mappings:
  - { group: dd-admin, roles: [Datadog Admin Role] }
#- lock
organizations: { prod: { adopted: true, roles: { Datadog Admin Role: role-datadog-admin-role } } }
#- live okta
groups: [{ name: dd-admin, members: [${members}] }]
#- live datadog
roles: [Keep]
accounts: [${accounts}]
`;
  const admin = (login: string) => `{ login: ${login}, roles: [Datadog Admin Role, Keep] }`;

  test("passes: two stay", () =>
    expect(open(admins("a, b", [admin("a"), admin("b"), admin("c")].join(", ")), "lock/no-admin-left")).toEqual([]));

  test("passes: there never were two, and this plan takes nobody away", () =>
    expect(open(admins("a", admin("a")), "lock/no-admin-left")).toEqual([]));

  test("refused, and lifted by name, when one stays", () => {
    const text = admins("a", [admin("a"), admin("b")].join(", "));
    expect(waiversOf(text, "lock/no-admin-left")).toEqual(["lock/no-admin-left"]);
    expect(open(text, "lock/no-admin-left", ["lock/no-admin-left"])).toEqual([]);
  });

  test("robots, disabled and pending accounts are no administrators", () => {
    const others = [
      "{ login: robot, service: true, roles: [Datadog Admin Role] }",
      "{ login: gone, status: disabled, roles: [Datadog Admin Role] }",
      "{ login: late, status: pending, roles: [Datadog Admin Role] }",
    ];
    expect(waiversOf(admins("late", [admin("a"), ...others].join(", ")), "lock/no-admin-left")).toEqual([undefined]);
  });

  test("the last one is never taken, whatever is waived", () => {
    const text = admins("", [admin("a"), admin("b")].join(", "));
    expect(open(text, "lock/no-admin-left", GUARDS)).toMatchObject([
      { message: "nobody would be left who can administer the organization" },
    ]);
  });
});

describe("plat/managed-team", () => {
  const team = (lock: string) => `
#- /access/platform.accessmap.yaml
organization: prod
mappings:
  - { group: dd-sre, teams: [sre] }
#- lock
organizations: { prod: { adopted: true${lock} } }
#- live okta
groups: [{ name: dd-sre, members: [a, b] }]
#- live datadog
teams: [{ handle: sre, managed: true, members: [a] }]
accounts: [a, b]
`;

  test("passes: the lock records the team", () =>
    expect(open(team(", teams: [sre]"), "plat/managed-team")).toEqual([]));

  test("passes: the lock recorded the team before it existed", () =>
    expect(planOf(team(', teams: { sre: "" }'))).toMatchObject({ refusals: [], changes: [{ action: "set-members" }] }));

  test("refused, and lifted by name", () => {
    expect(waiversOf(team(""), "plat/managed-team")).toEqual(["plat/managed-team:team=sre"]);
    expect(open(team(""), "plat/managed-team", ["plat/managed-team:team=sre"])).toEqual([]);
  });
});

test("plat/managed-team: an apply of this folder that linked the team is named", async () => {
  const text = `
#- /access/platform.accessmap.yaml
organization: prod
mappings: [{ group: dd-sre, teams: [sre] }]
#- live okta
groups: [{ name: dd-sre, members: [a] }]
#- live datadog
accounts: [a, b]
`;
  const { snapshot, journal, target } = await applyRig(rigOf(text));
  target.setMembers("team-sre", []);
  const state = journalState(journal);
  const applies = { applies: state.start ? [{ start: state.start, state }] : [] };
  const made = makePlan(target.snapshotAfter(snapshot), "prod", { fileHashes: {}, applies });
  expect("plan" in made && made.plan.refusals).toMatchObject([
    {
      guard: "plat/managed-team",
      message:
        "the apply of 12:00 UTC put team sre under SCIM, and accessmap.lock does not record it yet; run `accessmap lock`",
      waiver: "plat/managed-team:team=sre",
    },
  ]);
});

describe("lock/self", () => {
  const self = (members: string, adopted = true) => `
#- /access/platform.accessmap.yaml
organization: prod
mappings:
  - { group: dd-sre, roles: [SRE] }
#- lock
organizations: { prod: { adopted: ${adopted}, roles: [SRE] } }
#- live okta
groups: [{ name: dd-sre, members: [${members}] }]
#- live datadog
roles: [SRE, Keep]
accounts: [{ login: me, roles: [SRE, Keep] }, { login: a, roles: [SRE, Keep] }]
actor: me
`;

  test("passes: the identity in use keeps what it has", () => expect(open(self("me, a"), "lock/self")).toEqual([]));

  test("passes before adoption, when nothing is taken", () => expect(open(self("a", false), "lock/self")).toEqual([]));

  test("refused and never lifted; the change itself is dropped", () => {
    const text = self("a");
    expect(open(text, "lock/self", [...GUARDS, "lock/self:me@acme.com"])).toMatchObject([{ object: "me@acme.com" }]);
    expect(planOf(text).changes).toEqual([]);
  });

  test("what it would gain is dropped too, without a refusal", () => {
    const plan = planOf(self("me, a").replace("{ login: me, roles: [SRE, Keep] }", "{ login: me, roles: [Keep] }"));
    expect(plan.changes).toEqual([]);
    expect(plan.refusals).toEqual([]);
    expect(plan.heldBack).toMatchObject([{ what: "me@acme.com is not changed", why: "it is the identity in use" }]);
  });
});

describe("lock/unmatched-active-users", () => {
  const saml = (members: string, more = "") =>
    pushFixture({
      push: "{ roles: saml, teams: off }",
      mappings: "  - { group: dd-sre, roles: [SRE] }",
      okta: `[{ name: dd-sre, members: [${members}] }]`,
      datadog: `roles: [SRE]\naccounts: [ana, bob, { login: off, status: disabled }, { login: bot, service: true }]${more}`,
    });

  test("passes: everybody who is active matches", () =>
    expect(open(saml("ana, bob"), "lock/unmatched-active-users")).toEqual([]));

  test("passes: no mapping of a role changes", () =>
    expect(open(saml("ana", "\nmappings: [{ group: dd-sre, role: SRE }]"), "lock/unmatched-active-users")).toEqual([]));

  test("refused with the people, and lifted by name", () => {
    expect(open(saml("ana"), "lock/unmatched-active-users")).toMatchObject([
      { message: expect.stringContaining("bob@acme.com matches no mapping of a role") },
    ]);
    expect(open(saml("ana"), "lock/unmatched-active-users", ["lock/unmatched-active-users"])).toEqual([]);
    expect(planOf(saml("ana")).lockout.unmatched).toEqual(["bob@acme.com"]);
  });

  const admins = (accounts: string, mappings = "") =>
    pushFixture({
      push: "{ roles: saml, teams: off }",
      mappings: "  - { group: dd-sre, roles: [SRE] }",
      okta: "[{ name: dd-sre, members: [ana] }, { name: dd-adm, members: [boss] }]",
      datadog: `roles: [SRE, { name: Boss, permissions: [user_access_manage] }]\naccounts: [ana, ${accounts}]\n${mappings}`,
      lock: "{ adopted: true, roles: [SRE, Boss] }",
    });
  const glass = (count: number) =>
    Array.from({ length: count }, (_, index) => `{ login: glass${index + 1}, roles: [Boss] }`).join(", ");

  test("passes: one or two administrators outside all mappings, who stay in sight", () => {
    expect(open(admins(glass(2)), "lock/unmatched-active-users")).toEqual([]);
    expect(planOf(admins(glass(2))).lockout.unmatched).toEqual(["glass1@acme.com", "glass2@acme.com"]);
  });

  test("refused: three of them are no break-glass accounts, and neither is somebody without an administrator's role", () => {
    expect(open(admins(glass(3)), "lock/unmatched-active-users")).toHaveLength(1);
    expect(open(admins(`${glass(1)}, bob`), "lock/unmatched-active-users")).toMatchObject([
      { message: expect.stringMatching(/^bob@acme.com matches/) },
    ]);
  });

  test("refused: an administrator whose mapping the plan takes away is none either", () => {
    const taken = admins("{ login: boss, roles: [Boss] }", "mappings: [{ group: dd-adm, role: Boss }]");
    expect(open(taken, "lock/unmatched-active-users")).toMatchObject([
      { message: expect.stringMatching(/^boss@acme.com matches/) },
    ]);
  });
});

describe("plat/mapping-limit", () => {
  const many = (live: number) =>
    pushFixture({
      push: "{ roles: saml, teams: off }",
      mappings: "  - { group: dd-sre, roles: [SRE] }",
      okta: "[{ name: dd-sre, members: [ana] }]",
      datadog: `roles: [SRE, Other]\naccounts: [ana]\nmappings:\n${Array.from({ length: live }, (_, index) => `  - { group: g${index}, role: Other }`).join("\n")}`,
    });

  test("passes: the thousandth fits", () => expect(open(many(999), "plat/mapping-limit")).toEqual([]));

  test("refused and never lifted: one more does not", () =>
    expect(open(many(1000), "plat/mapping-limit", GUARDS)).toHaveLength(1));
});

describe("a waiver that lifts nothing is told", () => {
  const text = leavers({ count: 4, members: 0 });
  const [role = ""] = waiversOf(text, "lock/emptied").flatMap((waiver) => waiver ?? []);

  test.each([
    [role, undefined],
    [
      "lock/emptied",
      `--allow lock/emptied lifts nothing: lock/emptied refuses something else here, lifted by --allow ${role}`,
    ],
    ["lock/emptied:role=sre", /refuses something else here, lifted by --allow lock\/emptied:role=SRE$/],
    [
      "lock/mass-grant:role=SRE",
      "--allow lock/mass-grant:role=SRE lifts nothing: lock/mass-grant does not refuse this plan",
    ],
    [
      "lock/mass-removals:total",
      /^--allow lock\/mass-removals:total lifts nothing: there is no guard "lock\/mass-removals"; there are /,
    ],
    ["it's", /^--allow 'it'\\''s' lifts nothing: there is no guard "it's"/],
  ])("%s", (waiver, told) => {
    const [note, ...more] = idleWaivers(planOf(text), [waiver, waiver]);
    expect(more).toEqual([]);
    if (told instanceof RegExp) expect(note).toMatch(told);
    else expect(note).toBe(told);
  });

  test.each(GUARDS)("%s is known", (guard) =>
    expect(idleWaivers(planOf(text), [guard])[0] ?? "").not.toContain("there is no guard"),
  );

  test("what is looked at again before the first write is not", () => {
    const plan = planOf(leavers({ count: 4, members: 3 }).replace("roles: [SRE]", "roles: [SRE]\n    teams: [new]"));
    expect(idleWaivers(plan, ["plat/managed-team:team=new"])).toEqual([]);
    expect(idleWaivers(plan, ["plat/managed-team:team=other"])).toHaveLength(1);
    const given = ["plat/managed-team:team=new", "plat/managed-team:team=other", "lock/emptied:role=SRE"];
    expect(liftingWaivers(plan, given)).toEqual(["plat/managed-team:team=new"]);
  });
});

/** Guards against what the planner never makes: they hold even if it did. */
describe("guards over a plan that should not be", () => {
  const TEXT = leavers({ count: 4, members: 3 });

  function guarded(more: (sound: Guarded) => Partial<Guarded>): Guarded {
    const { snapshot } = parseFixture(TEXT);
    const required = requirementsOf(snapshot, "prod");
    if ("missing" in required) throw new Error("the fixture is incomplete");
    const { organization, target, actor, project } = required;
    const desired = desire(snapshot, organization, target);
    const { changes } = diff(desired, actor);
    const { policy, safety } = project;
    const effects = effectsOf(desired, changes);
    const movements = movementsOf(desired, effects);
    const lockout = lockoutOf(desired, changes, effects, movements);
    const sound = { desired, changes, effects, movements, lockout, actor, policy, safety };
    return { ...sound, ...more(sound) };
  }

  test("lock/incomplete-read: a sound plan passes; taking on doubt, or before adoption, is never lifted", () => {
    expect(incompleteReads(guarded(() => ({})))).toEqual([]);
    const doubt = incompleteReads(
      guarded(({ desired }) => ({ desired: { ...desired, gaps: { ...desired.gaps, all: "a page is missing" } } })),
    );
    expect(doubt).toEqual([{ message: expect.stringContaining("a page is missing"), isFinal: true }]);
    expect(incompleteReads(guarded(({ desired }) => ({ desired: { ...desired, adopted: false } })))).toHaveLength(1);
  });

  test("lock/empty-role-set: a sound plan passes; an empty set is never lifted", () => {
    expect(emptyRoleSet(guarded(() => ({})))).toEqual([]);
    const changes = (sound: Guarded) => sound.changes.map((change) => ({ ...change, after: [] }) as Change);
    const refused = emptyRoleSet(guarded((sound) => ({ changes: changes(sound) })));
    expect(refused).toMatchObject([{ isFinal: true }]);
  });

  test("plat/wrong-organization: the right one passes; another one is never lifted", () => {
    expect(wrongOrganization(guarded(() => ({})))).toEqual([]);
    const organization = ({ desired }: Guarded) => ({
      ...desired.organization,
      id: { value: "another", span: { start: 0, end: 0 } },
    });
    const refused = wrongOrganization(
      guarded((sound) => ({ desired: { ...sound.desired, organization: organization(sound) } })),
    );
    expect(refused).toMatchObject([{ isFinal: true }]);
  });

  test("lock/self: a step on the identity in use is never lifted", () => {
    const refused = ownRights(guarded(({ actor }) => ({ actor: { ...actor, accountId: "account-p4" } })));
    expect(refused).toMatchObject([{ isFinal: true }]);
  });
});
