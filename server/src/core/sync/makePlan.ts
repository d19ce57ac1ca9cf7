/** Makes the plan for one organization, and answers the short questions people ask about a plan. */

import type { Snapshot } from "../analysis/snapshot.ts";
import { countOf } from "../analysis/words.ts";
import type { Failure } from "../model/knowledge.ts";
import { addDays, dayOf, type Instant } from "../model/time.ts";
import { assumptionsOf } from "./apply/assumptions.ts";
import { desire } from "./desire/desire.ts";
import type { Desired } from "./desire/desired.ts";
import { unreadIn } from "./desire/gaps.ts";
import { type Requirements, requirementsOf } from "./desire/requirements.ts";
import { type Diff, diff } from "./diff/diff.ts";
import { evidenceOf, withOrigins } from "./drift/origin.ts";
import { accessDiff } from "./effects/access.ts";
import { effectsOf } from "./effects/effects.ts";
import { lockoutOf } from "./effects/lockout.ts";
import { movementsOf } from "./effects/movements.ts";
import { warningsOf } from "./effects/warnings.ts";
import { type Guarded, refusalsOf } from "./guards/guards.ts";
import { type LatestApplies, NO_APPLIES } from "./journal/journal.ts";
import { withoutCircles } from "./order/halves.ts";
import { peopleOf } from "./people.ts";
import type { AccessDiff, Plan, Refusal } from "./plan.ts";

export { canonicalText } from "./render/canonical.ts";

export interface PlanOptions {
  /** Hash of every file the snapshot was read from, by path. */
  readonly fileHashes: Readonly<Record<string, string>>;
  /** Applies of this folder to the organization, the latest first: what drift is told from intent by. */
  readonly applies?: LatestApplies;
}

/** A plan, or the live data that is required and not there at all; then nothing may be concluded. */
export function makePlan(
  snapshot: Snapshot,
  organization: string,
  options: PlanOptions,
): { readonly plan: Plan } | { readonly missing: readonly Failure[] } {
  const required = requirementsOf(snapshot, organization);
  if ("missing" in required) return required;
  const desired = desire(snapshot, required.organization, required.target);
  const found = diff(desired, required.actor);
  const { since, unseen, ...evidence } = evidenceOf(required.target, options.applies ?? NO_APPLIES);
  const changes = withOrigins({ ...evidence, ...(unseen !== undefined && { unseen }) }, found.changes);
  const unread = unreadIn(snapshot, required.organization, required.target);
  const plan = {
    ...finishPlan(snapshot, required, desired, { ...found, changes }, options),
    ...(unread !== undefined && { unread }),
  };
  // Before adoption nobody has said that files and Datadog should agree.
  if (since === undefined && !desired.adopted) return { plan };
  const drift = { ...(since !== undefined && { since }), ...(unseen !== undefined && { unseen }) };
  return { plan: { ...plan, drift } };
}

/** A plan of these changes, with everything people should know of them. */
export function finishPlan(
  snapshot: Snapshot,
  { project, organization, target, actor }: Requirements,
  desired: Desired,
  { changes, heldBack, own, dormant }: Diff,
  options: PlanOptions,
): Plan {
  const effects = effectsOf(desired, changes);
  const access = accessDiff(target, effects);
  const { policy, safety } = project;
  const { applies } = options.applies ?? NO_APPLIES;
  const movements = movementsOf(desired, effects);
  const lockout = lockoutOf(desired, changes, effects, movements);
  const result = { desired, changes, effects, movements, lockout };
  const guarded: Guarded = { ...result, actor, ...(own && { own }), policy, safety, applies };
  const enabled = peopleOf(target).filter((account) => account.status !== "disabled");
  const touched = new Set(effects.map(({ account }) => account.id));
  const plan: Plan = {
    version: 1,
    project: project.name,
    organization: {
      name: organization.name,
      id: actor.organizationId,
      title: actor.organizationName,
      site: target.site,
    },
    push: organization.push,
    createdAt: snapshot.now,
    expiresAt: dayAfter(snapshot.now),
    changes,
    access,
    unchanged: enabled.filter(({ id }) => !touched.has(id)).length,
    lockout,
    heldBack,
    refusals: refusalsOf(guarded),
    warnings: warningsOf(desired, { changes, effects, dormant }, safety.admins),
    assumptions: assumptionsOf(target, changes),
    files: options.fileHashes,
  };
  // Halves rest on the same facts and come to the same.
  return { ...plan, changes: withoutCircles(plan) };
}

/** Facts in Datadog are read again before anything is written, groups where a plan lay about; what was thought of it gets old too. */
function dayAfter(now: Instant): Instant {
  return `${addDays(dayOf(now), 1)}${now.slice(10)}`;
}

/** True when apply would write nothing. Something may still be held back. */
export function isEmpty(plan: Plan): boolean {
  return plan.changes.length === 0;
}

/** Refusals that no waiver of the list lifts. A waiver lifts exactly the one guard and object it names. */
export function openRefusals(plan: Plan, waivers: readonly string[]): readonly Refusal[] {
  return plan.refusals.filter(({ waiver }) => waiver === undefined || !waivers.includes(waiver));
}

/** E.g. `12 people gain access, 3 lose access, 2 teams change in Acme Production (datadoghq.eu)`. */
export function summarize(plan: Plan): string {
  const where = `in ${plan.organization.title} (${plan.organization.site})`;
  if (isEmpty(plan)) return `nothing changes ${where}`;
  const gaining = countPeople(plan, ({ rolesGained, teamsGained }) => rolesGained.length + teamsGained.length > 0);
  const losing = countPeople(plan, ({ rolesLost, teamsLost }) => rolesLost.length + teamsLost.length > 0);
  const teams = new Set(plan.changes.flatMap((change) => ("team" in change ? [change.team.name] : [])));
  return `${countOf(gaining, "person gains access", "people gain access")}, ${countOf(losing, "loses", "lose")} access, ${countOf(teams.size, "team changes", "teams change")} ${where}`;
}

function countPeople({ access }: Plan, is: (entry: AccessDiff) => boolean): number {
  return access.reduce((sum, entry) => sum + (is(entry) ? entry.accounts.length : 0), 0);
}
