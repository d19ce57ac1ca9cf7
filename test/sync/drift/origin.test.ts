/** Drift apart from intent in a plan: what somebody changed in Datadog since an apply, what files or groups ask for, and what nothing tells apart. */

import { describe, expect, test } from "vitest";
import { type Snapshot, takeSnapshot } from "../../../server/src/core/analysis/snapshot.ts";
import { complete, unknown } from "../../../server/src/core/model/knowledge.ts";
import type { AccessEvent, Audit } from "../../../server/src/core/model/target.ts";
import { journalState, type RecordedApply } from "../../../server/src/core/sync/journal/journal.ts";
import { makePlan } from "../../../server/src/core/sync/makePlan.ts";
import type { Plan } from "../../../server/src/core/sync/plan.ts";
import { planFromJson, planToJson, renderPlan } from "../../../server/src/core/sync/render/plan.ts";
import { planForAssistants } from "../../../server/src/core/sync/render/planForAssistants.ts";
import { planOutline } from "../../../server/src/core/sync/render/planOutline.ts";
import { seal } from "../../../server/src/store/planFile.ts";
import { expectText } from "../../support/expectText.ts";
import { parseFixture } from "../../support/fixture.ts";
import { type Applied, applyRig, rigOf } from "../support/applyFixture.ts";

const FIXTURE = `
#- /access/platform.accessmap.yaml
organization: prod
mappings:
  - { group: dd-sre, roles: [SRE], teams: [sre] }
  - { group: dd-eng, roles: [Engineer] }
#- lock
organizations: { prod: { adopted: true, roles: [SRE, Engineer], teams: [sre] } }
#- live okta
groups: [{ name: dd-sre, members: [ana, bob] }, { name: dd-eng, members: [cyd] }]
#- live datadog
roles: [SRE, Engineer, Keep]
teams: [{ handle: sre, managed: true, members: [ana] }]
accounts:
  - { login: ana, roles: [Keep] }
  - { login: bob, roles: [Engineer, Keep] }
  - { login: cyd, roles: [Engineer, Keep] }
`;
const WAIVERS = ["lock/emptied:role=Engineer", "lock/emptied:role=SRE", "lock/emptied:team=sre"];
/** Applies of fixtures begin and end at 12:00. */
const LATER = "2026-11-23T12:10:00.000Z";

function event(by: string, asset: AccessEvent["asset"], message: string, at = "2026-11-23T12:08:00.000Z"): AccessEvent {
  return { id: `${by} ${message}`, at, action: "modified", asset, actor: { id: by, email: `${by}@acme.com` }, message };
}

/** What the trail shows of the apply itself. */
const OWN = event("account-sync", { type: "user", id: "account-ana" }, "own", "2026-11-23T12:00:01.000Z");
const user = (login: string, by: string) =>
  event(by, { type: "user", id: `account-${login}` }, `User ${login}@acme.com was modified`);

const ofRole = (role: string, login: string, by: string) =>
  event(by, { type: "role", id: `role-${role.toLowerCase()}`, name: role }, `User ${login}@acme.com was added`);
const at = (time: string, one: AccessEvent): AccessEvent => ({ ...one, at: `2026-11-23T${time}:00.000Z` });

function trail(...events: readonly AccessEvent[]): Audit {
  return {
    askedAt: LATER,
    from: LATER,
    events: complete("prod", LATER, new Map(events.map((each) => [each.id, each]))),
  };
}

const DENIED: Audit = {
  askedAt: LATER,
  from: LATER,
  events: unknown({ kind: "denied", system: "prod", message: "prod denied the audit trail" }),
};

/** Applies the fixture, lets `meanwhile` happen and the files become `text`, and plans ten minutes later. */
async function planned(
  meanwhile: (applied: Applied) => void,
  audit: Audit | undefined,
  text = FIXTURE,
  readAt = LATER,
): Promise<Plan> {
  const applied = await applyRig(rigOf(FIXTURE), { waivers: WAIVERS });
  expect(applied.outcome.status, applied.outcome.message).toBe("done");
  meanwhile(applied);
  const state = journalState(applied.journal);
  if (!state.start) throw new Error("nothing is recorded");
  const start = { ...state.start, actor: { id: "account-sync", handle: "sync@acme.com" } };
  const { project, files, lock, directories } = parseFixture(text).snapshot;
  const live = { ...applied.target.snapshotAfter(applied.snapshot), project, files, lock, directories };
  return planAt(live, [{ start, state }], audit, readAt);
}

