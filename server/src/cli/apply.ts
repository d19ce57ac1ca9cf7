/** `accessmap apply`: performs exactly one plan, after asking once; the outcome step by step and in numbers. */

import { dirname, relative } from "node:path";
import { createInterface } from "node:readline/promises";
import { countOf } from "../core/analysis/words.ts";
import type { ApplyOutcome } from "../core/sync/apply/apply.ts";
import { idleWaivers } from "../core/sync/guards/waivers.ts";
import { isEmpty, openRefusals, summarize } from "../core/sync/makePlan.ts";
import type { Plan, SealedPlan } from "../core/sync/plan.ts";
import { renderPlan } from "../core/sync/render/plan.ts";
import { writesWithReadKeys } from "../http/environment.ts";
import type { Interrupted } from "../store/interrupted.ts";
import { interruptedApply, whyNotNow } from "../workspace/applies.ts";
import {
  type Applied,
  abandonApply,
  applySealed,
  planToResume,
  type Refused,
  resumeApply,
} from "../workspace/applying.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { chosenPlan } from "./chosenPlan.ts";
import { codeOfUnread, painted } from "./plan.ts";
import { tellHead } from "./record.ts";
import { progressTo, refusalText, showFailures, whatNext } from "./support/applyTold.ts";
import { cancelOnInterrupt } from "./support/cancel.ts";
import { EXIT, Exit } from "./support/exit.ts";
import { chooseOrganization, openProject, type ProjectOptions } from "./support/project.ts";
import type { Terminal } from "./support/terminal.ts";

export interface ApplyOptions extends ProjectOptions {
  readonly organization?: string;
  /** A plan's file, or its fingerprint: what is pushed must be that plan, made anew from the files. */
  readonly reviewed?: string;
  readonly yes?: boolean;
  readonly allow?: readonly string[];
  readonly resume?: boolean;
  readonly abandon?: boolean;
  /** Steps under way at the same time, at most. */
  readonly atOnce?: number;
  readonly format: "text" | "json";
}

/**
 * Performs a saved plan, a fresh one, or the rest of an interrupted one. Nothing is written where an earlier apply
 * stands in the way, where the plan is not the one reviewed (`--reviewed`), or where nobody said yes. Answers with the
 * exit code; throws `Exit` before the first write.
 */
export async function apply(file: string | undefined, options: ApplyOptions, terminal: Terminal): Promise<number> {
  const workspace = await openProject(options, terminal);
  if (options.abandon) return abandon(workspace, options, terminal);
  if (options.resume) {
    if (file !== undefined) throw new Exit(EXIT.usage, "--resume finishes the interrupted plan; it takes no other");
    const interrupted = await interruptedApply(workspace, options.organization);
    if (!interrupted)
      throw new Exit(EXIT.usage, "There is nothing to resume: no apply of this project was interrupted");
    return resume(workspace, interrupted, options, terminal);
  }
  const obstacle = await whyNotNow(workspace, options.organization);
  if (obstacle) throw new Exit(EXIT.refused, `Nothing was written: ${obstacle}`);
  if (file !== undefined && options.reviewed !== undefined)
    throw new Exit(EXIT.usage, "--reviewed makes a plan of its own; it takes no other");
  const { sealed, ...told } = await chosenPlan(workspace, file, options, terminal);
  chooseOrganization(workspace, sealed.plan.organization.name);
  return performPlan(workspace, sealed, { ...options, ...told }, terminal);
}

/** Shows, asks and performs a plan. Undo comes this way too. */
export async function performPlan(
  workspace: Workspace,
  sealed: SealedPlan,
  options: ApplyOptions & { readonly wasReviewed: boolean; readonly isSaved?: boolean },
  terminal: Terminal,
): Promise<number> {
  const waivers = options.allow ?? [];
  if (options.format === "text") terminal.print(announce(sealed, options.wasReviewed, terminal));
  for (const note of idleWaivers(sealed.plan, waivers)) terminal.note(note);
  const refusals = openRefusals(sealed.plan, waivers);
  const isShown = options.format === "text" && !options.wasReviewed;
  if (refusals.length > 0) throw new Exit(EXIT.refused, `Nothing was written: ${refusalText(refusals, isShown)}`);
  if (isEmpty(sealed.plan)) {
    if (options.format === "text") terminal.note(cost(workspace.http.requests()));
    return codeOfUnread(sealed.plan);
  }
  await confirm(`${summarize(sealed.plan)}.`, sealed.plan.organization.name, options, terminal);
  return carryOut(sealed, options, terminal, (running) =>
    applySealed(workspace, sealed, { waivers, isSaved: options.isSaved === true, ...running }),
  );
}

