/** What holds for every plan: applying it leaves nothing to plan, doubt removes nothing, hands-off stays, nobody is emptied. */

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Snapshot } from "../../server/src/core/analysis/snapshot.ts";
import { itemsOf } from "../../server/src/core/model/knowledge.ts";
import { isEmpty } from "../../server/src/core/sync/makePlan.ts";
import type { Plan } from "../../server/src/core/sync/plan.ts";
import { parseFixture } from "../support/fixture.ts";
import { applyRig, rigFor } from "./support/applyFixture.ts";
import { planFor, shortForm } from "./support/checkPlan.ts";
import type { Faults } from "./support/memoryTarget.ts";

const PEOPLE = ["ana", "bob", "cyd", "dee", "eve", "fay"];
const ROLES = ["SRE", "Engineer", "Old"];
const TEAMS = ["sre", "eng"];
const GROUPS = ["g1", "g2", "g3"];

interface World {
  readonly adopted: boolean;
  readonly locked: readonly string[];
  readonly mappings: readonly { group: string; roles: string[]; teams: string[]; until: string | null }[];
  readonly groups: readonly { name: string; members: { login: string; state: string }[]; incomplete: boolean }[];
  readonly accounts: readonly { login: string; roles: string[]; status: string }[];
  readonly teams: readonly { handle: string; managed: boolean; members: string[] }[];
}

const some = <T>(items: readonly T[], most = items.length) =>
  fc.uniqueArray(fc.constantFrom(...items), { maxLength: most });

