/** Everything apply looks at before its first write: guards, identity, every assumed fact, and who owns the SCIM groups. */

import type { ScimGroup } from "../model/target.ts";
import { whyMoved } from "./applyRoles.ts";
import { isMembersMoved } from "./applyTeams.ts";
import type { ApplyContext } from "./applyTypes.ts";
import type { ReadContext } from "./connector.ts";
import { openRefusals } from "./makePlan.ts";
import type { Assumption, LinkTeam, Plan, Refusal, SetRoles, SetTeamMembers } from "./plan.ts";
import { findGroup } from "./teamIdentity.ts";
import { compareText } from "./words.ts";

export interface Checked {
  /** Guards that no waiver lifted. */
  readonly refusals: readonly Refusal[];
  /** Other reasons to write nothing, the moved facts by name among them. */
  readonly reasons: readonly string[];
  /** SCIM groups of the plan's teams, by handle. */
  readonly groups: Map<string, ScimGroup>;
}

/** Requests in flight while facts are read; the connector keeps to the vendor's limits besides. */
const AT_ONCE = 4;

export async function checkBeforeWriting(plan: Plan, context: ApplyContext): Promise<Checked> {
  const none = { reasons: [], groups: new Map() };
  const open = openRefusals(plan, context.waivers);
  if (open.length > 0) return { ...none, refusals: open };
  const identity = await checkIdentity(plan, context);
  if (identity.length > 0) return { ...none, refusals: [], reasons: identity };
  const owners = await checkOwners(plan, context);
  const facts = await checkFacts(plan, context);
  return { ...owners, reasons: [...owners.reasons, ...facts] };
}

/** The write credential may be another one than the plan was read with: its organization and its own rights count. */
async function checkIdentity({ organization, changes }: Plan, { writer, signal }: ApplyContext): Promise<string[]> {
  const read = await writer.readActor({ signal });
  if (!read.ok) return [`the identity that writes could not be read: ${read.why.message}`];
  const actor = read.value;
  if (actor.organizationId.toLowerCase() !== organization.id.toLowerCase())
    return [
      `the write key belongs to "${actor.organizationName}" (${actor.organizationId}), the plan is for ${organization.id}`,
    ];
  return changes
    .filter((change) => change.action === "set-roles" && change.account.id === actor.accountId)
    .map(() => `the plan changes the roles of ${actor.handle}, the identity that writes; use another one (lock/self)`);
}

async function checkOwners(plan: Plan, { writer, waivers, signal }: ApplyContext): Promise<Checked> {
  const groups = new Map<string, ScimGroup>();
  const teams = plan.changes.filter((change) => change.action !== "set-roles");
  if (teams.length === 0) return { refusals: [], reasons: [], groups };
  const read = await writer.readScimGroups({ signal });
  if (!read.ok) return { refusals: [], reasons: [`SCIM groups could not be read: ${read.why.message}`], groups };
  const refusals = new Map<string, Refusal>();
  const reasons = new Set<string>();
  const linked = new Set(teams.filter(({ action }) => action === "link-team").map(({ team }) => team.name));
  for (const { team } of teams) {
    const found = findGroup(read.value, plan.project, team);
    if (found.owner === "several")
      reasons.add(`SCIM has several groups marked as team ${team.name} of ${plan.project}`);
    else if (found.owner === "none") {
      if (!linked.has(team.name)) reasons.add(`SCIM lists no group for team ${team.name}, although it is managed`);
    } else {
      groups.set(team.name, found.group);
      const refusal = foreignOwner(team.name, found.group);
      if (found.owner === "foreign" && !waivers.includes(refusal.waiver)) refusals.set(team.name, refusal);
    }
  }
  return { refusals: [...refusals.values()], reasons: [...reasons], groups };
}

function foreignOwner(handle: string, { externalId }: ScimGroup): Refusal & { readonly waiver: string } {
  const guard = "plat/managed-team";
  const object = `team=${handle}`;
  const mark = externalId === undefined ? "carries no mark" : `is marked "${externalId}"`;
  const message = `the SCIM group of team ${handle} ${mark}, so another tool may own it and undo what is written`;
  return { guard, object, message, waiver: `${guard}:${object}` };
}

async function checkFacts(plan: Plan, context: ApplyContext): Promise<readonly string[]> {
  const roles = await rolesNow(plan, context);
  if (typeof roles === "string") return [roles];
  const changes = new Map(
    plan.changes.flatMap((change) => (change.action === "set-roles" ? [[change.account.id, change]] : [])),
  );
  const found = await mapSome(plan.assumptions, AT_ONCE, (fact) => whyNot(fact, plan, { roles, changes }, context));
  return found.filter((reason) => reason !== undefined);
}

type RolesNow = ReadonlyMap<string, readonly string[]>;

/** Permissions by role id, or why they are not known. One listing answers for all roles. */
async function rolesNow(plan: Plan, { writer, signal }: ApplyContext): Promise<RolesNow | string> {
  if (!plan.assumptions.some(({ fact }) => fact === "role")) return new Map();
  const read = await writer.readRoles({ signal });
  if (!read.ok) return `roles could not be read again: ${read.why.message}`;
  return new Map(read.value.map((role) => [role.id, role.permissions]));
}

/** Why a fact is not what the plan assumes, or undefined when it still holds. */
async function whyNot(
  fact: Assumption,
  plan: Plan,
  { roles, changes }: { readonly roles: RolesNow; readonly changes: ReadonlyMap<string, SetRoles> },
  { writer, signal, isResumed }: ApplyContext,
): Promise<string | undefined> {
  const reading: ReadContext = { signal };
  if (signal.aborted) return "cancelled";
  if (fact.fact === "role") {
    const permissions = roles.get(fact.role.id);
    if (!permissions) return `role ${fact.role.name} does not exist any more`;
    const isSame = fact.permissions === undefined || sortedText(fact.permissions) === sortedText(permissions);
    return isSame ? undefined : `role ${fact.role.name} permits something else than when the plan was made`;
  }
  if (fact.fact === "account-roles") {
    const read = await writer.readAccount(fact.account.id, reading);
    if (!read.ok) return `${fact.account.name} could not be read again: ${read.why.message}`;
    const change = changes.get(fact.account.id);
    return change && whyMoved(change, read.value, isResumed === true);
  }
  const read = await writer.readTeamMembers(fact.team.id, reading);
  if (!read.ok) return `the members of ${fact.team.name} could not be read again: ${read.why.message}`;
  const live = new Set(read.value.map(({ accountId }) => accountId));
  const ours = plan.changes.filter((item) => item.action !== "set-roles" && item.team.id === fact.team.id);
  // A link that was interrupted may have dropped members; resuming puts them back.
  if (isResumed && ours.some(({ action }) => action === "link-team")) return undefined;
  const change = (ours as (LinkTeam | SetTeamMembers)[]).find((item) => item.action === "set-members");
  const moves = change ?? { action: "set-members", team: fact.team, grants: [], revokes: [], keeps: [] };
  const isMoved = isMembersMoved(moves, new Set(fact.accountIds), live, isResumed === true);
  return isMoved ? `the members of ${fact.team.name} changed since the plan was made` : undefined;
}

function sortedText(items: readonly string[]): string {
  return [...items].sort(compareText).join("\n");
}

/** Maps with at most `atOnce` calls under way; results keep the order of the items. */
async function mapSome<T, R>(items: readonly T[], atOnce: number, call: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  async function work(): Promise<void> {
    for (let index = next++; index < items.length; index = next++) results[index] = await call(items[index] as T);
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
  return results;
}
