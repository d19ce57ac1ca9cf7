/** `accessmap apply`: performs exactly one plan, after asking once; the outcome step by step and in numbers. */

import { relative, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import type { ApplyEvent, ApplyOutcome } from "../core/sync/apply.ts";
import { describeChange } from "../core/sync/describeChange.ts";
import { isEmpty, openRefusals, summarize } from "../core/sync/makePlan.ts";
import type { SealedPlan } from "../core/sync/plan.ts";
import { renderPlan } from "../core/sync/renderPlan.ts";
import { countOf } from "../core/sync/words.ts";
import { loadPlan } from "../store/planFile.ts";
import { applySealed } from "../workspace/applying.ts";
import { EXIT, Exit } from "./exit.ts";
import { freshPlan, painted } from "./plan.ts";
import { cancelOnInterrupt, chooseOrganization, openProject, type ProjectOptions } from "./project.ts";
import type { Terminal } from "./terminal.ts";

export interface ApplyOptions extends ProjectOptions {
  readonly organization?: string;
  readonly yes?: boolean;
  readonly allow?: readonly string[];
  readonly format: "text" | "json";
}

export async function apply(file: string | undefined, options: ApplyOptions, terminal: Terminal): Promise<number> {
  const workspace = await openProject(options, terminal);
  const sealed =
    file === undefined
      ? await freshPlan(workspace, options.organization, terminal)
      : await savedPlan(file, options.organization);
  chooseOrganization(workspace, sealed.plan.organization.name);
  const waivers = options.allow ?? [];
  if (options.format === "text") terminal.print(announce(sealed, file !== undefined, terminal));
  const refusals = openRefusals(sealed.plan, waivers);
  if (refusals.length > 0)
    throw new Exit(EXIT.refused, `Nothing was written: ${refusals.map(({ message }) => message).join("; ")}`);
  if (isEmpty(sealed.plan)) return EXIT.clean;
  await confirm(sealed, options, terminal);

  const cancel = cancelOnInterrupt();
  const started = Date.now();
  const applied = await applySealed(workspace, sealed, {
    waivers,
    signal: cancel.signal,
    onEvent: (event) => showProgress(event, terminal),
  });
  terminal.endProgress();
  cancel.dispose();
  if ("refused" in applied) throw new Exit(EXIT.refused, `Nothing was written: ${applied.refused}`);
  const { outcome, journal } = applied;
  if (options.format === "json")
    terminal.printJson(JSON.stringify({ ...outcome, fingerprint: sealed.fingerprint, journal }, undefined, 2));
  else {
    showFailures(outcome, terminal);
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    terminal.print(`${outcome.message} ${countOf(outcome.requests, "request", "requests")}, ${seconds} s.`);
    if (journal) terminal.note(`Journal: ${relative(process.cwd(), journal)}`);
  }
  return exitOf(outcome);
}

/** A saved plan was reviewed already: its numbers are enough. A fresh one is shown whole. */
function announce(sealed: SealedPlan, wasReviewed: boolean, terminal: Terminal): string {
  if (!wasReviewed) return renderPlan(sealed, { format: "text", ...painted(terminal) }).trimEnd();
  return `${summarize(sealed.plan)}; fingerprint ${sealed.fingerprint.slice(0, 12)}.`;
}

function exitOf({ status, counts }: ApplyOutcome): number {
  if (status === "done") return EXIT.clean;
  if (status === "refused") return EXIT.refused;
  return status === "cancelled" && counts.done + counts.failed + counts.unverified === 0 ? EXIT.refused : EXIT.partly;
}

async function savedPlan(file: string, organization: string | undefined): Promise<SealedPlan> {
  const loaded = await loadPlan(resolve(file));
  if ("error" in loaded) throw new Exit(EXIT.usage, loaded.error);
  const planned = loaded.plan.organization.name;
  if (organization !== undefined && organization !== planned)
    throw new Exit(EXIT.usage, `${file} is a plan for "${planned}", not for "${organization}"`);
  return loaded;
}

/** Asks once, with the organization's name and the numbers. Elsewhere than on a terminal only `--yes` answers. */
async function confirm({ plan }: SealedPlan, options: ApplyOptions, terminal: Terminal): Promise<void> {
  if (options.yes) return;
  if (!terminal.isInteractive)
    throw new Exit(EXIT.usage, "Nothing was written: there is nobody to ask here; review the plan and add --yes");
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await lines.question(`\n${summarize(plan)}.\nType "${plan.organization.name}" to apply: `);
  lines.close();
  if (answer.trim() !== plan.organization.name) throw new Exit(EXIT.refused, "Nothing was written.");
}

function showProgress(event: ApplyEvent, terminal: Terminal): void {
  if (event.kind === "checking") terminal.progress("apply", `reading ${event.facts} facts again`);
  if (event.kind === "step")
    terminal.progress("apply", `${event.step} of ${event.steps}: ${describeChange(event.change)}`);
}

function showFailures(outcome: ApplyOutcome, terminal: Terminal): void {
  for (const { change, result, detail } of outcome.steps) {
    if (result === "failed" || result === "unverified")
      terminal.print(`${terminal.color.red(result)}  ${describeChange(change)}: ${detail}`);
  }
}
