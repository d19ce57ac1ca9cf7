/** Undo: the reverse of what a journal records, as far as it is still there and still ours. */

import { describe, expect, test } from "vitest";
import { type Snapshot, takeSnapshot } from "../../../server/src/core/analysis/snapshot.ts";
import {
  type JournalStart,
  journalState,
  type KeptApply,
  type RecordedApply,
  type StepResult,
  whatToUndo,
} from "../../../server/src/core/sync/journal/journal.ts";
import { stageOf } from "../../../server/src/core/sync/order/order.ts";
import type { Change, Plan } from "../../../server/src/core/sync/plan.ts";
import { accessLines } from "../../../server/src/core/sync/render/accessLines.ts";
import { describeChange } from "../../../server/src/core/sync/render/describeChange.ts";
import { lastLine } from "../../../server/src/core/sync/render/plan.ts";
import { undoPlan } from "../../../server/src/core/sync/undo/undo.ts";
import { seal } from "../../../server/src/store/planFile.ts";
import { parseFixture } from "../../support/fixture.ts";
import { type Applied, applyRig, type Rig, rigOf } from "../support/applyFixture.ts";
import { shortForm } from "../support/checkPlan.ts";

const FIXTURE = `
#- /access/platform.accessmap.yaml
organization: prod
mappings:
  - { group: dd-sre, roles: [SRE], teams: [sre] }
  - { group: dd-eng, roles: [Engineer] }
#- lock
organizations: { prod: { adopted: true, roles: [SRE, Engineer], teams: [sre] } }
#- live okta
groups: [{ name: dd-sre, members: [ana, bob, new] }, { name: dd-eng, members: [] }]
#- live datadog
roles: [SRE, Engineer, Keep]
teams: [{ handle: sre, managed: true, members: [ana, old] }]
accounts:
  - { login: ana, roles: [Keep] }
  - { login: bob, roles: [Engineer, Keep] }
  - { login: old, roles: [SRE, Keep] }
  - { login: new, roles: [] }
`;

/** With somebody who gets an account. */
const WITH_ACCOUNT = `#- /accessmap.yaml
version: 1
project: acme-access
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu, directory: okta, push: { roles: scim, teams: scim, users: full } }
${FIXTURE.replace("members: [ana, bob, new]", "members: [ana, bob, new, late]")}`;

const WAIVERS = ["lock/emptied:role=Engineer", "lock/emptied:role=SRE", "lock/emptied:team=sre"];
const WARNING =
  "warning: this undoes the apply of 12:00 UTC; where the files still ask for it, the next plan gives it again";

/** Applies the fixture, lets `meanwhile` happen, and plans the undo from what is there then. */
async function undone(meanwhile: (applied: Applied) => void = () => {}, text = FIXTURE) {
  const applied = await applyRig(rigOf(text), { waivers: WAIVERS });
  expect(applied.outcome.status, applied.outcome.message).toBe("done");
  meanwhile(applied);
  return { applied, plan: undoOf(applied, applied.target.snapshotAfter(applied.snapshot)) };
}

function undoOf({ journal }: Rig, snapshot: Snapshot, before: readonly KeptApply[] = []): Plan {
  const state = journalState(journal);
  const recorded: KeptApply | undefined = state.start && { start: state.start, state, journal: "" };
  if (!recorded) throw new Error("nothing is recorded");
  const made = undoPlan(snapshot, "prod", { apply: recorded, before }, { fileHashes: { "accessmap.yaml": "0" } });
  if ("missing" in made) throw new Error("the fixture is whole");
  return made.plan;
}

const linesOf = (plan: Plan) =>
  shortForm(plan)
    .split("\n")
    .filter((line) => !line.startsWith("refused: "));

test("what was given is taken, what was taken is given; nobody is left with nothing", async () => {
  const { plan } = await undone();
  expect(linesOf(plan)).toEqual([
    "old: give SRE (keeps Keep)",
    "team sre: add old; remove bob and new",
    "bob: give Engineer; take SRE (keeps Keep)",
    "ana: take SRE (keeps Keep)",
    "held: new keeps SRE: they would hold no role at all",
    WARNING,
  ]);
});

test("it is applied like any other plan, and undoing that does it all again", async () => {
  const { applied, plan } = await undone();
  const rig: Rig = { ...applied, sealed: seal(plan), journal: [] };
  const back = await applyRig(rig, { waivers: WAIVERS });
  expect(back.outcome.status, back.outcome.message).toBe("done");
  expect(back.target.rolesOf("account-ana")).toEqual(["role-keep"]);
  expect(back.target.rolesOf("account-bob")).toEqual(["role-engineer", "role-keep"]);
  expect(back.target.membersOf("sre")).toEqual(["account-ana", "account-old"]);
  const again = undoOf(back, back.target.snapshotAfter(back.snapshot));
  expect(linesOf(again)).toEqual([
    "ana: give SRE (keeps Keep)",
    "team sre: add bob and new; remove old",
    "bob: give SRE; take Engineer (keeps Keep)",
    "old: take SRE (keeps Keep)",
    WARNING.replace("the apply", "the undo"),
  ]);
});

