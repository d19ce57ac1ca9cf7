/** What an apply tells on a terminal: why guards stop it, how far it is, and which steps did not succeed. */

import { countOf } from "../core/analysis/words.ts";
import type { ApplyEvent, ApplyOutcome } from "../core/sync/apply.ts";
import { describeChange } from "../core/sync/describeChange.ts";
import type { Refusal } from "../core/sync/plan.ts";
import { liftText } from "../core/sync/waivers.ts";
import { whyNotNow } from "../workspace/applies.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { Terminal } from "./terminal.ts";

/** Refusals that fit on a line or two. */
const FEW = 3;

/** `isShown`: the plan was printed just before, with all refusals in it. */
export function refusalText(refusals: readonly Refusal[], isShown: boolean): string {
  if (refusals.length > FEW && isShown)
    return `guards refuse the plan ${refusals.length} times; what, and what lifts it, stands above under Refused`;
  const words = refusals.map((refusal) => `${refusal.message} (${liftText(refusal)})`);
  return refusals.length > FEW ? ["guards refuse the plan", ...words].join("\n  ") : words.join("; ");
}

/** For whoever only looks: differences may be what another apply has still to do. */
export async function tellUnfinished(workspace: Workspace, organization: string, terminal: Terminal): Promise<void> {
  const obstacle = await whyNotNow(workspace, organization);
  if (obstacle) terminal.note(`Note: ${obstacle}. What it has not done yet is among the differences.`);
}

/** Where nobody watches a changing line, a log gets one this often. */
const NOTE_EVERY_MS = 10_000;

/** Counts steps as they end; on a terminal in one changing line, elsewhere in a note now and then. */
export function progressTo(terminal: Terminal): (event: ApplyEvent) => void {
  let [finished, notedAt] = [0, Date.now()];
  return (event) => {
    if (event.kind === "checking") terminal.progress("apply", `reading ${event.facts} facts again`);
    if (event.kind === "result") finished++;
    if (event.kind !== "step") return;
    const text = `${event.step} of ${event.steps}: ${describeChange(event.change)}`;
    if (terminal.isInteractive) return terminal.progress("apply", text);
    if (Date.now() - notedAt < NOTE_EVERY_MS) return;
    notedAt = Date.now();
    terminal.note(`apply: ${finished} of ${countOf(event.steps, "step")} ended; next ${text}`);
  };
}

export function showFailures(outcome: ApplyOutcome, terminal: Terminal): void {
  for (const { change, result, detail } of outcome.steps) {
    if (result === "failed" || result === "unverified")
      terminal.print(`${terminal.color.red(result)}  ${describeChange(change)}: ${detail}`);
  }
}
