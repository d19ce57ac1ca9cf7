/** Apply against an organization in memory: what is written, in which order, and what is said when something goes wrong. */

import { describe, expect, test } from "vitest";
import type { ApplyEvent } from "../../../server/src/core/sync/apply/apply.ts";
import { FIRST_PACE, nextPace } from "../../../server/src/core/sync/apply/pace.ts";
import type { TargetWriter } from "../../../server/src/core/sync/connector.ts";
import { type JournalEntry, journalState } from "../../../server/src/core/sync/journal/journal.ts";
import { isEmpty } from "../../../server/src/core/sync/makePlan.ts";
import { applyRig, rigOf, stepsOf } from "../support/applyFixture.ts";
import { planFor } from "../support/checkPlan.ts";
import type { MemoryTarget } from "../support/memoryTarget.ts";

const FIXTURE = `
#- /access/platform.accessmap.yaml
organization: prod
mappings:
  - group: dd-sre
    roles: [SRE]
    teams: [sre, new-team]
  - group: dd-eng
    roles: [Engineer]
    teams: [eng]
#- lock
organizations: { prod: { adopted: true, roles: [SRE, Engineer], teams: [sre, eng] } }
#- live okta
groups: [{ name: dd-sre, members: [ana, bob] }, { name: dd-eng, members: [eng, eng2] }]
#- live datadog
roles: [{ name: SRE, permissions: [logs_delete_data] }, Engineer, Keep]
teams: [{ handle: sre, managed: true, members: [ana, old] }, { handle: eng, name: Eng, members: [eng, guest] }]
accounts:
  - { login: ana, roles: [Keep] }
  - { login: bob, roles: [Engineer, Keep] }
  - { login: old, roles: [SRE, Keep] }
  - { login: eng, roles: [Engineer] }
  - { login: eng2, roles: [Engineer] }
  - { login: guest, roles: [Keep] }
`;

/** Two people who hold one role each and are to hold the other's. */
const SWAP = `
#- /access/platform.accessmap.yaml
organization: prod
mappings: [{ group: dd-sre, roles: [SRE] }, { group: dd-eng, roles: [Engineer] }]
#- lock
organizations: { prod: { adopted: true, roles: [SRE, Engineer] } }
#- live okta
groups: [{ name: dd-sre, members: [ana] }, { name: dd-eng, members: [bob] }]
#- live datadog
roles: [SRE, Engineer]
accounts: [{ login: ana, roles: [Engineer] }, { login: bob, roles: [SRE] }]
`;

test("writes creates, grants, mixed changes and revokes, reads each back, and a second plan is empty", async () => {
  const applied = await applyRig(rigOf(FIXTURE));
  expect(stepsOf(applied)).toEqual([
    "link-team eng: done",
    "link-team new-team: done",
    "set-members new-team: done",
    "set-roles ana: done",
    "set-members eng: done",
    "set-members sre: done",
    "set-roles bob: done",
    "set-roles old: done",
  ]);
  expect(applied.target.writes).toEqual([
    "createScimGroup Eng",
    "createScimGroup new-team",
    "addGroupMembers group-team-new-team account-ana account-bob",
    "replaceRoles account-ana role-keep role-sre",
    "addGroupMembers group-team-eng account-eng2",
    "removeGroupMembers group-team-eng account-guest",
    "addGroupMembers group-team-sre account-bob",
    "removeGroupMembers group-team-sre account-old",
    "replaceRoles account-bob role-keep role-sre",
    "replaceRoles account-old role-keep",
  ]);
  expect(applied.outcome).toMatchObject({ status: "done", message: "Applied: 8 done of 8 steps." });
  expect(applied.outcome.requests).toBe(applied.target.writer.requests());
  expect(isEmpty(planFor(applied.target.snapshotAfter(applied.snapshot)))).toBe(true);
});

test("the journal has an intent before and an outcome after every step", async () => {
  const { journal } = await applyRig(rigOf(FIXTURE));
  expect(journal.map(({ event }) => event)).toEqual([
    "start",
    ...Array.from({ length: 8 }, () => ["intent", "outcome"]).flat(),
    "end",
  ]);
  expect(journal[1]).toMatchObject({ step: 1, change: { action: "link-team" } });
  expect(journal.at(-1)).toMatchObject({ status: "done", text: "Applied: 8 done of 8 steps." });
});