test("a swap that went in halves is swapped back, in halves", async () => {
  const { applied, plan } = await undone(
    undefined,
    FIXTURE.replace("[ana, bob, new]", "[ana]")
      .replace("members: [] }", "members: [bob] }")
      .replace("roles: [Keep] }", "roles: [Engineer] }")
      .replace("roles: [Engineer, Keep] }", "roles: [SRE] }")
      .replace("  - { login: old, roles: [SRE, Keep] }\n", ""),
  );
  expect(applied.target.writes.filter((write) => write.startsWith("replaceRoles"))).toEqual([
    "replaceRoles account-ana role-engineer role-sre",
    "replaceRoles account-bob role-engineer",
    "replaceRoles account-ana role-sre",
  ]);
  expect(linesOf(plan).slice(0, 3)).toEqual([
    "ana: give Engineer (keeps SRE)",
    "bob: give SRE; take Engineer",
    "ana: take SRE (keeps Engineer)",
  ]);
});

describe("what somebody changed since stays as they left it", () => {
  test("a role that is gone already is not taken, one that came back is not given", async () => {
    const { plan } = await undone(({ target }) => {
      target.setRoles("account-ana", ["role-keep"]);
      target.setRoles("account-old", ["role-keep", "role-sre"]);
    });
    expect(linesOf(plan)).not.toContainEqual(expect.stringMatching(/^(ana|old): /));
  });

  test("a role that nobody names any more is somebody else's", async () => {
    const applied = await applyRig(rigOf(FIXTURE), { waivers: WAIVERS });
    const { project, files, lock } = parseFixture(
      FIXTURE.replace("roles: [SRE], teams: [sre]", "teams: [sre]").replace(
        "roles: [SRE, Engineer], teams",
        "roles: [Engineer], teams",
      ),
    ).snapshot;
    const now = takeSnapshot({ ...applied.target.snapshotAfter(applied.snapshot), project, files, lock });
    expect(linesOf(undoOf(applied, now))).toContain("held: ana keeps SRE: neither files nor lock name it any more");
  });
});

test("before adoption an undo only gives back", async () => {
  const { plan } = await undone(undefined, FIXTURE.replace("adopted: true", "adopted: false"));
  expect(plan.refusals).toEqual([]);
  expect(plan.changes).toEqual([]);
  expect(linesOf(plan)).toContainEqual(expect.stringMatching(/^held: ana keeps SRE: the organization is not adopted/));
});

test("a step that failed is not guessed at", async () => {
  const rig = rigOf(FIXTURE, { silent: new Set(["account-ana"]) });
  const applied = await applyRig(rig, { waivers: WAIVERS });
  const plan = undoOf(applied, applied.target.snapshotAfter(applied.snapshot));
  expect(linesOf(plan)).toContain("held: ana: give SRE (keeps Keep): its step failed; look at it by hand");
});

test("a journal without addresses: who is there still has a name, and who was created is left to people", async () => {
  const rig = rigOf(WITH_ACCOUNT, { silent: new Set(["account-ana"]) });
  const applied = await applyRig(rig, { waivers: [...WAIVERS, "lock/mass-removal:total"] });
  const journal = JSON.parse(JSON.stringify(applied.journal).replaceAll(/[\w.]+@/g, "…@"));
  const plan = undoOf({ ...applied, journal }, applied.target.snapshotAfter(applied.snapshot));
  expect(linesOf(plan).filter((line) => line.startsWith("held: "))).toEqual([
    "held: …: the journal keeps no addresses, so nobody can tell which account was created; look at it by hand",
    "held: new keeps SRE: they would hold no role at all",
    "held: … in team sre: the journal keeps no addresses, so nobody can tell which account was created; look at it by hand",
    "held: ana: give SRE (keeps Keep): its step failed; look at it by hand",
  ]);
});

test("whoever an undo switched off comes back whole, and nobody who is off for another reason joins a team", async () => {
  const { applied, plan } = await undone(undefined, WITH_ACCOUNT);
  const waivers = plan.refusals.flatMap(({ waiver }) => waiver ?? []);
  const back = await applyRig({ ...applied, sealed: seal(plan), journal: [] }, { waivers });
  expect(back.outcome.status, back.outcome.message).toBe("done");
  const now = back.target.snapshotAfter(back.snapshot);
  const again = undoOf(back, now);
  expect(linesOf(again)).toContain("switch account late on");
  expect(linesOf(again)).toContain("team sre: add bob, late and new; remove old");
  expect(stageOf(again.changes[0] as Change)).toBe(0);

  const journal = back.journal.filter((entry) => entry.event !== "intent" || entry.change.action !== "set-active");
  expect(linesOf(undoOf({ ...back, journal }, now))).toContain(
    "held: late not back in team sre: the account is disabled",
  );
});

