/** Drift: what somebody else changed, told apart from what waits for an apply. */

import { expect, test } from "vitest";
import { takeSnapshot } from "../../../server/src/core/analysis/snapshot.ts";
import { complete, partial, unknown } from "../../../server/src/core/model/knowledge.ts";
import type { AccessEvent, Audit } from "../../../server/src/core/model/target.ts";
import { driftOf, isDrifting } from "../../../server/src/core/sync/drift/drift.ts";
import type { JournalState, RecordedApply } from "../../../server/src/core/sync/journal/journal.ts";
import type { Change } from "../../../server/src/core/sync/plan.ts";
import { renderDrift } from "../../../server/src/core/sync/render/drift.ts";
import { expectText } from "../../support/expectText.ts";
import { parseFixture } from "../../support/fixture.ts";

const FIXTURE = `
#- /access/platform.accessmap.yaml
organization: prod
mappings:
  - { group: dd-sre, roles: [SRE], teams: [sre] }
#- lock
organizations: { prod: { adopted: true, roles: [SRE], teams: [sre] } }
#- live okta
groups: [{ name: dd-sre, members: [ana, bob] }]
#- live datadog
roles: [SRE, Keep]
teams: [{ handle: sre, managed: true, members: [ana, eve] }]
accounts:
  - { login: ana, roles: [Keep] }
  - { login: bob, roles: [SRE] }
  - { login: eve, roles: [SRE, Keep] }
`;

const APPLIED_AT = "2026-11-23T09:00:00.000Z";
const because = { text: "dd-sre → SRE" };
const role = { id: "role-sre", name: "SRE" };
const GAVE_ANA: Change = {
  action: "set-roles",
  through: "scim",
  account: { id: "account-ana", name: "ana@acme.com" },
  before: [],
  after: [role],
  grants: [{ ...role, because }],
  revokes: [],
};

function applied(...changes: readonly Change[]): RecordedApply {
  const start = {
    event: "start",
    at: APPLIED_AT,
    text: "",
    fingerprint: "f",
    organization: { name: "prod", id: "o", site: "datadoghq.eu" },
    steps: changes.length,
    waivers: [],
    actor: { id: "account-sync", handle: "sync" },
  } as const;
  const intents = new Map(changes.map((change, index) => [index + 1, change]));
  const outcomes = new Map(changes.map((_, index) => [index + 1, { result: "done", detail: "" } as const]));
  const state: JournalState = { start, ended: true, lastAt: APPLIED_AT, intents, outcomes, inFlight: [] };
  return { start, state };
}

function event(id: string, asset: AccessEvent["asset"], by: string, message: string): AccessEvent {
  return {
    id,
    at: `2026-11-23T1${id}:00:00.000Z`,
    action: "modified",
    asset,
    actor: { id: `account-${by}`, email: `${by}@acme.com` },
    message,
  };
}

/** What the trail shows of our apply. */
const OWN: AccessEvent = {
  ...event("0", { type: "user", id: "account-ana" }, "sync", "User ana@acme.com was modified"),
  at: APPLIED_AT,
};

const trail = (...events: readonly AccessEvent[]): Audit => ({
  askedAt: APPLIED_AT,
  from: APPLIED_AT,
  events: complete("prod", "2026-11-23T12:00:00.000Z", new Map(events.map((each) => [each.id, each]))),
});

function drifted(audit: Audit | undefined, applies: readonly RecordedApply[], unread?: string, fixture = FIXTURE) {
  const { snapshot } = parseFixture(fixture);
  const target = snapshot.targets.get("prod");
  if (!target) throw new Error("the fixture has an organization");
  const found = driftOf(
    takeSnapshot({ ...snapshot, targets: new Map([["prod", { ...target, ...(audit && { audit }) }]]) }),
    "prod",
    { applies, ...(unread !== undefined && { unread }) },
  );
  if ("missing" in found) throw new Error("the fixture is whole");
  return { drift: found.drift, text: renderDrift(found.drift, snapshot.now) };
}

