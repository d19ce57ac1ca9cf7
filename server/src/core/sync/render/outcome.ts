/** What came of an apply, as the end of its plan's text: the sentence with the numbers, then every step that is not done. */

import { countOf } from "../../analysis/words.ts";
import { push } from "../../model/maps.ts";
import { printable } from "../../model/printable.ts";
import type { ApplyOutcome, StepReport } from "../apply/types.ts";
import { describeChange } from "./describeChange.ts";

/** Lines with a heading, ending in a newline. `more` stands below the sentence, e.g. where the journal is. */
export function renderOutcome(
  { message, steps }: Pick<ApplyOutcome, "message" | "steps">,
  more: readonly string[] = [],
): string {
  const lines = [message, ...more, ...steps.filter(isBad).map(badLine), ...skippedLines(steps)];
  return `${["Outcome", ...lines.map((line) => `  ${printable(line)}`)].join("\n")}\n`;
}

function isBad({ result }: StepReport): boolean {
  return result === "failed" || result === "unverified";
}

function badLine({ step, change, result, detail }: StepReport): string {
  return `${result === "failed" ? "failed" : "not verified"}: ${step}. ${describeChange(change)}: ${detail}`;
}

/** Whatever ended a run skips the rest of it for the same reason. */
function skippedLines(steps: readonly StepReport[]): readonly string[] {
  const numbers = new Map<string, number[]>();
  for (const { step, result, detail } of steps) if (result === "skipped") push(numbers, detail, step);
  return [...numbers].map(([detail, list]) => `skipped: ${countOf(list.length, "step")} (${ranges(list)}): ${detail}`);
}

/** `2, 5-9`. */
function ranges(numbers: readonly number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run && run[1] === number - 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(", ");
}
