/** What is not known well enough to take access away, and from whom or what. Only whole, fresh, resolved knowledge removes. */

import { type GrantedRole, mappingsOf, type ResolvedMapping } from "../../analysis/grants.ts";
import { managedBy } from "../../analysis/managed.ts";
import { resolveTeam } from "../../analysis/resolve.ts";
import type { Snapshot } from "../../analysis/snapshot.ts";
import { findGroupById } from "../../model/directory.ts";
import { gapOf, itemsOf, type Knowledge } from "../../model/knowledge.ts";
import type { OrganizationConfig } from "../../model/project.ts";
import type { TargetInventory } from "../../model/target.ts";
import { minutesBetween, renderInstant } from "../../model/time.ts";

/** Reads older than this prove no absence: whoever was added since would lose what they have just been given. */
const FRESH_MINUTES = 60;

/** Reasons why nothing may be taken: from anybody, of a role (by id), of a team (by handle), from an account (by id). */
export interface Gaps {
  all?: string;
  readonly roles: Map<string, string>;
  readonly teams: Map<string, string>;
  readonly accounts: Map<string, string>;
}

/** No gap: everything may be taken. */
export function newGaps(): Gaps {
  return { roles: new Map(), teams: new Map(), accounts: new Map() };
}

/** Why this role may not be taken from this account, or undefined when it may. */
export function roleGap(gaps: Gaps, roleId: string, accountId: string): string | undefined {
  return gaps.all ?? gaps.roles.get(roleId) ?? gaps.accounts.get(accountId);
}

/** Why this account may not be taken out of the team, or undefined when it may. */
export function teamGap(gaps: Gaps, handle: string, accountId: string): string | undefined {
  return gaps.all ?? gaps.teams.get(handle) ?? gaps.accounts.get(accountId);
}

/** The first reason stays: it is the one nearest to the top of the files. */
export function noteGap(gaps: Map<string, string>, key: string, why: string): void {
  if (!gaps.has(key)) gaps.set(key, why);
}

/** Why a read cannot prove that somebody or something is not there. */
export function readingGap<T>(what: string, knowledge: Knowledge<T>, snapshot: Snapshot): string | undefined {
  const gap = gapOf(knowledge);
  if (gap) return `${what} could not be read${knowledge.state === "known" ? " completely" : ""}: ${gap.message}`;
  if (knowledge.state === "known" && minutesBetween(knowledge.asOf, snapshot.now) > FRESH_MINUTES)
    return `${what} were read ${renderInstant(knowledge.asOf, snapshot.now)}, too long ago to take anything away`;
  return undefined;
}

/** What was not read wholly of all that a push rests on: without it nobody can say that no more is to be done. */
export function unreadIn(
  snapshot: Snapshot,
  organization: OrganizationConfig,
  target: TargetInventory,
): string | undefined {
  const mappings = mappingsOf(snapshot, organization.name);
  return (
    readingGap(`accounts of ${target.name}`, target.accounts, snapshot) ??
    readingGap(`roles of ${target.name}`, target.roles, snapshot) ??
    firstOf(mappings, unreadGroup) ??
    unreadPath(snapshot, organization, target, managedBy(mappings, snapshot.lock, organization.name).teams)
  );
}

function unreadGroup({ group, members }: ResolvedMapping): string | undefined {
  if (group?.answer === "unknown") return group.why.message;
  const gap = group?.answer === "present" ? gapOf(members) : undefined;
  return gap && group?.answer === "present" ? `members of ${group.item.name}: ${gap.message}` : undefined;
}

/** What the paths of the push look at besides: AuthN mappings, teams, and who is in those. */
function unreadPath(
  snapshot: Snapshot,
  { name, push }: OrganizationConfig,
  target: TargetInventory,
  handles: ReadonlySet<string>,
): string | undefined {
  const mappings = push.roles === "saml" || push.teams === "saml" ? target.mappings : undefined;
  return (
    (mappings && readingGap(`AuthN mappings of ${name}`, mappings, snapshot)) ??
    (push.teams === "off" ? undefined : firstOf(handles, (handle) => unreadTeam(handle)))
  );

  function unreadTeam(handle: string): string | undefined {
    const team = resolveTeam(target, handle, name);
    if (team.answer === "unknown") return team.why.message;
    if (team.answer !== "present" || push.teams === "saml") return undefined;
    const members = target.teamMembers.get(team.item.id);
    return members
      ? readingGap(`members of team ${handle}`, members, snapshot)
      : `members of team ${handle} were not read`;
  }
}

