/** Cancelling on every mix of push paths: what is told is true, nobody has less than at both ends, and a new plan finishes. */

import { expect, test } from "vitest";
import type { Snapshot } from "../../../server/src/core/analysis/snapshot.ts";
import { itemsOf } from "../../../server/src/core/model/knowledge.ts";
import { journalState } from "../../../server/src/core/sync/journal/journal.ts";
import { isEmpty } from "../../../server/src/core/sync/makePlan.ts";
import { applyRig, type Rig, rigFor, rigOf } from "../support/applyFixture.ts";
import { pushFixture } from "../support/pushFixture.ts";

const PATHS = ["scim", "saml", "members"] as const;
const MIXES = PATHS.flatMap((roles) =>
  PATHS.flatMap((teams) => (["off", "deactivate", "full"] as const).map((users) => ({ roles, teams, users }))),
);

type Mix = (typeof MIXES)[number];

/** Somebody comes, somebody goes, somebody moves, somebody has left, somebody has no account yet; a mapping is another's work. */
const worldOf = ({ roles, teams, users }: Mix) =>
  pushFixture({
    push: `{ roles: ${roles}, teams: ${teams}, users: ${users} }`,
    mappings:
      "  - { group: dd-sre, roles: [SRE], teams: [sre] }\n  - { group: dd-eng, roles: [Engineer], teams: [eng] }",
    lock: "{ adopted: true, roles: [SRE, Engineer], teams: [sre, eng] }",
    okta: "[{ name: dd-sre, members: [ana, moves, late, { login: left, state: deactivated }] }, { name: dd-eng, members: [bob] }]",
    datadog: `roles: [SRE, Engineer, Keep, { name: Boss, permissions: [user_access_manage] }]
teams: [{ handle: sre, managed: ${teams === "scim"}, members: [old, bob, left] }, { handle: eng, members: [moves, bob] }]
accounts:
  - { login: ana, roles: [Keep] }
  - { login: bob, roles: [Engineer, Keep] }
  - { login: moves, roles: [Engineer, Keep] }
  - { login: old, roles: [SRE, Keep] }
  - { login: left, roles: [SRE, Keep] }
  - { login: boss1, roles: [Boss] }
  - { login: boss2, roles: [Boss] }
mappings: [{ group: dd-old, role: SRE }, { group: dd-eng, role: Engineer }, { group: dd-sre, team: eng }]
switches: { roleMapping: false, teamSource: saml_and_manually }`,
  });

const waiversOf = ({ sealed: { plan } }: Rig) => plan.refusals.flatMap(({ waiver }) => waiver ?? []);

/** Everything that an organization gives, one line each. */
function holdings({ targets }: Snapshot): ReadonlySet<string> {
  const target = targets.get("prod");
  if (!target) throw new Error("the fixture has no organization");
  const accounts = itemsOf(target.accounts);
  const name = (id: string) => accounts.get(id)?.handle ?? id;
  return new Set([
    ...[...accounts.values()].flatMap(({ handle, status, roleIds }) => [
      `${handle} is ${status}`,
      ...roleIds.map((id) => `${handle} has ${id}`),
    ]),
    ...[...itemsOf(target.teams).values()].flatMap(({ id, handle }) =>
      [...itemsOf(target.teamMembers.get(id)).keys()].map((member) => `${name(member)} is in ${handle}`),
    ),
    ...[...itemsOf(target.mappings).values()].map(({ value, grants }) => `${value} gives ${JSON.stringify(grants)}`),
  ]);
}

const now = (rig: Rig) => rig.target.snapshotAfter(rig.snapshot);

/** Cancels when that many steps have begun, and finishes with a new plan; what is held before and after all of it counts. */
async function cancelAfter(mix: Mix, begun: number, [before, after]: readonly ReadonlySet<string>[]): Promise<void> {
  const rig = rigOf(worldOf(mix));
  const cancel = new AbortController();
  const steps = rig.sealed.plan.changes.length;
  const { outcome, journal } = await applyRig(rig, {
    waivers: waiversOf(rig),
    signal: cancel.signal,
    // One after the other, or side by side.
    atOnce: begun % 2 === 0 ? 8 : 1,
    journal: {
      async append(entry) {
        rig.journal.push(entry);
        if (entry.event === "intent" && entry.step === begun) cancel.abort();
      },
    },
  });
  const between = holdings(now(rig));
  expect(outcome.status).toBe(begun < steps ? "cancelled" : "done");
  expect(journal.at(-1)).toMatchObject({ event: "end", status: outcome.status });
  const state = journalState(journal);
  expect([state.ended, state.inFlight]).toEqual([true, []]);
  const done = outcome.steps.filter(({ result }) => result === "done" || result === "already");
  expect(done.length + outcome.counts.skipped).toBe(steps);
  expect([...state.outcomes.values()].filter(({ result }) => result !== "skipped")).toHaveLength(done.length);
  expect([...(before ?? [])].filter((line) => after?.has(line) && !between.has(line))).toEqual([]);

  const rest = rigFor(now(rig));
  await applyRig(rest, { waivers: waiversOf(rest) });
  expect([...holdings(now(rest))].sort()).toEqual([...(after ?? [])].sort());
  expect(isEmpty(rigFor(now(rest)).sealed.plan)).toBe(true);
}

test.each(MIXES)("roles $roles, teams $teams, users $users: cancelled at every step", async (mix) => {
  const whole = rigOf(worldOf(mix));
  const { outcome } = await applyRig(whole, { waivers: waiversOf(whole) });
  expect(outcome.status, outcome.message).toBe("done");
  const steps = outcome.steps.length;
  expect(steps).toBeGreaterThan(2);
  const ends = [holdings(whole.snapshot), holdings(now(whole))];
  for (let begun = 1; begun <= steps; begun++) await cancelAfter(mix, begun, ends);
});
