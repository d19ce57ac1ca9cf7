/** A plan in sections of items, before it is written as text or Markdown, with the places that items rest on. */

import { liftText } from "../guards/waivers.ts";
import { stageOf } from "../order/order.ts";
import type { Change, HeldBack, Plan, Refusal } from "../plan.ts";
import { accessLines, type Item } from "./accessLines.ts";
import { describeChange } from "./describeChange.ts";
import { lockoutLines } from "./lockoutLines.ts";
import { renderPlace } from "./words.ts";

export interface PlanSection {
  readonly heading: string;
  readonly items: readonly Item[];
}

/** What steps of a stage do, by `stageOf`. Apply begins no step while one of an earlier stage is under way. */
const STAGES = ["Create and switch on", "Create and link", "Give", "Give and take", "Take", "Switch off", "Delete"];

/** Access first, then what is left alone, what is refused, what to know, and the steps last. Sections without items are left out. */
export function planSections(plan: Plan): readonly PlanSection[] {
  const sections: readonly PlanSection[] = [
    { heading: "Access", items: accessLines(plan) },
    { heading: "Held back", items: plan.heldBack.map(heldLine) },
    { heading: "Lock-out", items: lockoutLines(plan) },
    { heading: "Refused", items: plan.refusals.map(refusalLine) },
    { heading: "Warnings", items: plan.warnings.map((text): Item => ({ kind: "warning", text })) },
    { heading: "Steps", items: stageLines(plan.changes) },
  ];
  return sections.filter(({ items }) => items.length > 0);
}

function heldLine(held: HeldBack): Item {
  return { kind: "held", text: `${held.what}: ${held.why}${renderPlace(held)}`, because: [held] };
}

function refusalLine(refusal: Refusal): Item {
  const { guard, object, message } = refusal;
  const name = object === undefined ? guard : `${guard} ${object}`;
  return { kind: "refusal", text: `${name}: ${message} (${liftText(refusal)})` };
}

function stageLines(changes: readonly Change[]): readonly Item[] {
  const stages = new Map<number, Item[]>();
  for (const [index, change] of changes.entries()) {
    const stage = stageOf(change);
    const items = stages.get(stage) ?? [];
    stages.set(stage, items);
    items.push({ kind: "quiet", text: `${index + 1}. ${describeChange(change)}`, change });
  }
  return [...stages].map(([stage, items]) => ({ kind: "quiet", text: STAGES[stage] ?? "", items }));
}