function planAt(live: Snapshot, applies: readonly RecordedApply[], audit: Audit | undefined, readAt: string): Plan {
  const target = live.targets.get("prod");
  if (target?.accounts.state !== "known") throw new Error("the fixture is whole");
  const read = { ...target, accounts: { ...target.accounts, asOf: readAt }, ...(audit && { audit }) };
  const snapshot = takeSnapshot({ ...live, targets: new Map([["prod", read]]), now: readAt });
  const made = makePlan(snapshot, "prod", { fileHashes: {}, applies: { applies } });
  if ("missing" in made) throw new Error("the fixture is whole");
  return made.plan;
}

function accessOf(plan: Plan): string {
  const text = renderPlan({ plan, fingerprint: "f" }, { format: "text" });
  return (/^Access\n([\s\S]*?)\n\n/m.exec(text)?.[1] ?? "").replaceAll("@acme.com", "");
}

/** Somebody takes ana's SRE and gives cyd SRE; the files ask for Keep less and for bob's Engineer back. */
const WITH_ENGINEER = FIXTURE.replace("{ name: dd-eng, members: [cyd] }", "{ name: dd-eng, members: [bob, cyd] }");

/** Only the role is asked for no longer. */
const WITHOUT_ANA = FIXTURE.replace(
  "roles: [SRE], teams: [sre] }",
  "teams: [sre] }\n  - { group: dd-duty, roles: [SRE] }",
).replace("groups: [", "groups: [{ name: dd-duty, members: [bob] }, ");

function meddle({ target }: Applied): void {
  target.setRoles("account-ana", ["role-keep"]);
  target.setRoles("account-cyd", ["role-engineer", "role-keep", "role-sre"]);
}

test("text: drift, intent, and who changed what, each apart", async () => {
  const plan = await planned(meddle, trail(OWN, user("cyd", "root")), WITH_ENGINEER);
  expectText(
    accessOf(plan),
    `
  Drift, changed in Datadog since an apply and set back
    + ana gains SRE: no permission besides those held anyway, through dd-sre → SRE, otherwise after the apply of 12:00 UTC  access/platform.accessmap.yaml:3
    - cyd loses SRE: no permission besides those held anyway, not a member of dd-sre, changed in Datadog by root, 12:08 UTC  access/platform.accessmap.yaml:3
  Intent, asked for by files or groups
    + bob gains Engineer: no permission besides those held anyway, through dd-eng → Engineer  access/platform.accessmap.yaml:4
    0 people keep what they have`,
  );
});

describe("what evidence makes of a difference", () => {
  const CASES: readonly {
    readonly name: string;
    readonly meanwhile?: (applied: Applied) => void;
    readonly audit?: Audit;
    readonly text?: string;
    readonly readAt?: string;
    readonly expected: string;
  }[] = [
    {
      name: "an apply left it, files ask otherwise: intent, without any trail",
      text: WITH_ENGINEER,
      expected: "all of it is intent, asked for by files or groups",
    },
    {
      name: "an apply left it otherwise: drift, without any trail",
      meanwhile: ({ target }) => target.setRoles("account-ana", ["role-keep"]),
      expected: "all of it is drift, changed in Datadog since an apply and set back",
    },
    {
      name: "a read that may come from a lagging replica contradicts nothing",
      meanwhile: ({ target }) => target.setRoles("account-ana", ["role-keep"]),
      readAt: "2026-11-23T12:03:00.000Z",
      expected: "drift or intent is not known: the audit trail was not read",
    },
    {
      name: "no apply touched it and the trail is denied: unknown",
      meanwhile: ({ target }) => target.setRoles("account-cyd", ["role-keep"]),
      audit: DENIED,
      expected: "drift or intent is not known: prod denied the audit trail",
    },
    {
      name: "no apply touched it, and a trail that shows the apply shows nobody: intent",
      meanwhile: ({ target }) => target.setRoles("account-cyd", ["role-keep"]),
      audit: trail(OWN),
      expected: "all of it is intent, asked for by files or groups",
    },
    {
      name: "no apply touched it, and the trail does not even show the apply: unknown",
      meanwhile: ({ target }) => target.setRoles("account-cyd", ["role-keep"]),
      audit: trail(),
      expected: "drift or intent is not known: the audit trail does not show the last apply either",
    },
    {
      name: "somebody did it: drift",
      meanwhile: ({ target }) => target.setRoles("account-cyd", ["role-keep"]),
      audit: trail(OWN, user("cyd", "root")),
      expected: "all of it is drift, changed in Datadog since an apply and set back",
    },
    {
      name: "an apply of ours from elsewhere did it: intent",
      meanwhile: ({ target }) => target.setRoles("account-ana", ["role-keep"]),
      audit: trail(OWN, user("ana", "account-sync")),
      expected: "all of it is intent, asked for by files or groups",
    },
    {
      name: "somebody, and then an apply of ours from elsewhere: intent",
      meanwhile: ({ target }) => target.setRoles("account-ana", ["role-keep"]),
      audit: trail(OWN, user("ana", "root"), at("12:09", user("ana", "account-sync"))),
      expected: "all of it is intent, asked for by files or groups",
    },
    {
      name: "an apply of ours from elsewhere, and then somebody: drift",
      meanwhile: ({ target }) => target.setRoles("account-ana", ["role-keep"]),
      audit: trail(OWN, user("ana", "account-sync"), at("12:09", user("ana", "root"))),
      expected: "all of it is drift, changed in Datadog since an apply and set back",
    },
    {
      name: "it is as an apply left it, but somebody took it and gave it again: drift",
      text: WITHOUT_ANA,
      audit: trail(OWN, ofRole("SRE", "ana", "root")),
      expected: "all of it is drift, changed in Datadog since an apply and set back",
    },
    {
      name: "it is as an apply left it, and what somebody did to the person may be something else: intent",
      text: WITHOUT_ANA,
      audit: trail(OWN, user("ana", "root")),
      expected: "all of it is intent, asked for by files or groups",
    },
    {
      name: "it is as an apply left it, and the trail tells of the write itself once more under another name: intent",
      text: WITHOUT_ANA,
      audit: trail(OWN, at("12:03", ofRole("SRE", "ana", "root"))),
      expected: "all of it is intent, asked for by files or groups",
    },
    {
      name: "a whole role set that was written tells of roles it does not name",
      meanwhile: ({ target }) => target.setRoles("account-ana", ["role-engineer", "role-keep", "role-sre"]),
      expected: "all of it is drift, changed in Datadog since an apply and set back",
    },
  ];
  for (const { name, meanwhile = () => {}, audit, text, readAt, expected } of CASES)
    test(name, async () => {
      expect(accessOf(await planned(meanwhile, audit, text, readAt))).toContain(expected);
    });
});

