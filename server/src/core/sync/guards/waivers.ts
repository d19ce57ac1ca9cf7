/** What is said about `--allow`: how a refusal is lifted, and which waivers lift nothing, mistyped or left from another plan. */

import type { Plan, Refusal } from "../plan.ts";
import { joinAnd } from "../render/words.ts";
import { GUARD_NAMES, waiverOf } from "./guards.ts";
import { MANAGED_TEAM, ofTeam } from "./writers.ts";

/** `lifted by --allow lock/emptied:role=SRE`, as an argument for a shell, or that nothing lifts it. */
export function liftText({ waiver }: Refusal): string {
  return waiver === undefined ? "cannot be lifted" : `lifted by --allow ${quoted(waiver)}`;
}

/** A waiver as an argument for a shell. */
export function quoted(waiver: string): string {
  return /^[\w@.:=/+-]+$/.test(waiver) ? waiver : `'${waiver.replaceAll("'", `'\\''`)}'`;
}

/** Those that lift something: a record of what was lifted names no others. */
export function liftingWaivers(plan: Plan, waivers: readonly string[]): readonly string[] {
  return waivers.filter((waiver) => isLifting(plan, waiver));
}

/** One sentence for each waiver that lifts nothing in this plan. */
export function idleWaivers(plan: Plan, waivers: readonly string[]): readonly string[] {
  return [...new Set(waivers)].flatMap((waiver) => {
    const why = whyIdle(plan, waiver);
    return why === undefined ? [] : [`--allow ${quoted(waiver)} lifts nothing: ${why}`];
  });
}

function whyIdle(plan: Plan, waiver: string): string | undefined {
  if (isLifting(plan, waiver)) return undefined;
  const [guard = ""] = waiver.split(":");
  if (!GUARD_NAMES.includes(guard)) return `there is no guard "${guard}"; there are ${joinAnd(GUARD_NAMES)}`;
  const refusals = plan.refusals.filter((refusal) => refusal.guard === guard);
  if (refusals.length === 0) return `${guard} does not refuse this plan`;
  if (refusals.every((refusal) => refusal.waiver === undefined)) return `${guard} cannot be lifted here`;
  return `${guard} refuses something else here, ${joinAnd(refusals.map(liftText))}`;
}

/** Whose a team is, is looked at once more before the first write, so such a waiver may be needed then. */
function isLifting({ changes, refusals }: Plan, waiver: string): boolean {
  if (refusals.some((refusal) => refusal.waiver === waiver)) return true;
  return changes.some(
    (change) =>
      (change.action === "link-team" || change.action === "set-members") &&
      waiver === waiverOf(MANAGED_TEAM, ofTeam(change.team.name)),
  );
}