test("a team that was put under SCIM stays there", async () => {
  const { plan } = await undone(undefined, FIXTURE.replace("managed: true", "managed: false"));
  expect(linesOf(plan)).toContainEqual(expect.stringMatching(/^held: team sre stays under SCIM: /));
});

test("guards look at an undo too", async () => {
  const admins = FIXTURE.replaceAll("Engineer", "Datadog Admin Role");
  const { plan } = await undone(
    undefined,
    admins
      .replace("{ login: bob, roles: [Datadog Admin Role, Keep] }", "{ login: bob, roles: [Keep] }")
      .replace("name: dd-eng, members: []", "name: dd-eng, members: [bob]"),
  );
  expect(plan.refusals.map(({ message }) => message)).toContain(
    "nobody would be left who can administer the organization",
  );
});

describe("the first mappings", () => {
  const SAML = (roleMapping: string) => `
#- /accessmap.yaml
version: 1
project: acme-access
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu, directory: okta, attribute: memberOf, push: { roles: saml, teams: off } }
#- /a.accessmap.yaml
organization: prod
mappings: [{ group: dd-boss, roles: [Boss] }]
#- lock
organizations: { prod: { adopted: true, roles: [Boss] } }
#- live okta
groups: [{ name: dd-boss, members: [ana, bob] }]
#- live datadog
roles: [{ name: Boss, permissions: [user_access_manage] }]
accounts: [{ login: ana, roles: [Boss] }, { login: bob, roles: [Boss] }]
${roleMapping}
`;
  const LEFT = "nobody would be left who can administer the organization";
  const UNMATCHED =
    "ana@acme.com and bob@acme.com match no mapping of a role, and would lose all roles at the next login with role mapping on";

  test.each([
    ["are taken back where the switch is off, by whoever says so", "switches: { roleMapping: false }", [], UNMATCHED],
    [
      "are not where it was switched on since, and the way out is told",
      "switches: { roleMapping: true }",
      [LEFT],
      "SAML role mapping is on: whoever matches only mappings that go loses all roles",
    ],
    [
      "are not where nobody knows",
      "unread: [switches]",
      [LEFT],
      "whether SAML role mapping is on could not be read, so it is taken to be on: whoever matches only",
    ],
  ])("%s", async (_, now, final, told) => {
    const applied = await applyRig(rigOf(SAML("switches: { roleMapping: false }")));
    expect(applied.outcome.status, applied.outcome.message).toBe("done");
    const { switches } = parseFixture(SAML(now)).snapshot.targets.get("prod") ?? {};
    const later = applied.target.snapshotAfter(applied.snapshot);
    const target = later.targets.get("prod");
    if (!target || !switches) throw new Error("the fixture is whole");
    const plan = undoOf(applied, takeSnapshot({ ...later, targets: new Map([["prod", { ...target, switches }]]) }));
    expect(plan.changes.map(({ action }) => action)).toEqual(["delete-mapping"]);
    expect(plan.refusals.filter(({ waiver }) => waiver === undefined).map(({ message }) => message)).toEqual(final);
    expect([...plan.warnings, ...plan.refusals.map(({ message }) => message)].join("\n")).toContain(told);
  });
});