test("without a recorded apply nothing is told apart, and before adoption there is nothing to tell", () => {
  const { snapshot } = parseFixture(FIXTURE);
  expect(accessOf(planAt(snapshot, [], undefined, LATER))).toContain("no apply is recorded in this folder");
  const fresh = parseFixture(FIXTURE.replace("adopted: true", "adopted: false")).snapshot;
  expect(accessOf(planAt(fresh, [], undefined, LATER))).not.toMatch(/drift|intent/);
});

test("Markdown, JSON, outline and assistants tell the same; assistants are not told who", async () => {
  const plan = await planned(meddle, trail(OWN, user("cyd", "root")), WITH_ENGINEER);
  const sealed = seal(plan);
  expect(renderPlan(sealed, { format: "markdown" })).toContain(
    "Drift, changed in Datadog since an apply and set back:\n\n- `+` ana@acme.com gains SRE",
  );
  expect(planFromJson(planToJson(sealed, "d"))).toEqual({ ...sealed, digest: "d" });
  const [access] = planOutline(sealed).nodes.filter(({ text }) => text === "Access");
  expect(access?.nodes.map(({ text, nodes }) => `${text}: ${nodes.length}`)).toEqual([
    "Drift, changed in Datadog since an apply and set back: 2",
    "Intent, asked for by files or groups: 1",
    "0 people keep what they have: 0",
  ]);
  const counted = planForAssistants(sealed, "counts");
  expect(counted).toContain("changed in Datadog, 12:08 UTC");
  expect(counted).not.toContain("@");
});

test("what made a difference is no part of the fingerprint: a machine without journals makes the same plan", async () => {
  const [known, unknownOrigin] = [await planned(meddle, trail(OWN)), await planned(meddle, DENIED)];
  expect(seal(known).fingerprint).toBe(seal(unknownOrigin).fingerprint);
});

test("of a change that went in halves the last one tells what it left", async () => {
  const swap = FIXTURE.replace("[ana, bob] }", "[ana] }")
    .replace("members: [cyd] }", "members: [bob] }")
    .replace("{ login: ana, roles: [Keep] }", "{ login: ana, roles: [Engineer] }")
    .replace("{ login: bob, roles: [Engineer, Keep] }", "{ login: bob, roles: [SRE] }")
    .replace("  - { login: cyd, roles: [Engineer, Keep] }\n", "");
  const applied = await applyRig(rigOf(swap), { waivers: WAIVERS });
  expect(applied.target.writes.filter((write) => write.includes("account-ana"))).toHaveLength(2);
  applied.target.setRoles("account-ana", ["role-engineer", "role-sre"]);
  const state = journalState(applied.journal);
  if (!state.start) throw new Error("nothing is recorded");
  const live = applied.target.snapshotAfter(applied.snapshot);
  const { changes } = planAt(live, [{ start: state.start, state }], undefined, LATER);
  expect(changes).toMatchObject([
    {
      account: { id: "account-ana" },
      revokes: [{ because: { origin: { from: "datadog", recorded: applied.snapshot.now } } }],
    },
  ]);
});
