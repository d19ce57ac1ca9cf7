/** `accessmap plan`: what a push would change, from fresh reads, shown and saved. */

import { resolve } from "node:path";
import type { Failure } from "../core/model/knowledge.ts";
import { isEmpty, openRefusals } from "../core/sync/makePlan.ts";
import type { SealedPlan } from "../core/sync/plan.ts";
import { planToJson, renderPlan, type TextKind } from "../core/sync/renderPlan.ts";
import { brokenFiles } from "../core/sync/requirements.ts";
import { countOf } from "../core/sync/words.ts";
import { savePlan } from "../store/planFile.ts";
import type { OnReadProgress } from "../workspace/refresh.ts";
import type { PlanAttempt, Workspace } from "../workspace/workspace.ts";
import { deliver, type Output } from "./deliver.ts";
import { EXIT, Exit, orUnwritable } from "./exit.ts";
import { cancelOnInterrupt, chooseOrganization, openProject, type ProjectOptions, progressOf } from "./project.ts";
import { recordPlan } from "./record.ts";
import type { Terminal } from "./terminal.ts";

export interface PlanOptions extends ProjectOptions, Output {
  readonly organization?: string;
  readonly format: "text" | "markdown" | "json";
  readonly out?: string;
  readonly detailedExitcode?: boolean;
}

export async function plan(options: PlanOptions, terminal: Terminal): Promise<number> {
  const workspace = await openProject(options, terminal);
  const started = performance.now();
  const sealed = await freshPlan(workspace, options.organization, terminal);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  terminal.note(`${countOf(workspace.http.requests(), "request", "requests")}, ${seconds} s.`);
  const { format, output } = options;
  const paint = output === undefined ? painted(terminal) : {};
  const text = format === "json" ? planToJson(sealed) : renderPlan(sealed, { format, ...paint }).trimEnd();
  await deliver(text, format === "json" ? "json" : "text", options, terminal);
  if (options.out !== undefined) {
    await orUnwritable(options.out, savePlan(resolve(options.out), sealed));
    await recordPlan(workspace.folder, sealed, terminal);
    terminal.note(`Plan saved to ${options.out}; \`accessmap apply ${options.out}\` performs exactly this.`);
  }
  if (openRefusals(sealed.plan, []).length > 0) return EXIT.refused;
  return options.detailedExitcode && !isEmpty(sealed.plan) ? EXIT.pending : EXIT.clean;
}

/** Reads afresh and plans; ends the command when live data that a plan needs is missing. */
export async function freshPlan(
  workspace: Workspace,
  organization: string | undefined,
  terminal: Terminal,
): Promise<SealedPlan> {
  refuseBrokenFiles(workspace);
  const { name } = chooseOrganization(workspace, organization);
  return planLive(terminal, (signal, onProgress) => workspace.makePlan(name, signal, onProgress));
}

/** Plans from live reads, with progress; ends the command when there can be no plan. */
export async function planLive(
  terminal: Terminal,
  make: (signal: AbortSignal, onProgress: OnReadProgress) => Promise<PlanAttempt>,
): Promise<SealedPlan> {
  const cancel = cancelOnInterrupt();
  const attempt = await make(cancel.signal, progressOf(terminal));
  terminal.endProgress();
  cancel.dispose();
  if ("sealed" in attempt && !cancel.signal.aborted) return attempt.sealed;
  throw whyNoPlan("missing" in attempt && !cancel.signal.aborted ? attempt.missing : undefined);
}

/** Ends the command for want of live data; without reasons somebody has cancelled. */
export function whyNoPlan(missing: readonly Failure[] | undefined): Exit {
  if (!missing) return new Exit(EXIT.live, "Cancelled; nothing was changed");
  const wrong = missing.find(({ kind }) => kind === "wrong-target");
  if (wrong) return new Exit(EXIT.refused, `No plan: ${wrong.message}`);
  const reasons = missing.map((failure) => `  ${failure.system}: ${failure.message}`);
  return new Exit(EXIT.live, `No plan without live data:\n${reasons.join("\n")}`);
}

/** A plan from half of the files would take away what the other half gives. */
export function refuseBrokenFiles(workspace: Workspace, effect = "No plan"): void {
  const unreadable = workspace.unreadable().map(({ file, message }) => `  ${file} ${message}`);
  if (unreadable.length > 0)
    throw new Exit(EXIT.usage, `${effect} while files cannot be read:\n${unreadable.join("\n")}`);
  const broken = brokenFiles(workspace.snapshot()).map(({ system: file, message }) => `  ${file}, ${message}`);
  if (broken.length > 0) throw new Exit(EXIT.usage, `${effect} while files have errors:\n${broken.join("\n")}`);
}

/** Colours and width for `renderPlan`. Wrapped for eyes alone: into a file or a pipe goes what an editor shows, byte for byte. */
export function painted({ color, width, isInteractive }: Terminal): {
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
  return { color: (kind, text) => paint[kind](text), ...(isInteractive && { width }) };
}
