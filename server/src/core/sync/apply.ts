/**
 * Performs exactly one sealed plan: checks, then step by step journal, write, read back, outcome. One bad object does not
 * stop the rest; a refused credential does. Nothing here decides what should change, only whether it still may.
 */

import { checkBeforeWriting } from "./applyChecks.ts";
import { createMapping, deleteMapping, updateMapping } from "./applyMappings.ts";
import { type ApplyEnd, notStarted, outcomeOf } from "./applyOutcome.ts";
import { applyRoleMembers } from "./applyRoleMembers.ts";
import { applyRoles } from "./applyRoles.ts";
import type { Performed, Run } from "./applyRun.ts";
import { linkTeam, setMembers } from "./applyTeams.ts";
import type { ApplyContext, ApplyEvent, ApplyOutcome, StepReport } from "./applyTypes.ts";
import { createUser, setActive } from "./applyUsers.ts";
import { describeChange } from "./describeChange.ts";
import type { Change, Plan, SealedPlan } from "./plan.ts";

export type { ApplyContext, ApplyEvent, ApplyOutcome, StepReport } from "./applyTypes.ts";
export { READ_BACK_PATIENCE } from "./applyTypes.ts";

/** Steps in a row that may fail because the system does not answer; then the rest would fail too, only slower. */
const MOST_TROUBLE = 5;

/** Yields progress and returns the outcome. Throws nothing: whatever happens is in the outcome, and in the journal. */
export async function* applyPlan(
  sealed: SealedPlan,
  context: ApplyContext,
): AsyncGenerator<ApplyEvent, ApplyOutcome, undefined> {
  const { plan } = sealed;
  yield { kind: "checking", facts: plan.assumptions.length };
  const checked = await checkBeforeWriting(plan, context);
  if (context.signal.aborted) return notStarted(context, { status: "cancelled" });
  if (checked.refusals.length + checked.reasons.length > 0)
    return notStarted(context, { status: "refused", refusals: checked.refusals, reasons: checked.reasons });
  const unwritable = await begin(sealed, context);
  if (unwritable) return notStarted(context, { status: "refused", reasons: [unwritable] });

  const { groups, mappings, accounts } = checked;
  const run: Run = { plan, context, groups, mappings, accounts, linked: new Set() };
  const reports: StepReport[] = [];
  let end: ApplyEnd = {};
  let trouble = 0;
  for (const [index, change] of plan.changes.entries()) {
    if (context.signal.aborted) end = { isCancelled: true };
    if (end.isCancelled || end.stop !== undefined) break;
    const step = index + 1;
    yield { kind: "step", step, steps: plan.changes.length, change };
    const { report, stop, isTrouble } = await takeStep(run, change, step, reports);
    reports.push(report);
    yield { kind: "result", report };
    trouble = isTrouble ? trouble + 1 : 0;
    if (stop !== undefined) end = { stop };
    else if (trouble >= MOST_TROUBLE) end = { stop: `${trouble} steps in a row failed; last: ${report.detail}` };
  }
  const outcome = outcomeOf(plan, reports, end, context);
  const written = await append(context, { event: "end", text: outcome.message, status: outcome.status });
  return written === undefined ? outcome : { ...outcome, message: `${outcome.message} ${written}` };
}

type TakenStep = Omit<Performed, "result" | "detail"> & { readonly report: StepReport };

/** One step between its two lines in the journal. Without the first nothing is written. */
async function takeStep(run: Run, change: Change, step: number, earlier: readonly StepReport[]): Promise<TakenStep> {
  const { context } = run;
  const text = describeChange(change);
  const before = await append(context, { event: "intent", text, step, change });
  if (before !== undefined) return { report: { step, change, result: "skipped", detail: before }, stop: before };
  const obstacle = obstacleOf(run.plan, change, earlier);
  const performed: Performed = obstacle ? { result: "skipped", detail: obstacle } : await perform(run, change);
  const { result, detail, ...rest } = performed;
  const words = detail === "" ? `${text}: ${result}` : `${text}: ${result}, ${detail}`;
  const after = await append(context, { event: "outcome", text: words, step, result, detail });
  return { ...rest, report: { step, change, result, detail }, ...(after === undefined ? {} : { stop: after }) };
}

async function perform(run: Run, change: Change): Promise<Performed> {
  try {
    return await performChange(run, change);
  } catch (error) {
    // A writer throws nothing; if one does, that is a mistake of ours, and nobody knows how far the step came.
    const detail = `the step ended in an unexpected error: ${error instanceof Error ? error.message : String(error)}`;
    return { result: "unverified", detail, stop: detail };
  }
}

function performChange(run: Run, change: Change): Promise<Performed> {
  switch (change.action) {
    case "set-roles":
      return change.through === "scim" ? applyRoles(run, change) : applyRoleMembers(run, change);
    case "link-team":
      return linkTeam(run, change);
    case "set-members":
      return setMembers(run, change);
    case "create-user":
      return createUser(run, change);
    case "set-active":
      return setActive(run, change);
    case "create-mapping":
      return createMapping(run, change);
    case "update-mapping":
      return updateMapping(run, change);
    case "delete-mapping":
      return deleteMapping(run, change);
  }
}

/** Members can only be written when their team is linked. */
function obstacleOf(plan: Plan, change: Change, earlier: readonly StepReport[]): string | undefined {
  if (change.action !== "set-members") return undefined;
  const link = plan.changes.findIndex((item) => item.action === "link-team" && item.team.name === change.team.name);
  const result = earlier[link]?.result;
  if (link < 0 || result === "done" || result === "already") return undefined;
  return `team ${change.team.name} is not linked`;
}

function begin({ plan, fingerprint }: SealedPlan, context: ApplyContext): Promise<string | undefined> {
  const { name, id, site, title } = plan.organization;
  return append(context, {
    event: "start",
    text: `${context.isResumed ? "resume" : "apply"} ${plan.changes.length} steps in ${title} (${site})`,
    fingerprint,
    organization: { name, id, site },
    steps: plan.changes.length,
    waivers: context.waivers,
  });
}

type Unstamped<T> = T extends unknown ? Omit<T, "at"> : never;

/** Undefined when the entry is on disk, else why not. */
async function append(
  { journal, now }: ApplyContext,
  entry: Unstamped<Parameters<ApplyContext["journal"]["append"]>[0]>,
): Promise<string | undefined> {
  try {
    await journal.append({ at: now(), ...entry });
    return undefined;
  } catch (error) {
    return `The journal could not be written: ${error instanceof Error ? error.message : String(error)}.`;
  }
}