test("somebody who joined since the plan was made is not dropped by a link: it is not made", async () => {
  const rig = rigOf(FIXTURE);
  let looks = 0;
  rig.target.onRequest = (call) => {
    // The checks have looked at both teams; the next look is that of the step.
    if (call === "readTeamMembers" && ++looks === 3)
      rig.target.setMembers("team-eng", ["account-eng", "account-guest", "account-ana"]);
  };
  const applied = await applyRig(rig);
  expect(stepsOf(applied)).toContain(
    "link-team eng: failed (not linked: the members of eng changed since the plan was made)",
  );
  expect(applied.target.membersOf("eng")).toEqual(["account-ana", "account-eng", "account-guest"]);
});

test("a team with people in it is never linked by a group that lists nobody", async () => {
  const applied = await applyRig(rigOf(FIXTURE, { refusesMembers: true, linkDrops: true }));
  expect(stepsOf(applied)).toContain("link-team eng: failed (members are refused; SCIM lists no group for team eng)");
  expect(applied.target.membersOf("eng")).toEqual(["account-eng", "account-guest"]);
});

test("members who stay are written into a team whose link drops them", async () => {
  const { target, outcome } = await applyRig(
    rigOf(FIXTURE.replace("adopted: true", "adopted: false"), { linkDrops: true }),
  );
  expect(target.membersOf("eng")).toEqual(["account-eng", "account-eng2", "account-guest"]);
  expect(outcome.status).toBe("done");
});

test("an empty plan claims no more than it did", async () => {
  const { outcome, target } = await applyRig(rigOf(manyGrants(0)));
  expect(outcome).toMatchObject({ status: "done", message: "There was nothing to do.", steps: [] });
  expect(target.writes).toEqual([]);
});

describe("an answer is not believed", () => {
  test("a 200 that changed nothing is a failure, and the rest goes on", async () => {
    const applied = await applyRig(rigOf(FIXTURE, { silent: new Set(["account-ana"]) }));
    expect(stepsOf(applied)).toContain("set-roles ana: failed (Datadog answered 200, but ana lacks SRE)");
    expect(applied.outcome).toMatchObject({ status: "partial", counts: { done: 7, failed: 1 } });
    expect(applied.target.rolesOf("account-bob")).toEqual(["role-keep", "role-sre"]);
  });

  test("members that did not join: nobody is taken out either", async () => {
    const applied = await applyRig(rigOf(FIXTURE, { silentMembers: true }));
    expect(stepsOf(applied)).toContain(
      "set-members sre: failed (Datadog answered 200, but in team sre bob did not join)",
    );
    expect(applied.target.writes.filter((write) => write.startsWith("removeGroupMembers"))).toEqual([]);
  });

  test("a role that stayed is taken away by itself", async () => {
    const applied = await applyRig(rigOf(FIXTURE, { sticky: new Set(["role-engineer"]) }));
    expect(stepsOf(applied)).toContain(
      "set-roles bob: done (Engineer stayed after the write and was taken away by itself)",
    );
    expect(applied.target.writes).toContain("removeRole account-bob role-engineer");
    expect(applied.outcome.status).toBe("done");
  });

  test("a role that stays for ever is a failure", async () => {
    const applied = await applyRig(rigOf(FIXTURE, { silent: new Set(["account-old"]) }));
    expect(stepsOf(applied)).toContain("set-roles old: failed (Datadog answered 200, but old still holds SRE)");
  });

  test("replicas that lag are waited for", async () => {
    const applied = await applyRig(rigOf(FIXTURE, { lag: 2 }));
    expect(applied.outcome.status).toBe("done");
    expect(applied.waits).toContain(2);
  });

  test("what cannot be read back is unverified", async () => {
    const rig = rigOf(FIXTURE);
    rig.target.onRequest = (call) => {
      if (call === "replaceRoles") rig.target.faults.unreachable = new Set(["readAccount"]);
    };
    const applied = await applyRig(rig);
    expect(stepsOf(applied)[3]).toBe(
      "set-roles ana: unverified (written, but it could not be read back: readAccount timed out)",
    );
    expect(applied.outcome.status).toBe("partial");
  });

  test("nor is what may have been written said to be", async () => {
    const rig = rigOf(manyGrants(1), { lostAnswers: new Set(["replaceRoles"]) });
    rig.target.onRequest = (call) => {
      if (call === "replaceRoles") rig.target.faults.unreachable = new Set(["readAccount"]);
    };
    const { outcome } = await applyRig(rig);
    expect(outcome.summary).toBe("Perhaps applied: 1 not verified of 1 step.");
    expect(outcome.steps[0]?.detail).toMatch(
      /^the answer was lost, so it may be written or not, and it could not be read back: /,
    );
  });
});

