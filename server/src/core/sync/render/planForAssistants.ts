/** A plan as language-model assistants may see it: whole, or with people counted and nothing said that names one. */

import { countOf } from "../../analysis/words.ts";
import { printable } from "../../model/printable.ts";
import type { AssistantAccess } from "../../model/project.ts";
import type { SealedPlan } from "../plan.ts";
import { accessLines } from "./accessLines.ts";
import { lastLine, planTitle, renderPlan } from "./plan.ts";

/** `people` is what the policy lets assistants know; with `none` there is no text to call this for. */
export function planForAssistants(sealed: SealedPlan, people: Exclude<AssistantAccess, "none">): string {
  if (people === "names") return renderPlan(sealed, { format: "text" });
  const { plan } = sealed;
  // Reasons name the people concerned, so of what is held back, refused and warned of no more than kind and number is told.
  const lines = [
    planTitle(plan),
    "",
    ...accessLines(plan, "counts").flatMap(({ text, items = [] }) => [text, ...items.map((item) => `  ${item.text}`)]),
    ...new Set(plan.refusals.map(({ guard }) => `refused by ${guard}`)),
    ...(plan.warnings.length > 0 ? [countOf(plan.warnings.length, "warning")] : []),
    lastLine(plan),
  ];
  return `${lines.map(printable).join("\n")}\n`;
}
