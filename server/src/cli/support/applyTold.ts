/** What an apply tells on a terminal: why guards stop it, how far it is, and which steps did not succeed. */

import type { ApplyEvent, ApplyOutcome } from "../../core/sync/apply/apply.ts";
import { liftText } from "../../core/sync/guards/waivers.ts";
import type { Plan, Refusal } from "../../core/sync/plan.ts";
import { describeChange } from "../../core/sync/render/describeChange.ts";
import { whyNotNow } from "../../workspace/applies.ts";
import type { Workspace } from "../../workspace/workspace.ts";
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

/** Counts steps as they end. `before` ended already in the run that is resumed. */
export function progressTo(terminal: Terminal, before = 0): (event: ApplyEvent) => void {
  let [ended, steps, next] = [before, 0, ""];
  return (event) => {
    if (event.kind === "checking") return terminal.progress("apply", { what: `reading ${event.facts} facts again` });
    if (event.kind === "result") ended++;
    else [steps, next] = [event.steps, describeChange(event.change)];
    terminal.progress("apply", { what: "steps", done: ended, total: steps, next });
  };
}

/** A line for each step that failed or could not be seen, on standard output: it is the result. */
export function showFailures(outcome: ApplyOutcome, terminal: Terminal): void {
  for (const { change, result, detail } of outcome.steps) {
    if (result === "failed" || result === "unverified")
      terminal.print(`${terminal.color.red(result)}  ${describeChange(change)}: ${detail}`);
  }
}

/** What somebody does now; nothing is left after an apply that did all. */
export function whatNext(
  { status, counts }: Pick<ApplyOutcome, "status" | "counts">,
  { undoes }: Pick<Plan, "undoes">,
  isResumed: boolean,
): string | undefined {
  if (status === "done") return undefined;
  const again = undoes === undefined ? "accessmap plan" : "accessmap undo";
  if (status === "refused")
    return isResumed
      ? `The apply stays open: put that right and resume, or close it with \`accessmap apply --abandon\`; then \`${again}\` shows what is to do.`
      : `What is to do as things are now: \`${again}\` shows it, and makes a new plan.`;
  if (undoes !== undefined)
    return "What is left: `accessmap undo` plans it once more, and `accessmap plan` shows where Datadog and the files differ.";
  const isWritten = counts.done + counts.unverified > 0;
  return `What is left: \`accessmap plan\` shows it, \`accessmap apply\` does it${isWritten ? ", and `accessmap undo` takes back what was done" : ""}.`;
}
