/** Applies the plan of a fixture to the same organization in memory. */

import type { Snapshot } from "../../../server/src/core/analysis/snapshot.ts";
import {
  type ApplyContext,
  type ApplyEvent,
  type ApplyOutcome,
  applyPlan,
} from "../../../server/src/core/sync/apply/apply.ts";
import type { JournalEntry } from "../../../server/src/core/sync/journal/journal.ts";
import type { Change, SealedPlan } from "../../../server/src/core/sync/plan.ts";
import { describeChange } from "../../../server/src/core/sync/render/describeChange.ts";
import { seal } from "../../../server/src/store/planFile.ts";
import { parseFixture } from "../../support/fixture.ts";
import { planFor } from "./checkPlan.ts";
import { type Faults, type MemoryTarget, memoryTarget } from "./memoryTarget.ts";

export interface Rig {
  readonly snapshot: Snapshot;
  readonly sealed: SealedPlan;
  readonly target: MemoryTarget;
  readonly journal: JournalEntry[];
  readonly waits: number[];
}

export interface Applied extends Rig {
  readonly outcome: ApplyOutcome;
  readonly events: readonly ApplyEvent[];
}

export function rigOf(text: string, faults: Faults = {}): Rig {
  return rigFor(parseFixture(text).snapshot, faults);
}

export function rigFor(snapshot: Snapshot, faults: Faults = {}): Rig {
  const inventory = snapshot.targets.get("prod");
  if (!inventory) throw new Error("The fixture has no organization");
  const target = memoryTarget(inventory, snapshot.project?.content.name ?? "", faults);
  return { snapshot, sealed: seal(planFor(snapshot)), target, journal: [], waits: [] };
}

export async function applyRig(rig: Rig, options: Partial<ApplyContext> = {}): Promise<Applied> {
  const { sealed, target, journal, waits } = rig;
  const context = {
    writer: target.writer,
    journal: {
      async append(entry: JournalEntry) {
        journal.push(entry);
      },
    },
    waivers: [],
    signal: new AbortController().signal,
    now: () => rig.snapshot.now,
    wait: async (ms: number) => void waits.push(ms),
    readBackPatience: [0, 1, 2],
    // One after the other, so that writes stand in the plan's order.
    atOnce: 1,
    ...options,
  };
  const events: ApplyEvent[] = [];
  const run = applyPlan(sealed, context);
  for (;;) {
    const next = await run.next();
    if (next.done) return { ...rig, outcome: next.value, events };
    events.push(next.value);
  }
}

/** `done: ana@acme.com: give SRE` per step, with the detail in brackets. */
export function stepsOf({ outcome }: Applied): readonly string[] {
  return outcome.steps.map(({ result, change, detail }) => {
    const name = nameOf(change);
    return `${change.action} ${name.replace("@acme.com", "")}: ${result}${detail && ` (${detail.replaceAll("@acme.com", "")})`}`;
  });
}

function nameOf(change: Change): string {
  if ("account" in change) return change.account.name;
  return "team" in change ? change.team.name : describeChange(change);
}