describe("an answer that got lost", () => {
  test.each(["replaceRoles", "createScimGroup", "addGroupMembers", "removeGroupMembers"])(
    "%s: what arrived is found by reading",
    async (call) => {
      const applied = await applyRig(rigOf(FIXTURE, { lostAnswers: new Set([call]) }));
      expect(applied.outcome).toMatchObject({ status: "done", counts: { failed: 0, unverified: 0 } });
      expect(isEmpty(planFor(applied.target.snapshotAfter(applied.snapshot)))).toBe(true);
    },
  );

  test("a write that did not arrive is sent once more", async () => {
    const rig = rigOf(FIXTURE);
    let cut = false;
    rig.target.onRequest = (call) => {
      rig.target.faults.unreachable = new Set(call === "replaceRoles" && !cut ? [call] : []);
      cut ||= call === "replaceRoles";
    };
    expect((await applyRig(rig)).outcome.message).toBe("Applied: 8 done of 8 steps.");
  });

  test("what did not arrive is a failure, and members wait for their team", async () => {
    const applied = await applyRig(rigOf(FIXTURE, { unreachable: new Set(["createScimGroup"]) }));
    expect(stepsOf(applied)).toEqual([
      "link-team eng: failed (createScimGroup timed out)",
      "link-team new-team: failed (createScimGroup timed out)",
      "set-members new-team: skipped (team new-team is not linked)",
      "set-roles ana: done",
      "set-members eng: skipped (team eng is not linked)",
      "set-members sre: done",
      "set-roles bob: done",
      "set-roles old: done",
    ]);
    expect(applied.outcome.status).toBe("partial");
  });
});

describe("what ends a run", () => {
  test("a refused credential", async () => {
    const applied = await applyRig(rigOf(FIXTURE, { writesUntilDenied: 3 }));
    expect(applied.outcome).toMatchObject({
      status: "stopped",
      reasons: [expect.stringContaining("the key was revoked")],
    });
    expect(applied.outcome.counts).toMatchObject({ done: 2, unverified: 1, skipped: 5 });
    expect(applied.target.writes).toHaveLength(3);
  });

  test("a system that does not answer", async () => {
    const rig = rigOf(manyGrants(8), { unreachable: new Set(["replaceRoles"]) });
    const { outcome } = await applyRig(rig);
    expect(outcome).toMatchObject({ status: "stopped", counts: { failed: 5, skipped: 3 } });
  });

  test("cancelling, between two steps", async () => {
    const rig = rigOf(FIXTURE);
    const cancel = new AbortController();
    rig.target.onRequest = (call) => {
      if (call === "addGroupMembers") cancel.abort();
    };
    const applied = await applyRig(rig, { signal: cancel.signal });
    expect(stepsOf(applied).slice(0, 4)).toEqual([
      "link-team eng: done",
      "link-team new-team: done",
      "set-members new-team: done",
      "set-roles ana: skipped (cancelled)",
    ]);
    expect(applied.outcome.status).toBe("cancelled");
  });

  test("cancelling during the checks: nothing was written", async () => {
    const rig = rigOf(FIXTURE);
    const cancel = new AbortController();
    rig.target.onRequest = () => cancel.abort();
    const { outcome, target, journal } = await applyRig(rig, { signal: cancel.signal });
    expect(outcome).toMatchObject({ status: "cancelled", message: "Cancelled; nothing was written." });
    expect([target.writes, journal]).toEqual([[], []]);
  });

  test("a journal that cannot be written: no write without its line", async () => {
    for (const lines of [0, 1, 2, 3]) {
      const rig = rigOf(FIXTURE);
      const append = async (entry: (typeof rig.journal)[number]) => {
        if (rig.journal.length >= lines) throw new Error("no space left");
        rig.journal.push(entry);
      };
      const { outcome, target } = await applyRig(rig, { journal: { append } });
      expect(outcome.status).toBe(lines === 0 ? "refused" : "stopped");
      expect(target.writes).toHaveLength(lines < 2 ? 0 : 1);
      expect(outcome.message).toMatch(/no space left; make room, or make its place writable\.( |$)/);
      expect(outcome.message).not.toContain("..");
    }
  });

  test("a writer that throws: the step is unverified, never done", async () => {
    const rig = rigOf(FIXTURE);
    rig.target.writer.replaceRoles = () => Promise.reject(new Error("a mistake"));
    const { outcome } = await applyRig(rig);
    expect(outcome).toMatchObject({ status: "stopped", counts: { done: 3, unverified: 1, skipped: 4 } });
  });
});