async function resume(
  workspace: Workspace,
  interrupted: Interrupted,
  options: ApplyOptions,
  terminal: Terminal,
): Promise<number> {
  const { start, state } = interrupted;
  const sealed = await planToResume(workspace, interrupted);
  if ("refused" in sealed) throw new Exit(EXIT.refused, `Nothing was written: ${sealed.refused}`);
  if (options.format === "text") terminal.print(announce(sealed, false, terminal));
  const left = start.steps - state.outcomes.size;
  await confirm(
    `Finish the apply of ${start.at.slice(0, 16)}Z: ${left} of ${countOf(start.steps, "step is", "steps are")} left.`,
    start.organization.name,
    options,
    terminal,
  );
  return carryOut(
    sealed,
    options,
    terminal,
    (running) => resumeApply(workspace, interrupted, running),
    state.outcomes.size,
  );
}

async function abandon(workspace: Workspace, options: ApplyOptions, terminal: Terminal): Promise<number> {
  const interrupted = await interruptedApply(workspace, options.organization);
  const name = options.organization ?? interrupted?.start.organization.name;
  const id = interrupted?.start.organization.id ?? chooseOrganization(workspace, name).id?.value;
  if (id === undefined)
    throw new Exit(EXIT.usage, "There is nothing to abandon: no apply of this project was interrupted");
  const abandoned = await abandonApply(workspace, id, interrupted);
  if ("refused" in abandoned) throw new Exit(EXIT.refused, abandoned.refused);
  terminal.print(abandoned.text);
  return EXIT.clean;
}

type Running = Omit<Parameters<typeof applySealed>[2], "waivers" | "isSaved">;

/** Runs an apply with progress and Ctrl+C, and tells what came of it. `before` ended already in the run that is resumed. */
async function carryOut(
  { plan, fingerprint }: SealedPlan,
  options: ApplyOptions,
  terminal: Terminal,
  start: (running: Running) => Promise<Applied | Refused>,
  before?: number,
): Promise<number> {
  const cancel = cancelOnInterrupt(terminal, () => terminal.note(STOPPING));
  const started = Date.now();
  const progress = progressTo(terminal, before);
  const applied = await start({
    signal: cancel.signal,
    ...(options.atOnce !== undefined && { atOnce: options.atOnce }),
    onEvent: progress,
    onNote: (text) => terminal.note(text),
  }).finally(cancel.dispose);
  terminal.endProgress();
  if ("refused" in applied) throw new Exit(EXIT.refused, `Nothing was written: ${applied.refused}`);
  const { outcome, journal } = applied;
  const { unread } = plan;
  if (options.format === "json")
    terminal.printJson(JSON.stringify({ ...outcome, unread, fingerprint, journal }, undefined, 2));
  else {
    showFailures(outcome, terminal);
    terminal.print(`${outcome.summary} ${cost(outcome.requests, Date.now() - started)}`);
    const next = whatNext(outcome, plan, before !== undefined);
    if (next) terminal.print(next);
    if (unread !== undefined) terminal.print(`Not everything was read, so more may be to do: ${unread}.`);
    if (outcome.status !== "done" && writesWithReadKeys(process.env)) terminal.note(READ_KEYS);
    if (journal) terminal.note(`Journal: ${relative(process.cwd(), journal)}`);
    if (journal) await tellHead(dirname(journal), terminal);
  }
  return exitOf(outcome, plan);
}

const READ_KEYS =
  "ACCESSMAP_WRITE_DD_API_KEY or ACCESSMAP_WRITE_DD_APP_KEY is not set, so this was tried with the keys that read.";

const STOPPING =
  "Stopping after the steps under way. Ctrl+C once more quits at once; then `accessmap apply --resume` finishes.";

function cost(requests: number, ms = performance.now()): string {
  return `${countOf(requests, "request")}, ${(ms / 1000).toFixed(1)} s.`;
}

/** A saved plan was reviewed already: its numbers are enough. A fresh one is shown whole. */
function announce(sealed: SealedPlan, wasReviewed: boolean, terminal: Terminal): string {
  if (!wasReviewed) return renderPlan(sealed, { format: "text", ...painted(terminal) }).trimEnd();
  return `${summarize(sealed.plan)}; fingerprint ${sealed.fingerprint.slice(0, 12)}.`;
}

function exitOf({ status, counts }: ApplyOutcome, plan: Plan): number {
  if (status === "done") return codeOfUnread(plan);
  if (status === "refused") return EXIT.refused;
  return status === "cancelled" && counts.done + counts.failed + counts.unverified === 0 ? EXIT.refused : EXIT.partly;
}

/** Asks once, with the organization's name and the numbers. Elsewhere than on a terminal only `--yes` answers. */
async function confirm(
  question: string,
  organization: string,
  options: ApplyOptions,
  terminal: Terminal,
): Promise<void> {
  if (options.yes) return;
  if (!terminal.isInteractive)
    throw new Exit(EXIT.usage, "Nothing was written: there is nobody to ask here; review the plan and add --yes");
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await lines.question(`\n${question}\nType "${organization}" to apply: `);
  lines.close();
  if (answer.trim() !== organization) throw new Exit(EXIT.refused, "Nothing was written.");
}
