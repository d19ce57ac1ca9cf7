/** A plan on the screen: its text with what came of it, and how the lines of that text hang together. Pure. */

import { l10n } from "vscode";
import type { PlanViewResult } from "../../../server/src/lsp/protocol/planView.ts";
import type { PlanResult } from "../../../server/src/lsp/protocol.ts";

export interface ShownPlan {
  /** `undo`: the reverse of the last apply. `resume`: what an interrupted apply has still to finish. */
  readonly kind: "plan" | "undo" | "resume";
  /** What the organization is called in this window. */
  readonly name: string;
  readonly plan: PlanResult;
  readonly view: PlanViewResult;
  /** Of the project, against which files are relative. */
  readonly folder: string;
  /** What came of applying it. It is then not applied again. */
  readonly report?: string;
  /** Path of the journal of applying it. */
  readonly journal?: string;
  /** Mapping files were edited since. */
  readonly isTouched?: boolean;
}

type PlanNode = PlanViewResult["outline"]["nodes"][number];

/** Older plans are made afresh before they are applied: who is in a group is not read again by an apply. */
const MOST_MINUTES = 15;

/** Title of the tab, and what the document is found by. */
export function titleOf({ kind, name }: Pick<ShownPlan, "kind" | "name">): string {
  const titles = {
    plan: l10n.t("Plan: {0}", name),
    undo: l10n.t("Undo: {0}", name),
    resume: l10n.t("Resume: {0}", name),
  };
  return titles[kind];
}

/** The plan as the command line prints it, with the outcome behind it. */
export function textOf({ plan, report }: ShownPlan): string {
  return report === undefined ? plan.text : `${plan.text}\n${report}`;
}

/** Line of the outcome's heading, from 0; undefined before there is one. */
export function outcomeLine({ plan, report }: ShownPlan): number | undefined {
  return report === undefined ? undefined : countLines(plan.text) + 1;
}

/** The outline of the text, that of the outcome included. */
export function nodesOf(shown: ShownPlan): readonly PlanNode[] {
  const { view, report } = shown;
  const first = outcomeLine(shown);
  if (report === undefined || first === undefined) return view.outline.nodes;
  const lines = report.trimEnd().split("\n");
  const nodes = lines.slice(1).map((text, index) => leaf(text.trim(), first + 1 + index));
  const outcome: PlanNode = { ...leaf(lines[0] ?? "", first), kind: "heading", last: first + lines.length - 1, nodes };
  return [...view.outline.nodes, outcome];
}

/** Folds by section, by stage, and of the people whom a line counts. Lines count from 0. */
export function foldsOf(nodes: readonly PlanNode[]): readonly { first: number; last: number; isPeople: boolean }[] {
  return nodes.flatMap(({ line, last, holdsPeople, nodes: inner }) => [
    ...(last > line ? [{ first: line, last, isPeople: holdsPeople }] : []),
    ...foldsOf(inner),
  ]);
}

/** True when the plan on the screen may be applied as it is. `now` in milliseconds. */
export function isCurrent({ report, view }: ShownPlan, now: number): boolean {
  const age = (now - Date.parse(view.createdAt)) / 60_000;
  return report === undefined && view.outdated === undefined && age < MOST_MINUTES;
}

function leaf(text: string, line: number): PlanNode {
  return { text, kind: "quiet", line, last: line, holdsPeople: false, nodes: [] };
}

/** Of a text that ends in a line end. */
function countLines(text: string): number {
  return text.split("\n").length - 1;
}
