/** The text of a plan for editors: which lines belong together, what each is about, and where in the files it comes from. */

import { printable } from "../../model/printable.ts";
import type { Cause, Change, SealedPlan } from "../plan.ts";
import type { Line } from "./accessLines.ts";
import { type PlanLine, planLines } from "./plan.ts";
import { renderPlace } from "./words.ts";

/** A line with what stands under it. Lines count from 0 in the text of `renderPlan`. */
export interface PlanNode {
  readonly text: string;
  readonly kind: PlanLine["kind"];
  readonly line: number;
  /** Last line under it; `line` itself where there is nothing. */
  readonly last: number;
  /** True when all that stands under it is a list of people. */
  readonly holdsPeople: boolean;
  readonly nodes: readonly PlanNode[];
}

/** A stretch of a line that leads to a line of a file. Columns count from 0, lines of files from 1. */
export interface PlanLink {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly file: string;
  readonly fileLine: number;
}

export interface PlanOutline {
  readonly nodes: readonly PlanNode[];
  readonly links: readonly PlanLink[];
}

/** Folds and links of `renderPlan`'s text, for that text alone: both are made of the same lines. */
export function planOutline(sealed: SealedPlan): PlanOutline {
  const lines = planLines(sealed);
  return { nodes: nest(lines), links: lines.flatMap(linksOf) };
}

interface Draft extends Omit<PlanNode, "last" | "holdsPeople" | "nodes"> {
  last: number;
  holdsPeople: boolean;
  readonly depth: number;
  readonly nodes: Draft[];
}

function nest(lines: readonly PlanLine[]): readonly PlanNode[] {
  const roots: Draft[] = [];
  const open: Draft[] = [];
  for (const [line, { text, kind, depth }] of lines.entries()) {
    if (kind === "blank") continue;
    while (open.length > 0 && (open.at(-1)?.depth ?? 0) >= depth) open.pop();
    for (const outer of open) outer.last = line;
    if (kind === "people") {
      const owner = open.at(-1);
      if (owner) owner.holdsPeople = true;
      continue;
    }
    const draft: Draft = { text: text.trim(), kind, line, last: line, holdsPeople: false, depth, nodes: [] };
    (open.at(-1)?.nodes ?? roots).push(draft);
    open.push(draft);
  }
  return roots.map(finish);
}

function finish({ text, kind, line, last, holdsPeople, nodes }: Draft): PlanNode {
  return { text, kind, line, last, holdsPeople, nodes: nodes.map(finish) };
}

function linksOf({ text, item }: PlanLine, line: number): readonly PlanLink[] {
  if (!item) return [];
  return item.change ? stepLinks(text, line, item.change) : placeLinks(text, line, item);
}

/** The place at the end of the line. */
function placeLinks(text: string, line: number, { because = [] }: Line): readonly PlanLink[] {
  const [first] = because;
  const label = first ? printable(renderPlace(first)).trim() : "";
  return label === "" ? [] : linkTo(line, text.length - label.length, label, first);
}

/** Names in a step: each role leads to what gives or takes it, a team or mapping to the first thing that feeds it. */
function stepLinks(text: string, line: number, change: Change): readonly PlanLink[] {
  const links: PlanLink[] = [];
  let at = endOfHolder(text, change);
  for (const { name, because } of namesIn(change)) {
    const label = printable(name);
    const start = text.indexOf(label, at);
    if (start < 0) continue;
    at = start + label.length;
    links.push(...linkTo(line, start, label, because));
  }
  return links;
}

/** A role may be called like a part of somebody's address: roles are looked for behind it. */
function endOfHolder(text: string, change: Change): number {
  if (change.action !== "set-roles" && change.action !== "create-user") return 0;
  const holder = printable(change.account.name);
  return text.indexOf(holder) + holder.length;
}

/** In the order in which `describeChange` tells them. */
function namesIn(change: Change): readonly { readonly name: string; readonly because: Cause }[] {
  switch (change.action) {
    case "set-roles":
      return [...change.grants, ...change.revokes];
    case "set-members": {
      const [first] = [...change.grants, ...change.revokes];
      return first ? [{ name: change.team.name, because: first.because }] : [];
    }
    case "create-user":
      return change.roles;
    case "set-active":
      return [{ name: change.account.name, because: change.because }];
    case "link-team":
      return [{ name: change.team.name, because: change.because }];
    case "create-mapping":
    case "delete-mapping":
      return [{ name: change.mapping.value, because: change.because }];
    case "update-mapping":
      return [{ name: change.after.value, because: change.because }];
  }
}

function linkTo(
  line: number,
  start: number,
  label: string,
  because: Pick<Cause, "place" | "line"> | undefined,
): readonly PlanLink[] {
  if (!because?.place || because.line === undefined) return [];
  return [{ line, start, end: start + label.length, file: because.place.file, fileLine: because.line }];
}