function firstOf<T>(items: Iterable<T>, gapOfOne: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const gap = gapOfOne(item);
    if (gap !== undefined) return gap;
  }
  return undefined;
}

/** The group as people wrote it, or by its name where they wrote an id. */
export function groupNameOf(resolved: ResolvedMapping): string {
  return resolved.group?.answer === "present" ? resolved.group.item.name : (resolved.mapping.group?.text ?? "?");
}

/** Why nobody can be said to be outside a mapping's group. `grantsNothing` when nobody can be said to be inside either. */
export function audienceGap(
  resolved: ResolvedMapping,
  snapshot: Snapshot,
): { readonly why: string; readonly grantsNothing: boolean } | undefined {
  const nothing = (why: string) => ({ why, grantsNothing: true });
  const { mapping, group, members } = resolved;
  const directory = resolved.directory?.name ?? "the directory";
  const ref = mapping.group;
  if (mapping.until && resolved.until === undefined) return nothing(`"${mapping.until.value}" is not a day`);
  if (!ref || !group) return nothing("the mapping names no group");
  if (!resolved.directory) return nothing(`nothing says in which directory "${ref.text}" is`);
  if (group.answer === "unknown") return nothing(`group "${ref.text}" could not be looked up: ${group.why.message}`);
  if (group.answer === "ambiguous")
    return nothing(`${directory} has ${group.items.length} groups called "${ref.text}"; name one by its id`);
  const pin = ref.by === "name" ? snapshot.lock.groups.get(directory)?.get(ref.text)?.id : undefined;
  if (group.answer === "absent") {
    const inventory = snapshot.directories.get(directory);
    const renamed = pin !== undefined && inventory ? findGroupById(inventory, pin) : undefined;
    if (renamed?.answer === "present")
      return nothing(`group "${ref.text}" is now called "${renamed.item.name}" in ${directory}`);
    return nothing(`group "${ref.text}" does not exist in ${directory}`);
  }
  if (pin !== undefined && pin !== group.item.id)
    return nothing(
      `group "${ref.text}" is another one than when it was reviewed; look at it, then run \`accessmap review\``,
    );
  const why = readingGap(`members of ${group.item.name}`, members, snapshot);
  return why === undefined ? undefined : { why, grantsNothing: members.state === "unknown" };
}

/** Why a role of a mapping cannot be given, with the ids it may mean; undefined when it is the one that was reviewed. */
export function roleProblem(
  granted: GrantedRole,
  snapshot: Snapshot,
  target: TargetInventory,
): { readonly why: string; readonly ids: readonly string[] } | undefined {
  const { ref, role } = granted;
  const name = ref.name ?? ref.id ?? "?";
  const pin = ref.id === undefined ? snapshot.lock.organizations.get(target.name)?.roles.get(name)?.id : undefined;
  const pinned = pin === undefined ? [] : [pin];
  if (role.answer === "unknown")
    return { why: `role "${name}" could not be looked up: ${role.why.message}`, ids: pinned };
  if (role.answer === "ambiguous")
    return {
      why: `${target.name} has ${role.items.length} roles called "${name}"; name one by its id`,
      ids: [...pinned, ...role.items.map((item) => item.id)],
    };
  if (role.answer === "absent") {
    const renamed = pin === undefined ? undefined : itemsOf(target.roles).get(pin);
    const why = renamed
      ? `role "${name}" is now called "${renamed.name}" in ${target.name}`
      : `role "${name}" does not exist in ${target.name}`;
    return { why, ids: pinned };
  }
  if (pin !== undefined && pin !== role.item.id)
    return {
      why: `role "${name}" is another one than when it was reviewed; look at it, then run \`accessmap review\``,
      ids: [pin, role.item.id],
    };
  return undefined;
}