test("a journal that cannot be read is said, and older ones prove nothing", () => {
  const ours = event("0", { type: "team", id: "team-sre", name: "sre" }, "sync", "sre was modified");
  const { drift, text } = drifted(trail(ours), [], "journal/2.jsonl:3 is not a journal entry");
  expect([drift.differences, drift.events]).toEqual([[], []]);
  expect(
    drift.unclear.map((one) => ("account" in one ? `${one.account.name} ${one.state} ${one.what.name}` : one)),
  ).toEqual([
    "ana@acme.com missing SRE",
    "eve@acme.com extra SRE",
    "eve@acme.com extra sre",
    "bob@acme.com missing sre",
  ]);
  expect(isDrifting(drift)).toBe(true);
  expect(text).toContain(
    "Who and when may be missing: what the last applies did is not known, because a journal cannot be read: journal/2.jsonl:3 is not a journal entry.",
  );
});

test("the audit trail says who and when; what nobody did waits for an apply", () => {
  const { drift, text } = drifted(
    trail(
      event("0", { type: "user", id: "account-eve" }, "root", "User eve@acme.com was modified"),
      event("1", { type: "team", id: "team-sre", name: "sre" }, "root", "eve@acme.com was added to team sre"),
    ),
    [applied()],
  );
  expect(isDrifting(drift)).toBe(true);
  expectText(
    text,
    `
Drift in prod (datadoghq.eu) since the last apply, 09:00 UTC
  eve@acme.com holds SRE: not a member of dd-sre  access/platform.accessmap.yaml:3
    by root@acme.com, 10:00 UTC: User eve@acme.com was modified
    revert: \`accessmap apply\` takes it; adopt: put them into a group that is mapped to SRE, or map one of theirs
  eve@acme.com is in team sre: not a member of dd-sre  access/platform.accessmap.yaml:3
    by root@acme.com, 11:00 UTC: eve@acme.com was added to team sre
    revert: \`accessmap apply\` takes it; adopt: put them into a group that is mapped to team sre, or map one of theirs
2 differences come from files or groups; \`accessmap plan\` shows what an apply would do.
`,
  );
});

test("what an apply gave and is gone, somebody took, even when nobody can say who", () => {
  const { drift, text } = drifted(trail(OWN), [applied(GAVE_ANA)]);
  expect(drift.differences).toMatchObject([
    {
      state: "missing",
      account: { name: "ana@acme.com" },
      origin: { from: "datadog", recorded: APPLIED_AT },
    },
  ]);
  expect(text).toContain("the apply of 09:00 UTC gave it; who changed that is not known");
  expect(drift.pending).toBe(3);
});

test("without an audit trail nothing tells drift from a change in groups, and that is said", () => {
  for (const events of [
    unknown({ kind: "denied", system: "prod", message: "prod denied the audit trail" }),
    partial("prod", "2026-11-23T12:00:00.000Z", new Map<string, AccessEvent>(), {
      kind: "incomplete",
      system: "prod",
      message: "prod denied the audit trail",
    }),
  ]) {
    const { drift, text } = drifted({ askedAt: APPLIED_AT, from: APPLIED_AT, events }, []);
    expect([drift.differences, drift.unclear.length, drift.pending]).toEqual([[], 4, 0]);
    expect(isDrifting(drift)).toBe(true);
    expect(text).toContain("nothing tells which");
    expect(text).toContain("Who and when may be missing: prod denied the audit trail.");
  }
});

test("without a recorded apply nobody knows since when files and Datadog should agree", () => {
  const { drift, text } = drifted(trail(), []);
  expect([drift.unclear.length, drift.pending]).toEqual([4, 0]);
  expect(text).toContain("Who and when may be missing: no apply is recorded in this folder.");
  expect(text).toContain("revert: `accessmap apply` gives it; adopt: ");
});

test("a trail that does not even show the apply may be switched off, so its silence proves nothing", () => {
  const { drift, text } = drifted(trail(), [applied(GAVE_ANA)]);
  expect([drift.differences.length, drift.unclear.length, drift.pending]).toEqual([1, 3, 0]);
  expect(text).toContain("Who and when may be missing: the audit trail does not show the last apply either.");
});

test("our own applies, and what was before the last one, are no drift", () => {
  const own = event("0", { type: "user", id: "account-eve" }, "sync", "User eve@acme.com was modified");
  const old = {
    ...event("1", { type: "user", id: "account-eve" }, "root", "long ago"),
    at: "2026-11-22T09:00:00.000Z",
  };
  expect(drifted(trail(own, old), [applied()]).drift).toMatchObject({ differences: [], events: [], pending: 4 });
});

