/** Why a plan is not to be applied any more: its files changed, or groups and accounts did. */

import { minutesBetween } from "../core/model/time.ts";
import { whyUnwanted } from "../core/sync/apply/stillWanted.ts";
import type { SealedPlan } from "../core/sync/plan.ts";
import { hashTexts } from "../store/hash.ts";
import type { ApplyOptions } from "./applying.ts";
import { describeReasons } from "./noPlan.ts";
import type { Workspace } from "./workspace.ts";

/**
 * Why a plan cannot be applied from these files, or undefined. The plan was reviewed for the files as they were, and for
 * the place that it names.
 */
export function whyOutdated(workspace: Workspace, { plan }: SealedPlan): string | undefined {
  const site = workspace.snapshot().project?.content.organizations.get(plan.organization.name)?.site.value;
  if (site !== undefined && site !== plan.organization.site)
    return `the plan is for ${plan.organization.site}, and accessmap.yaml says ${site}; make a new one`;
  const now = hashTexts(workspace.texts());
  const files = new Set([...Object.keys(now), ...Object.keys(plan.files)]);
  const moved = [...files].filter((file) => now[file] !== plan.files[file]).sort();
  if (moved.length === 0) return undefined;
  return `${moved.join(", ")} changed since the plan was made; plan again and look at the new one`;
}

/** Minutes for which somebody who was shown a plan may think about it. */
const THINKING = 5;

/**
 * Why a plan that lay about is not what files and groups ask for any more: Datadog's side is read again by each apply. An
 * undo rests on its journal alone.
 */
export async function whyGroupsMoved(
  workspace: Workspace,
  { plan }: SealedPlan,
  { isSaved, signal }: Pick<ApplyOptions, "isSaved" | "signal">,
): Promise<string | undefined> {
  const now = new Date().toISOString();
  const isYoung = !isSaved && minutesBetween(plan.createdAt, now) < THINKING;
  if (isYoung || plan.undoes !== undefined || plan.expiresAt < now) return undefined;
  const attempt = await workspace.makePlan(plan.organization.name, signal);
  // Whoever cancels is told so by the apply, which begins nothing then.
  if (signal.aborted) return undefined;
  if ("noPlan" in attempt) return describeReasons(attempt.noPlan, "line", "groups could not be read again, so no plan");
  const target = attempt.snapshot.targets.get(plan.organization.name);
  return target && whyUnwanted(plan, attempt.sealed.plan, target);
}
