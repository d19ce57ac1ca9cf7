/** `accessmap plan`: what a push would change, from fresh reads, shown and saved. */

import { resolve } from "node:path";
import { countOf } from "../core/analysis/words.ts";
import { isEmpty, openRefusals } from "../core/sync/makePlan.ts";
import type { Plan, SealedPlan } from "../core/sync/plan.ts";
import { renderPlan, type TextKind } from "../core/sync/render/plan.ts";
import { saveOwnPlan } from "../store/own.ts";
import { planText } from "../store/planFile.ts";
import { describeReasons, fileReasons, type Reasons } from "../workspace/noPlan.ts";
import type { PlanAttempt, Workspace } from "../workspace/workspace.ts";
import { recordPlan } from "./record.ts";
import { tellUnfinished } from "./support/applyTold.ts";
import { type Read, readUnlessCancelled } from "./support/cancel.ts";
import { deliver, type Output } from "./support/deliver.ts";
import { EXIT, Exit, orUnwritable } from "./support/exit.ts";
import { chooseOrganization, openProject, type ProjectOptions } from "./support/project.ts";
import type { Terminal } from "./support/terminal.ts";

export interface PlanOptions extends ProjectOptions, Output {
  readonly organization?: string;
  readonly format: "text" | "markdown" | "json";
  readonly out?: string;
  readonly detailedExitcode?: boolean;
}

/**
 * Shows the plan and saves it with `--out`. A plan that guards refuse or that misses a read is shown all the same, and
 * the exit code says so: `EXIT.refused`, `EXIT.live`, and with `--detailed-exitcode` `EXIT.pending` for changes.
 */
export async function plan(options: PlanOptions, terminal: Terminal): Promise<number> {
  const workspace = await openProject(options, terminal);
  const started = performance.now();
  const sealed = await freshPlan(workspace, options.organization, terminal);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  terminal.note(`${countOf(workspace.http.requests(), "request")}, ${seconds} s.`);
  const { format, output } = options;
  const paint = output === undefined ? painted(terminal) : {};
  const text = format === "json" ? planText(sealed) : renderPlan(sealed, { format, ...paint }).trimEnd();
  await deliver(text, format === "json" ? "json" : "text", options, terminal);
  if (options.out !== undefined) await savePlanAt(options.out, workspace, sealed, terminal);
  await tellUnfinished(workspace, sealed.plan.organization.name, terminal);
  const code = codeOfPlan(sealed.plan);
  return code === EXIT.clean && options.detailedExitcode && !isEmpty(sealed.plan) ? EXIT.pending : code;
}

/** Saves a plan for `apply <out>`, records it, and says so. Throws `Exit` where the file cannot be written. */
export async function savePlanAt(
  out: string,
  { folder, applies }: Workspace,
  sealed: SealedPlan,
  terminal: Terminal,
): Promise<void> {
  await orUnwritable(out, saveOwnPlan(resolve(out), sealed, applies));
  await recordPlan(folder, sealed, terminal);
  terminal.note(`Plan saved to ${out}; \`accessmap apply ${out}\` performs exactly this.`);
}

export function codeOfPlan(plan: Plan): number {
  return openRefusals(plan, []).length > 0 ? EXIT.refused : codeOfUnread(plan);
}

/** What is known of changes, told or written, is not all there is where something was not read. */
export function codeOfUnread({ unread }: { readonly unread?: string }): number {
  return unread === undefined ? EXIT.clean : EXIT.live;
}

/** Reads afresh and plans; ends the command when live data that a plan needs is missing. */
export async function freshPlan(
  workspace: Workspace,
  organization: string | undefined,
  terminal: Terminal,
): Promise<SealedPlan> {
  // First: a file that cannot be read may be the one that names the organization.
  refuseBrokenFiles(workspace);
  const { name } = chooseOrganization(workspace, organization);
  return planLive(terminal, (signal, onProgress) => workspace.makePlan(name, signal, onProgress));
}

/** Plans from live reads, with progress; ends the command when there can be no plan. */
export async function planLive(terminal: Terminal, make: Read<PlanAttempt>): Promise<SealedPlan> {
  const attempt = await readUnlessCancelled(terminal, make);
  if (attempt && "sealed" in attempt) return attempt.sealed;
  throw whyNoPlan(attempt?.noPlan);
}

const EXITS = { files: EXIT.usage, target: EXIT.refused, live: EXIT.live } as const;

/** Ends the command without a plan; without reasons somebody has cancelled. */
export function whyNoPlan(reasons: Reasons | undefined, effect = "No plan"): Exit {
  if (!reasons) return new Exit(EXIT.live, "Cancelled; nothing was changed");
  return new Exit(EXITS[reasons.cause], describeReasons(reasons, "lines", effect));
}

/** Before anything is read that rests on the files. */
export function refuseBrokenFiles(workspace: Workspace, effect = "No plan"): void {
  const reasons = fileReasons(workspace);
  if (reasons) throw new Exit(EXITS.files, describeReasons(reasons, "lines", effect));
}

/** Colours and width for `renderPlan`. Wrapped for eyes alone: into a file or a pipe goes what an editor shows, byte for byte. */
export function painted({ color, width }: Terminal): {
  readonly color: (kind: TextKind, text: string) => string;
  readonly width?: number;
} {
  const paint: Readonly<Record<TextKind, (text: string) => string>> = {
    heading: color.bold,
    gain: color.green,
    loss: color.red,
    held: color.cyan,
    refusal: color.red,
    warning: color.yellow,
    quiet: color.dim,
  };
  return { color: (kind, text) => paint[kind](text), ...(width !== undefined && { width }) };
}