test("a managed role that somebody changed is told, others are not", () => {
  const managed = event("0", { type: "role", id: "role-sre", name: "SRE" }, "root", "Role SRE was modified");
  const other = event("1", { type: "role", id: "role-keep", name: "Keep" }, "root", "Role Keep was modified");
  expect(drifted(trail(managed, other), [applied()]).drift.events).toEqual([managed]);
});

test("a mapping that an apply made and is gone, or deleted and is there, was changed by somebody", () => {
  const saml = `#- /accessmap.yaml
version: 1
project: acme-access
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu, directory: okta, attribute: memberOf, push: { roles: saml, teams: saml } }
${FIXTURE}mappings: [{ group: dd-old, role: SRE }, { group: dd-older, role: SRE }]
`;
  const says = (value: string) => ({ key: "memberOf", value, gives: { kind: "role", ...role } }) as const;
  const made: Change = { action: "create-mapping", mapping: says("dd-sre"), because };
  const deleted: Change = { action: "delete-mapping", id: "m", mapping: says("dd-old"), because };
  const { drift, text } = drifted(trail(OWN), [applied(made, deleted)], undefined, saml);
  expect([drift.differences.length, drift.unclear.length, drift.pending]).toEqual([2, 2, 0]);
  expectText(
    text,
    `
Drift in prod (datadoghq.eu) since the last apply, 09:00 UTC
  mapping memberOf=dd-old → SRE is there: no mapping file asks for it
    the apply of 09:00 UTC deleted it; who changed that is not known
    revert: \`accessmap apply\` deletes it; adopt: \`accessmap import\` writes it into a file
  mapping memberOf=dd-sre → SRE is not there: dd-sre → SRE  access/platform.accessmap.yaml:3
    the apply of 09:00 UTC made it; who changed that is not known
    revert: \`accessmap apply\` makes it; adopt: take it out of the file
Changed in Datadog, or in groups and files: nothing tells which
  mapping memberOf=dd-sre → team sre is not there: dd-sre → sre  access/platform.accessmap.yaml:3
    revert: \`accessmap apply\` makes it; adopt: take it out of the file
  mapping memberOf=dd-older → SRE is there: no mapping file asks for it
    revert: \`accessmap apply\` deletes it; adopt: \`accessmap import\` writes it into a file
`,
  );
});

/** Cy is in no group and holds nothing but SRE, which no plan takes. */
const HELD = FIXTURE.replace(
  "  - { login: bob, roles: [SRE] }",
  "  - { login: bob, roles: [SRE] }\n  - { login: cy, roles: [SRE] }",
);
const LEFT_CY: Change = { ...GAVE_ANA, account: { id: "account-cy", name: "cy@acme.com" } };

test("what a plan holds back is not said to wait for an apply", () => {
  const { drift, text } = drifted(trail(OWN), [applied(LEFT_CY)], undefined, HELD);
  expect([drift.pending, drift.heldBack.map(({ account, what }) => `${account.name} ${what.name}`)]).toEqual([
    4,
    ["cy@acme.com SRE"],
  ]);
  expect(isDrifting(drift)).toBe(false);
  expect(text).toMatch(
    /\n1 difference from files or groups that no apply settles\n {2}cy@acme\.com holds SRE: they would hold no role at all; deactivate the account or give it another role$/,
  );
});

test("what somebody changed and a plan holds back is not said to be taken back by an apply", () => {
  const changed = event("0", { type: "user", id: "account-cy" }, "root", "User cy@acme.com was modified");
  const { text } = drifted(trail(OWN, changed), [applied(GAVE_ANA)], undefined, HELD);
  expect(text).toContain("revert: no apply does it, because they would hold no role at all; deactivate the account");
});

test("without the trail it is said of what waits that it is as an apply left it", () => {
  const team = { id: "team-sre", name: "sre" };
  const bob = { id: "account-bob", name: "bob@acme.com" };
  const took: Change = {
    action: "set-members",
    through: "scim",
    team,
    grants: [],
    revokes: [{ ...bob, because }],
    keeps: [],
  };
  const audit: Audit = {
    askedAt: APPLIED_AT,
    from: APPLIED_AT,
    events: unknown({ kind: "denied", system: "prod", message: "prod denied the audit trail" }),
  };
  const { drift, text } = drifted(audit, [applied(took)]);
  expect([drift.pending, drift.unclear.length]).toEqual([1, 3]);
  expect(text).toContain(
    "\n1 difference is in Datadog as an apply left it, and files or groups want it otherwise; `accessmap plan` shows",
  );
});