describe("what is undone", () => {
  /** An apply of two steps that began in this minute. */
  const apply = (minute: number, results: readonly StepResult[], undoes?: number): KeptApply => {
    const at = (value: number) => `2026-11-23T12:0${value}:00.000Z`;
    const start: JournalStart = {
      at: at(minute),
      event: "start",
      text: "",
      fingerprint: "",
      organization: { name: "prod", id: "1", site: "datadoghq.eu" },
      steps: 2,
      waivers: [],
      ...(undoes !== undefined && { undoes: at(undoes) }),
    };
    const outcomes = new Map(results.map((result, index) => [index + 1, { result, detail: "" }]));
    return { start, state: { ...journalState([start]), outcomes }, journal: `.accessmap/journal/${minute}.jsonl` };
  };
  const DONE: readonly StepResult[] = ["done", "already"];
  const PART: readonly StepResult[] = ["done", "failed"];

  test.each<[string, readonly KeptApply[], number | undefined, string?]>([
    ["nothing, where nothing was applied", [], undefined],
    ["the last apply, whole or not", [apply(3, PART), apply(1, DONE)], 3],
    ["an undo, when it came to its end", [apply(3, DONE, 1), apply(1, DONE)], 3],
    ["what an undo left", [apply(3, PART, 1), apply(1, DONE)], 1],
    ["what an undo left that was cancelled", [apply(3, ["done"], 1), apply(1, DONE)], 1],
    ["what two undos left", [apply(5, PART, 1), apply(3, PART, 1), apply(1, DONE)], 1],
    ["the undo itself, when nobody knows any more what it took back", [apply(3, PART, 1), apply(2, DONE)], 3],
    ["the last apply, and not the one before it that was cancelled", [apply(3, DONE), apply(1, ["done"])], 3, "1"],
    ["of several before it, all", [apply(5, DONE), apply(3, PART), apply(2, ["done"]), apply(1, DONE)], 5, "3 2"],
    ["none that came to its end", [apply(5, DONE), apply(3, DONE), apply(1, PART)], 5],
    ["none that was taken back", [apply(5, DONE), apply(3, DONE, 1), apply(1, PART)], 5],
    ["an undo alone", [apply(5, DONE, 3), apply(4, PART), apply(3, DONE)], 5],
    ["what an undo left, and what was before that", [apply(5, PART, 3), apply(3, DONE), apply(1, PART)], 3, "1"],
  ])("%s", async (_, latest, minute, before = "") => {
    async function* all() {
      yield* latest;
    }
    const chosen = await whatToUndo(all());
    const minuteOf = ({ start }: RecordedApply) => start.at.slice(15, 16);
    expect(chosen && minuteOf(chosen.apply)).toBe(minute === undefined ? undefined : String(minute));
    expect((chosen?.before ?? []).map(minuteOf).join(" ")).toBe(before);
  });

  test("the plan says what it leaves, and how that is taken back", async () => {
    const { applied } = await undone();
    const { warnings } = undoOf(applied, applied.target.snapshotAfter(applied.snapshot), [apply(1, ["done"])]);
    expect(warnings[1]).toBe(
      "the apply of 12:01 UTC before it did not come to its end (1 of 2 steps done), and this takes back nothing of it; `accessmap undo .accessmap/journal/1.jsonl` does",
    );
  });

  test("a second undo takes back what the first one left", async () => {
    const { applied, plan } = await undone();
    const rig: Rig = { ...applied, sealed: seal(plan), journal: [] };
    const { target } = rig;
    const { replaceRoles } = target.writer;
    target.writer.replaceRoles = (id, ...asked) =>
      id === "account-ana"
        ? Promise.resolve({ ok: false, why: { kind: "rejected", system: "prod", message: "not now", status: 400 } })
        : replaceRoles(id, ...asked);
    const back = await applyRig(rig, { waivers: WAIVERS });
    expect(back.outcome.status).toBe("partial");
    expect(journalState(back.journal).start?.undoes).toBe(plan.undoes);
    const rest = undoOf(applied, target.snapshotAfter(applied.snapshot));
    expect(rest.changes.map(describeChange)).toEqual(["ana@acme.com: take SRE (keeps Keep)"]);
  });
});

test("each role that comes back is told with its own permissions", async () => {
  const { plan } = await undone(
    undefined,
    FIXTURE.replace(
      "roles: [SRE, Engineer, Keep]",
      "roles: [{ name: SRE, permissions: [logs_delete_data] }, { name: Engineer, permissions: [monitors_write] }, Keep]",
    )
      .replace("{ login: old, roles: [SRE, Keep] }", "{ login: old, roles: [SRE, Engineer, Keep] }")
      .replace("roles: [SRE], teams: [sre]", "teams: [sre]"),
  );
  const access = accessLines(plan).map(({ text }) => text.replaceAll("@acme.com", ""));
  expect(access.filter((line) => line.includes("old"))).toEqual([
    "+ bob and old gain Engineer: monitors_write (medium), through undo of the apply of 12:00 UTC",
    "+ old gains SRE: logs_delete_data (critical), through undo of the apply of 12:00 UTC",
    "+ old joins team sre, through undo of the apply of 12:00 UTC",
  ]);
});

test("an undo with nothing left to take back says so, and nothing about the files", async () => {
  const { plan } = await undone(({ target }) => {
    target.setRoles("account-ana", ["role-keep"]);
    target.setRoles("account-bob", ["role-engineer", "role-keep"]);
    target.setRoles("account-old", ["role-keep", "role-sre"]);
    target.setRoles("account-new", ["role-keep"]);
    target.setMembers("team-sre", ["account-ana", "account-old"]);
  });
  expect(plan.changes).toEqual([]);
  expect(lastLine(plan)).toBe("No changes. Nothing of that apply is left to take back.");
});