const worlds: fc.Arbitrary<World> = fc.record({
  adopted: fc.boolean(),
  locked: some(ROLES),
  mappings: fc.array(
    fc.record({
      group: fc.constantFrom(...GROUPS, "typo"),
      roles: some([...ROLES, "Ghost"], 2),
      teams: some(TEAMS, 1),
      until: fc.constantFrom(null, null, null, "2026-11-01", "2027-01-01", "soon"),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  groups: fc.tuple(
    ...GROUPS.map((name) =>
      fc.record({
        name: fc.constant(name),
        members: fc
          .tuple(some([...PEOPLE, "stranger"]), fc.constantFrom("active", "active", "active", "suspended", "unknown"))
          .map(([logins, state]) => logins.map((login, index) => ({ login, state: index === 0 ? state : "active" }))),
        incomplete: fc.constantFrom(false, false, false, true),
      }),
    ),
  ),
  accounts: fc.tuple(
    ...PEOPLE.map((login) =>
      fc.record({
        login: fc.constant(login),
        roles: some([...ROLES, "Legacy", "Datadog Admin Role"]),
        status: fc.constantFrom("active", "active", "active", "pending", "disabled"),
      }),
    ),
  ),
  teams: fc.tuple(
    ...TEAMS.map((handle) =>
      fc.record({ handle: fc.constant(handle), managed: fc.boolean(), members: some([...PEOPLE, "robot"]) }),
    ),
  ),
});

function snapshotOf(world: World): Snapshot {
  const line = (value: unknown) => JSON.stringify(value);
  const mappings = world.mappings
    .map(({ until, roles, teams, ...rest }) => ({
      ...rest,
      roles: roles.length + teams.length > 0 ? roles : ["SRE"],
      teams,
      ...(until ? { until } : {}),
    }))
    .map(
      (mapping) => `  - ${line(Object.fromEntries(Object.entries(mapping).filter(([, value]) => value.length > 0)))}`,
    );
  return parseFixture(`
#- /access/a.accessmap.yaml
organization: prod
mappings:
${mappings.join("\n")}
#- lock
organizations: ${line({ prod: { adopted: world.adopted, roles: world.locked, teams: TEAMS } })}
#- live okta
groups: ${line(world.groups.map(({ incomplete, ...group }) => (incomplete ? { ...group, incomplete: "cut" } : group)))}
#- live datadog
roles: [SRE, Engineer, Old, Legacy]
teams: ${line(world.teams)}
accounts: ${line([...world.accounts, { login: "robot", service: true, roles: ["SRE"] }])}
`).snapshot;
}

/** Roles by account id before and after a plan that goes through. */
function rolesAfter(plan: Plan): ReadonlyMap<string, readonly string[]> {
  return new Map(
    plan.changes.flatMap((change) =>
      change.action === "set-roles" ? [[change.account.id, change.after.map(({ id }) => id)] as const] : [],
    ),
  );
}

test("applying a plan and planning again leaves nothing, faults or not", () =>
  fc.assert(
    fc.asyncProperty(
      worlds,
      fc.constantFrom<Faults>(
        {},
        { lag: 1 },
        { linkDrops: true },
        { sticky: new Set(["role-sre"]) },
        { lostAnswers: new Set(["replaceRoles", "addGroupMembers"]) },
      ),
      async (world, faults) => {
        const rig = rigFor(snapshotOf(world), { ...faults });
        const waivers = rig.sealed.plan.refusals.flatMap(({ waiver }) => waiver ?? []);
        const { outcome } = await applyRig(rig, { waivers });
        if (rig.sealed.plan.refusals.some(({ waiver }) => waiver === undefined)) {
          expect(outcome.status).toBe("refused");
          expect(rig.target.writes).toEqual([]);
          return;
        }
        expect(outcome.status, outcome.message).toBe("done");
        const second = planFor(rig.target.snapshotAfter(rig.snapshot));
        expect(isEmpty(second), shortForm(second)).toBe(true);
      },
    ),
    { numRuns: 150 },
  ));

test("nobody is left without a role, and hands-off roles, robots and disabled accounts are not touched", () =>
  fc.assert(
    fc.property(worlds, (world) => {
      const snapshot = snapshotOf(world);
      const plan = planFor(snapshot);
      const accounts = itemsOf(snapshot.targets.get("prod")?.accounts);
      for (const [id, after] of rolesAfter(plan)) {
        const account = accounts.get(id);
        expect(after.length).toBeGreaterThan(0);
        expect(account?.serviceAccount).toBe(false);
        expect(account?.status).not.toBe("disabled");
        for (const role of ["role-legacy", "role-datadog-admin-role"])
          expect(after.includes(role)).toBe(account?.roleIds.includes(role));
      }
      for (const change of plan.changes)
        if (change.action === "set-members") expect(change.revokes.map(({ id }) => id)).not.toContain("account-robot");
    }),
    { numRuns: 300 },
  ));

test("nothing is removed before adoption", () =>
  fc.assert(
    fc.property(worlds, (world) => {
      const plan = planFor(snapshotOf({ ...world, adopted: false }));
      for (const change of plan.changes) if ("revokes" in change) expect(change.revokes).toEqual([]);
    }),
    { numRuns: 150 },
  ));

test("a role or team is only taken when every group that gives it was wholly read", () =>
  fc.assert(
    fc.property(worlds, (world) => {
      const plan = planFor(snapshotOf({ ...world, adopted: true }));
      const doubtful = new Set(
        world.mappings
          .filter(({ group, until }) => {
            if (until === "2026-11-01") return false;
            return until === "soon" || (world.groups.find(({ name }) => name === group)?.incomplete ?? true);
          })
          .flatMap(({ roles, teams }) => [...(roles.length + teams.length > 0 ? roles : ["SRE"]), ...teams]),
      );
      const unsure = new Set(
        world.groups
          .filter(({ name }) =>
            world.mappings.some(({ group, until }) => group === name && until !== "2026-11-01" && until !== "soon"),
          )
          .flatMap(({ members }) =>
            members.filter(({ state }) => state === "unknown").map(({ login }) => `account-${login}`),
          ),
      );
      for (const change of plan.changes) {
        if (change.action === "link-team") continue;
        if (change.action === "set-members" && change.revokes.length > 0)
          expect([...doubtful]).not.toContain(change.team.name);
        if (change.action === "set-roles") {
          for (const { name } of change.revokes) expect([...doubtful]).not.toContain(name);
          if (change.revokes.length > 0) expect([...unsure]).not.toContain(change.account.id);
        }
      }
    }),
    { numRuns: 300 },
  ));

test("the less is known, the less is removed", () =>
  fc.assert(
    fc.property(worlds, fc.integer({ min: 0, max: GROUPS.length - 1 }), (drawn, cut) => {
      // Whoever would hold nothing keeps all; one more doubtful role would then free the others. So everybody keeps one.
      const accounts = drawn.accounts.map((account) => ({
        ...account,
        roles: [...new Set([...account.roles, "Legacy"])],
      }));
      const world = { ...drawn, accounts };
      const removals = (of: World) =>
        planFor(snapshotOf(of)).changes.flatMap((change) =>
          "revokes" in change
            ? change.revokes.map(
                ({ id }) =>
                  `${change.action} ${change.action === "set-roles" ? change.account.id : change.team.name} ${id}`,
              )
            : [],
        );
      const groups = world.groups.map((group, index) => (index === cut ? { ...group, incomplete: true } : group));
      const known = removals({ ...world, adopted: true });
      for (const removal of removals({ ...world, adopted: true, groups })) expect(known).toContain(removal);
    }),
    { numRuns: 150 },
  ));