describe("a crash", () => {
  test.each([
    ["all kinds of steps", FIXTURE, 10, 1],
    ["all kinds of steps", FIXTURE, 10, 4],
    ["a swap in halves", SWAP, 3, 1],
    ["a swap in halves", SWAP, 3, 4],
  ])(
    "%s, at each of its writes: the journal tells what was in flight, and resuming ends in the same state",
    async (_, text, most, atOnce) => {
      const whole = await applyRig(rigOf(text));
      for (let writes = 0; writes < most; writes++) {
        const rig = rigOf(text);
        await Promise.race([applyRig(rig, { writer: dying(rig.target, writes), atOnce }), settled()]);

        const state = journalState(rig.journal);
        expect(state).toMatchObject({ ended: false, start: { fingerprint: rig.sealed.fingerprint } });
        expect(state.inFlight.length).toBeGreaterThan(0);
        expect(state.inFlight.length).toBeLessThanOrEqual(atOnce);

        const resumed = await applyRig(rig, { resumed: state, atOnce });
        expect(resumed.outcome.status, resumed.outcome.message).toBe("done");
        expect(isEmpty(planFor(rig.target.snapshotAfter(rig.snapshot)))).toBe(true);
        expect(resultsOf(rig.journal)).toEqual(resultsOf(whole.journal));
      }
    },
  );

  test("what was to be taken after something that could not be given is not taken, and holds up nobody", async () => {
    const rig = rigOf(SWAP, { silent: new Set(["account-ana"]) });
    const dyingAfterOne = {
      append: async (entry: JournalEntry) => {
        rig.journal.push(entry);
        if (entry.event === "outcome") await new Promise(() => {});
      },
    };
    await Promise.race([applyRig(rig, { journal: dyingAfterOne }), settled()]);
    const resumed = await applyRig(rig, { resumed: journalState(rig.journal) });
    expect(stepsOf(resumed).map((step) => step.replace(/ \(.*/, ""))).toEqual([
      "set-roles ana: failed",
      "set-roles bob: skipped",
      "set-roles ana: skipped",
    ]);
    expect(["account-ana", "account-bob"].map(rig.target.rolesOf)).toEqual([["role-engineer"], ["role-sre"]]);
  });

  test("a step that was begun and had nothing to write says so when it is resumed", async () => {
    const keeping = FIXTURE.replace("members: [eng, eng2]", "members: [eng, guest]");
    const rig = rigOf(keeping);
    const step =
      rig.sealed.plan.changes.findIndex((change) => change.action === "set-members" && change.team.name === "eng") + 1;
    const link = rig.sealed.plan.changes.findIndex(({ action }) => action === "link-team") + 1;
    const cut = rigOf(keeping);
    const dyingAt = {
      append: async (entry: JournalEntry) => {
        cut.journal.push(entry);
        if (entry.event === "intent" && entry.step === step) await new Promise(() => {});
      },
    };
    await Promise.race([applyRig(cut, { journal: dyingAt }), settled()]);
    const { outcome } = await applyRig(cut, { resumed: journalState(cut.journal) });
    expect([outcome.steps[link - 1]?.result, outcome.steps[step - 1]?.result]).toEqual(["done", "already"]);
  });

  test("what was finished is neither read nor written again, whoever changed it since", async () => {
    const rig = rigOf(FIXTURE);
    await Promise.race([applyRig(rig, { writer: dying(rig.target, 9) }), settled()]);
    rig.target.setRoles("account-ana", ["role-engineer"]);
    const { outcome, target } = await applyRig(rig, { resumed: journalState(rig.journal) });
    expect(outcome).toMatchObject({ status: "done", counts: { done: 8 } });
    expect(target.rolesOf("account-ana")).toEqual(["role-engineer"]);
  });

  test("what nobody had begun must still be as it was when the plan was made", async () => {
    const rig = rigOf(FIXTURE);
    await Promise.race([applyRig(rig, { writer: dying(rig.target, 4) }), settled()]);
    rig.target.setRoles("account-bob", ["role-keep"]);
    const { outcome } = await applyRig(rig, { resumed: journalState(rig.journal) });
    expect(outcome).toMatchObject({
      status: "refused",
      reasons: ["the roles of bob@acme.com changed since the plan was made"],
    });
  });
});

describe("side by side", () => {
  test("steps of one stage overlap, and a stage begins when the one before has ended", async () => {
    const rig = rigOf(manyGrants(12).replace("roles: [SRE] }", "roles: [SRE], teams: [sre] }"));
    const { outcome, events } = await applyRig(rig, { atOnce: 4 });
    expect(outcome.status).toBe("done");
    expect(mostUnderWay(events)).toBe(4);
    const link = events.findIndex((event) => event.kind === "result");
    expect(events.slice(0, link).map(({ kind }) => kind)).toEqual(["checking", "step"]);
  });

  test("what was under way when somebody cancelled is finished and told", async () => {
    const rig = rigOf(manyGrants(12));
    const cancel = new AbortController();
    rig.target.onRequest = (call) => {
      if (call === "replaceRoles" && rig.target.writes.length === 4) cancel.abort();
    };
    const { outcome, journal } = await applyRig(rig, { atOnce: 4, signal: cancel.signal });
    expect(outcome.status).toBe("cancelled");
    expect(outcome.counts.done).toBe(rig.target.writes.length);
    expect(journalState(journal)).toMatchObject({ ended: true, inFlight: [] });
  });

  test("the pace widens while it is calm, and halves under strain", () => {
    let pace = FIRST_PACE;
    for (let step = 0; step < 100; step++) pace = nextPace(pace, false, 8);
    expect(pace.width).toBe(8);
    expect(nextPace(pace, true, 8).width).toBe(4);
    expect(nextPace({ width: 1, calm: 0 }, true, 8).width).toBe(1);
  });
});

function resultsOf(journal: readonly JournalEntry[]): readonly string[] {
  return [...journalState(journal).outcomes].map(([step, { result }]) => `${step} ${result}`).sort();
}

function mostUnderWay(events: readonly ApplyEvent[]): number {
  let [most, underWay] = [0, 0];
  for (const { kind } of events) {
    underWay += kind === "step" ? 1 : kind === "result" ? -1 : 0;
    most = Math.max(most, underWay);
  }
  return most;
}

/** A writer whose process ends, without a word, when it should perform one more write than `writes`. */
function dying({ writer, writes: performed }: MemoryTarget, writes: number): TargetWriter {
  const orDie = <A extends readonly unknown[], R>(call: (...args: A) => Promise<R>) => {
    return (...args: A): Promise<R> => (performed.length === writes ? new Promise(() => {}) : call(...args));
  };
  return {
    ...writer,
    replaceRoles: orDie(writer.replaceRoles),
    createScimGroup: orDie(writer.createScimGroup),
    addGroupMembers: orDie(writer.addGroupMembers),
    removeGroupMembers: orDie(writer.removeGroupMembers),
  };
}

/** Everything in memory settles in microtasks, so one turn of the event loop is enough. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function manyGrants(people: number): string {
  return `
#- /access/platform.accessmap.yaml
organization: prod
mappings:
  - { group: dd-sre, roles: [SRE] }
#- live okta
groups: [{ name: dd-sre, members: ${people} }]
#- live datadog
roles: [SRE]
accounts: [${Array.from({ length: people }, (_, index) => `dd-sre-${index + 1}`).join(", ")}]
`;
}
