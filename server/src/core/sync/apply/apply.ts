/**
 * Performs exactly one sealed plan: checks, then step by step journal, write, read back, outcome. One bad object does not
 * stop the rest; a refused credential does. Nothing here decides what should change, only whether it still may.
 */

import { countOf } from "../../analysis/words.ts";
import type { Actor } from "../../model/target.ts";
import { isThere } from "../journal/journal.ts";
import type { SealedPlan } from "../plan.ts";
import { checkBeforeWriting } from "./checks.ts";
import { adding, notStarted, outcomeOf } from "./outcome.ts";
import { progressOf } from "./progress.ts";
import type { Run } from "./run.ts";
import { append, takeSteps } from "./steps.ts";
import type { ApplyContext, ApplyEvent, ApplyOutcome } from "./types.ts";

export type { ApplyContext, ApplyEvent, ApplyOutcome, StepReport } from "./types.ts";
export { READ_BACK_PATIENCE, STEPS_AT_ONCE } from "./types.ts";

/** Yields progress and returns the outcome. Throws nothing: whatever happens is in the outcome, and in the journal. */
export async function* applyPlan(
  sealed: SealedPlan,
  context: ApplyContext,
): AsyncGenerator<ApplyEvent, ApplyOutcome, undefined> {
  const { plan } = sealed;
  const progress = progressOf(plan, context.resumed);
  yield { kind: "checking", facts: plan.assumptions.length };
  const checked = await checkBeforeWriting(plan, progress, context);
  if (context.signal.aborted) return notStarted(context, { status: "cancelled" });
  if (checked.refusals.length + checked.reasons.length > 0)
    return notStarted(context, { status: "refused", refusals: checked.refusals, reasons: checked.reasons });
  const unwritable = await begin(sealed, checked.actor, context);
  if (unwritable) return notStarted(context, { status: "refused", reasons: [unwritable] });

  const reports = [...progress.reports];
  const linked = reports.flatMap((report) =>
    report?.change.action === "link-team" && isThere(report) ? [report.change.team.name] : [],
  );
  const { groups, mappings, accounts } = checked;
  const { interrupted } = progress;
  const run: Run = { plan, context, interrupted, groups, mappings, accounts, linked: new Set(linked) };
  const end = yield* takeSteps(run, reports);
  const outcome = outcomeOf(plan, reports, end, context);
  const written = await append(context, { event: "end", text: outcome.message, status: outcome.status });
  return written === undefined ? outcome : adding(outcome, `${written}.`);
}

function begin(
  { plan, fingerprint }: SealedPlan,
  actor: Actor | undefined,
  context: ApplyContext,
): Promise<string | undefined> {
  const { name, id, site, title } = plan.organization;
  const steps = plan.changes.length;
  const { resumed } = context;
  if (resumed)
    return append(context, {
      event: "resume",
      text: `go on in ${title} (${site}): ${resumed.outcomes.size} of ${countOf(steps, "step has", "steps have")} an outcome, ${resumed.inFlight.length} were under way`,
    });
  return append(context, {
    event: "start",
    text: `apply ${countOf(steps, "step")} in ${title} (${site})`,
    fingerprint,
    organization: { name, id, site },
    steps,
    waivers: context.waivers,
    ...(actor && { actor: { id: actor.accountId, handle: actor.handle } }),
    ...(plan.undoes !== undefined && { undoes: plan.undoes }),
  });
}
