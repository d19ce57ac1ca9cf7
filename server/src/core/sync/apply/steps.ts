/** Takes the steps of a plan: those of one stage side by side, each between its two lines in the journal. */

import { messageOf } from "../../model/thrown.ts";
import { isThere, type JournalEntry } from "../journal/journal.ts";
import { beginningOrder, type Need, needsOf } from "../order/needs.ts";
import { stageOf } from "../order/order.ts";
import type { Change } from "../plan.ts";
import { describeChange } from "../render/describeChange.ts";
import { createMapping, deleteMapping, updateMapping } from "./mappings.ts";
import type { ApplyEnd } from "./outcome.ts";
import { FIRST_PACE, nextPace } from "./pace.ts";
import { applyRoleMembers } from "./roleMembers.ts";
import { applyRoles } from "./roles.ts";
import type { Performed, Run } from "./run.ts";
import { linkTeam } from "./teamLinks.ts";
import { setMembers } from "./teams.ts";
import type { ApplyContext, ApplyEvent, StepReport } from "./types.ts";
import { createUser, setActive } from "./users.ts";

/** Steps in a row that may fail because the system does not answer; then the rest would fail too, only slower. */
const MOST_TROUBLE = 5;

/**
 * Fills `reports`, which holds what an earlier run has finished, and answers why the steps ended before the last one, if
 * they did. Whatever is under way then is still finished.
 */
export async function* takeSteps(
  run: Run,
  reports: (StepReport | undefined)[],
): AsyncGenerator<ApplyEvent, ApplyEnd, undefined> {
  const { context } = run;
  const { changes } = run.plan;
  const needs = needsOf(run.plan);
  const order = beginningOrder(run.plan, needs);
  const underWay = new Map<number, Promise<TakenStep>>();
  let [next, stage, pace, end, trouble] = [0, 0, FIRST_PACE, {} as ApplyEnd, 0];
  let throttled = context.writer.throttled();

  for (;;) {
    if (context.signal.aborted && end.stop === undefined && order.slice(next).some((index) => !reports[index]))
      end = { isCancelled: true };
    while (!isEnded(end) && underWay.size < Math.min(pace.width, context.atOnce)) {
      while (reports[order[next] ?? changes.length]) next++;
      const index = order[next] ?? changes.length;
      const change = changes[index];
      if (!change || (underWay.size > 0 && (stageOf(change) !== stage || isWaiting(reports, needs.get(index))))) break;
      stage = stageOf(change);
      next++;
      const step = index + 1;
      yield { kind: "step", step, steps: changes.length, change };
      if (context.signal.aborted) {
        end = { isCancelled: true };
        break;
      }
      underWay.set(step, takeStep(run, change, step, obstacleIn(reports, needs.get(step - 1))));
    }
    if (underWay.size === 0) return end;
    const { report, stop, isTrouble = false } = await Promise.race(underWay.values());
    underWay.delete(report.step);
    reports[report.step - 1] = report;
    yield { kind: "result", report };
    trouble = isTrouble ? trouble + 1 : 0;
    const isStrained = isTrouble || context.writer.throttled() > throttled;
    throttled = context.writer.throttled();
    pace = nextPace(pace, isStrained, context.atOnce);
    if (end.stop !== undefined) continue;
    if (stop !== undefined) end = { stop };
    else if (trouble >= MOST_TROUBLE) end = { stop: `${trouble} steps in a row failed; last: ${report.detail}` };
  }
}

type TakenStep = Omit<Performed, "result" | "detail"> & { readonly report: StepReport };

/** Without its line in the journal a step is not taken. */
async function takeStep(run: Run, change: Change, step: number, obstacle: string | undefined): Promise<TakenStep> {
  const { context } = run;
  const text = describeChange(change);
  const before = await append(context, { event: "intent", text, step, change });
  if (before !== undefined) return { report: { step, change, result: "skipped", detail: before }, stop: before };
  const performed: Performed = obstacle ? { result: "skipped", detail: obstacle } : await perform(run, change);
  const { result, detail, ...rest } = performed;
  const words = detail === "" ? `${text}: ${result}` : `${text}: ${result}, ${detail}`;
  const after = await append(context, { event: "outcome", text: words, step, result, detail });
  return { ...rest, report: { step, change, result, detail }, ...(after === undefined ? {} : { stop: after }) };
}

async function perform(run: Run, change: Change): Promise<Performed> {
  try {
    const performed = await performAs(run, change);
    // Begun by the run that was interrupted, and there: so it was that run that wrote it.
    if (performed.result === "already" && run.interrupted.has(change) && !isKeepingOnly(change))
      return { result: "done", detail: "written before the run was interrupted" };
    return performed;
  } catch (error) {
    // A writer throws nothing; if one does, that is a mistake of ours, and nobody knows how far the step came.
    const detail = `the step ended in an unexpected error: ${messageOf(error)}`;
    return { result: "unverified", detail, stop: detail };
  }
}

/** Its link may have done all of it, and then there was nothing to write, whoever was interrupted. */
function isKeepingOnly(change: Change): boolean {
  return change.action === "set-members" && change.grants.length + change.revokes.length === 0;
}

function performAs(run: Run, change: Change): Promise<Performed> {
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

function obstacleIn(reports: readonly (StepReport | undefined)[], needs: readonly Need[] = []): string | undefined {
  return needs.find((need) => !isMet(reports, need))?.obstacle;
}

/** Something that is needed has not ended. */
function isWaiting(reports: readonly (StepReport | undefined)[], needs: readonly Need[] = []): boolean {
  return needs.some((need) => !isMet(reports, need) && need.anyOf.some((index) => !reports[index]));
}

function isMet(reports: readonly (StepReport | undefined)[], { anyOf }: Need): boolean {
  return anyOf.some((index) => isThere(reports[index]));
}

function isEnded({ isCancelled, stop }: ApplyEnd): boolean {
  return isCancelled === true || stop !== undefined;
}

type Unstamped<T> = T extends unknown ? Omit<T, "at"> : never;

/** Undefined when the entry is on disk, else why not, without a full stop. */
export async function append(
  { journal, now }: ApplyContext,
  entry: Unstamped<JournalEntry>,
): Promise<string | undefined> {
  try {
    await journal.append({ at: now(), ...entry });
    return undefined;
  } catch (error) {
    return `The journal could not be written: ${messageOf(error)}; make room, or make its place writable`;
  }
}
