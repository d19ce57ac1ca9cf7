/** Everything apply looks at before its first write: guards, identity, every assumed fact, and who owns the SCIM groups. */

import type { Actor, AuthnMapping, ScimGroup } from "../../model/target.ts";
import { minutesBetween } from "../../model/time.ts";
import { refusalBy } from "../guards/guards.ts";
import { MANAGED_TEAM, ofTeam } from "../guards/writers.ts";
import { openRefusals } from "../makePlan.ts";
import type { Plan, Refusal } from "../plan.ts";
import { findOwnGroup, severalGroups } from "../teamIdentity.ts";
import { checkFacts } from "./facts.ts";
import type { Progress } from "./progress.ts";
import { checkTeams } from "./teamChecks.ts";
import type { ApplyContext } from "./types.ts";

export interface Checked {
  /** Who writes; undefined when that could not be read, which is a reason. */
  readonly actor: Actor | undefined;
  /** Guards that no waiver lifted. */
  readonly refusals: readonly Refusal[];
  /** Other reasons to write nothing, the moved facts by name among them. */
  readonly reasons: readonly string[];
  /** SCIM groups of the plan's teams, by handle. */
  readonly groups: Map<string, ScimGroup>;
  /** AuthN mappings by id; empty when the plan writes none. */
  readonly mappings: Map<string, AuthnMapping>;
  /** Accounts that an interrupted run had created, by `newAccountId`. */
  readonly accounts: Map<string, string>;
}

/** Minutes that clocks of machines may differ by. With one that was set back, a plan would outlive its day. */
const CLOCKS_DIFFER = 10;

/** What an interrupted run has finished is not looked at again: whoever changed it since did so after this plan. */
export async function checkBeforeWriting(plan: Plan, progress: Progress, context: ApplyContext): Promise<Checked> {
  const none = { actor: undefined, reasons: [], groups: new Map(), mappings: new Map(), accounts: new Map() };
  if (plan.expiresAt < context.now() && !context.resumed)
    return { ...none, refusals: [], reasons: [`the plan expired at ${plan.expiresAt}; make a new one`] };
  const ahead = minutesBetween(context.now(), plan.createdAt);
  if (ahead > CLOCKS_DIFFER && !context.resumed) {
    const reason = `the plan was made at ${plan.createdAt}, which is ${ahead} minutes from now by this machine's clock; set the clock right, or make a new plan`;
    return { ...none, refusals: [], reasons: [reason] };
  }
  const open = openRefusals(plan, context.waivers);
  if (open.length > 0) return { ...none, refusals: open };
  const identity = await checkIdentity(plan, context);
  if (identity.reasons.length > 0) return { ...none, refusals: [], reasons: identity.reasons };
  const teams = await checkTeams(plan, progress, context);
  if (teams.length > 0) return { ...none, refusals: [], reasons: teams };
  const owners = await checkOwners(plan, context);
  const facts = await checkFacts(plan, progress, context);
  return { ...owners, ...facts, actor: identity.actor, reasons: [...owners.reasons, ...facts.reasons] };
}

/** The write credential may be another one than the plan was read with: its organization and its own rights count. */
async function checkIdentity(
  plan: Plan,
  { writer, signal }: ApplyContext,
): Promise<Pick<Checked, "actor" | "reasons">> {
  const read = await writer.readActor({ signal });
  if (!read.ok)
    return { actor: undefined, reasons: [`the identity that writes could not be read: ${read.why.message}`] };
  return { actor: read.value, reasons: whyNotAs(read.value, plan) };
}

function whyNotAs(actor: Actor, { organization, changes }: Plan): readonly string[] {
  if (actor.organizationId.toLowerCase() !== organization.id.toLowerCase())
    return [
      `the write key belongs to "${actor.organizationName}" (${actor.organizationId}), the plan is for ${organization.id}`,
    ];
  return changes
    .filter((change) => change.action === "set-roles" || change.action === "set-active")
    .filter(({ account }) => account.id === actor.accountId)
    .map(() => `the plan changes ${actor.handle}, the identity that writes; use another one (lock/self)`);
}

type Owners = Pick<Checked, "refusals" | "reasons" | "groups">;

async function checkOwners(plan: Plan, { writer, waivers, signal }: ApplyContext): Promise<Owners> {
  const groups = new Map<string, ScimGroup>();
  const teams = plan.changes
    .filter((change) => change.action === "link-team" || change.action === "set-members")
    .filter((change) => change.action === "link-team" || change.through === "scim");
  if (teams.length === 0) return { refusals: [], reasons: [], groups };
  const read = await writer.readScimGroups({ signal });
  if (!read.ok) return { refusals: [], reasons: [`SCIM groups could not be read: ${read.why.message}`], groups };
  const refusals = new Map<string, Refusal>();
  const reasons = new Set<string>();
  const linked = new Set(teams.filter(({ action }) => action === "link-team").map(({ team }) => team.name));
  for (const { team } of teams) {
    const found = findOwnGroup(read.value, plan.project, team);
    if (found.owner === "several") reasons.add(severalGroups(team, found.groups));
    else if (found.owner === "none") {
      if (!linked.has(team.name)) reasons.add(`SCIM lists no group for team ${team.name}, although it is managed`);
    } else {
      groups.set(team.name, found.group);
      const refusal = foreignOwner(team.name, found.group);
      if (found.owner === "foreign" && !waivers.includes(refusal.waiver ?? "")) refusals.set(team.name, refusal);
    }
  }
  return { refusals: [...refusals.values()], reasons: [...reasons], groups };
}

function foreignOwner(handle: string, { externalId }: ScimGroup): Refusal {
  const mark = externalId === undefined ? "carries no mark" : `is marked "${externalId}"`;
  const message = `the SCIM group of team ${handle} ${mark}, so another tool may own it and undo what is written`;
  return refusalBy(MANAGED_TEAM, { object: ofTeam(handle), message });
}
