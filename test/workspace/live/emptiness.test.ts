/** An organization that suddenly answers with nothing: what is believed, and when. */

import { expect, test } from "vitest";
import { complete, isComplete, itemsOf, type Known } from "../../../server/src/core/model/knowledge.ts";
import type { TargetInventory } from "../../../server/src/core/model/target.ts";
import { keepTarget } from "../../../server/src/workspace/live/keep.ts";
import { parseFixture } from "../../support/fixture.ts";

const { snapshot } = parseFixture(`
#- /a.accessmap.yaml
mappings: []
#- live datadog
roles: [SRE]
teams: [{ handle: sre, members: [ana] }]
accounts: [{ login: ana, roles: [SRE] }]
`);
const before = snapshot.targets.get("prod") as TargetInventory;

const at = (seconds: number) =>
  new Date(Date.parse((before.teams as Known<unknown>).asOf) + seconds * 1000).toISOString();
const nothing = (seconds: number) => complete<never>("prod", at(seconds), new Map<string, never>());

test("no teams is believed the second time, a minute later", () => {
  const first = keepTarget(before, { ...before, teams: nothing(10) });
  expect([isComplete(first.teams), itemsOf(first.teams).size]).toEqual([false, 1]);
  const tooSoon = keepTarget(first, { ...before, teams: nothing(40) });
  expect(isComplete(tooSoon.teams)).toBe(false);
  const later = keepTarget(tooSoon, { ...before, teams: nothing(75) });
  expect([isComplete(later.teams), itemsOf(later.teams).size]).toEqual([true, 0]);
});

test("members of a team likewise, and a full answer heals at once", () => {
  const [[id, members] = ["", undefined]] = before.teamMembers;
  const first = keepTarget(before, { ...before, teamMembers: new Map([[id, nothing(10)]]) });
  expect(isComplete(first.teamMembers.get(id))).toBe(false);
  expect(keepTarget(first, before).teamMembers.get(id)).toEqual(members);
});

test("an organization that never had teams has none", () => {
  const bare = { ...before, teams: nothing(0), teamMembers: new Map() };
  expect(isComplete(keepTarget(bare, { ...bare, teams: nothing(10) }).teams)).toBe(true);
});
