/** A live organization to what its mapping files should say: AuthN mappings, and people who coincide with a group. */

import { mappingsOf, type ResolvedMapping } from "../analysis/grants.ts";
import { handleOf, resolveMembers } from "../analysis/resolve.ts";
import type { Snapshot } from "../analysis/snapshot.ts";
import { countOf } from "../analysis/words.ts";
import { directoryOf } from "../analysis/world.ts";
import { type Failure, gapOf, isComplete, itemsOf } from "../model/knowledge.ts";
import { compareText, sortBy } from "../model/order.ts";
import type { Account, Role, TargetInventory, Team } from "../model/target.ts";
import { dayOf } from "../model/time.ts";
import { brokenFiles, wrongTarget } from "../sync/desire/requirements.ts";
import { joinAnd } from "../sync/render/words.ts";
import { accountsIn, type ComparedGroup, type Comparison, compareGroups, explain, isEnabledPerson } from "./compare.ts";
import { fromAuthnMappings, roleName } from "./fromAuthnMappings.ts";
import { lookUp, nameOf } from "./groups.ts";
import { addOwners } from "./owners.ts";
import { type Evidence, gather, type Note, type Proposal } from "./proposal.ts";
import { withoutSwitchedOff } from "./switchedOff.ts";
import { type HeldGrant, hasEnded, type Manner, noteOf } from "./unexplained.ts";

export interface LiveOptions {
  /** Whether notes say who people are, or how many. */
  readonly people: "names" | "counts";
}

/** What is live, as mappings; or why that cannot be told. `snapshot` must hold a read made for this (`workspace/live/surveying`). */
export function proposeFromLive(
  snapshot: Snapshot,
  organization: string,
  options: LiveOptions,
): Proposal | { readonly missing: readonly Failure[] } {
  const config = snapshot.project?.content.organizations.get(organization);
  const target = snapshot.targets.get(organization);
  const broken = brokenFiles(snapshot);
  if (broken.length > 0) return { missing: broken };
  if (!config || !target) return missing(organization, `${organization} has not been read yet`);
  if (target.actor.state === "unknown") return { missing: [target.actor.why] };
  const wrong = wrongTarget(config, target, target.actor.value);
  if (wrong) return { missing: [{ kind: "wrong-target", system: organization, message: wrong }] };
  if (target.roles.state === "unknown") return { missing: [target.roles.why] };

  const comparison = compareGroups(snapshot, target);
  const usual = directoryOf(snapshot, {}, config)?.name;
  const stored = fromAuthnMappings(snapshot, config, target);
  const context = { organization: config, target, comparison, usual, now: snapshot.now };
  const authn = withoutSwitchedOff(stored.evidence, context);
  const people = fromPeople({
    ...{ snapshot, target, comparison, organization, people: options.people },
    authn: authn.evidence,
    usual,
  });
  return {
    organization,
    mappings: addOwners(gather([...authn.evidence, ...people.evidence]), snapshot),
    notes: [...stored.notes, ...authn.notes, ...people.notes, ...gapNotes(snapshot, target, comparison)],
  };
}

interface Context extends Manner {
  readonly snapshot: Snapshot;
  readonly authn: readonly Evidence[];
  readonly organization: string;
}

interface Found {
  readonly evidence: readonly Evidence[];
  readonly notes: readonly Note[];
}

/** Holders of roles and members of teams, compared with groups. Without all accounts nobody can be told from anybody. */
function fromPeople(context: Context): Found {
  const { target } = context;
  if (!isComplete(target.accounts) || !canCompare(context.comparison)) return NOTHING;
  const accounts = [...target.accounts.items.values()];
  const found = [
    ...sortBy([...itemsOf(target.roles).values()], ({ name }) => name).map((role) => roleHeld(context, role, accounts)),
    ...sortBy([...itemsOf(target.teams).values()], ({ handle }) => handle).map((team) => teamHeld(context, team)),
  ].map((held) => explainHeld(context, held));
  const bots = accounts.filter(({ serviceAccount, status }) => serviceAccount && status !== "disabled");
  return {
    evidence: found.flatMap(({ evidence }) => evidence),
    notes: [...found.flatMap(({ notes }) => notes), ...botNotes(target, bots)],
  };
}

/** Where no group could be read, "no group explains it" would be no news. */
function canCompare({ groups, isWhole }: Comparison): boolean {
  return groups.length > 0 || isWhole;
}

function roleHeld(
  { snapshot, target, authn, organization }: Context,
  role: Role,
  accounts: readonly Account[],
): HeldGrant {
  const holders = accounts.filter((account) => isEnabledPerson(account) && account.roleIds.includes(role.id));
  const givers = giversOf(snapshot, organization, ({ roles }) =>
    roles.some(({ role: found }) => found.answer === "present" && found.item.id === role.id),
  );
  const named = authn.filter(({ grants }) => "role" in grants && grants.role.id === role.id);
  return {
    subject: `role ${role.name}`,
    grants: { role: roleName(target, role) },
    holders: new Set(holders.map(({ id }) => id)),
    isUsual: false,
    ...explainedBy(snapshot, target, givers, named),
    ended: endedIn(givers),
  };
}

function teamHeld({ snapshot, target, authn, organization }: Context, team: Team): HeldGrant {
  const members = target.teamMembers.get(team.id);
  const enabled = [...itemsOf(members).keys()].filter((id) => {
    const account = itemsOf(target.accounts).get(id);
    return account && isEnabledPerson(account);
  });
  const givers = giversOf(snapshot, organization, ({ teams }) => teams.some(({ handle }) => handle === team.handle));
  const named = authn.filter(({ grants }) => "team" in grants && grants.team === team.handle);
  const explained = explainedBy(snapshot, target, givers, named);
  const unread = isComplete(members) ? undefined : `the members of team ${team.handle} were not read completely`;
  return {
    subject: `team ${team.handle}`,
    grants: { team: team.handle },
    holders: new Set(enabled),
    // People join teams by hand as a matter of course, unless SCIM owns the team.
    isUsual: !team.managed,
    ...explained,
    ended: endedIn(givers),
    unread: unread ?? explained.unread,
    ...(team.managed && { fedBy: team.name }),
  };
}

/** Mappings of the files that give this, or gave it until they ended. */
function giversOf(
  snapshot: Snapshot,
  organization: string,
  gives: (mapping: ResolvedMapping) => boolean,
): readonly ResolvedMapping[] {
  return mappingsOf(snapshot, organization).filter(gives);
}

function endedIn(givers: readonly ResolvedMapping[]): ReadonlySet<string> {
  return new Set(
    givers.flatMap(({ inForce, group, directory }) =>
      inForce || group?.answer !== "present" ? [] : [`${directory?.name}\n${group.item.id}`],
    ),
  );
}

/** Accounts that have it through a group already, or why that cannot be told. */
function explainedBy(
  snapshot: Snapshot,
  target: TargetInventory,
  givers: readonly ResolvedMapping[],
  named: readonly Evidence[],
): Pick<HeldGrant, "explained" | "unread"> {
  const explained = new Set<string>();
  const unread = new Set<string>();
  const add = (members: ResolvedMapping["members"], group: string) => {
    if (!isComplete(members)) unread.add(group);
    for (const id of accountsIn(target, members).accounts) explained.add(id);
  };
  // A group that does not exist has no members, whatever it is given.
  for (const { group, members, mapping, inForce } of givers)
    if (inForce && group?.answer !== "absent") add(members, mapping.group?.text ?? "");
  for (const { group } of named) {
    const inventory = snapshot.directories.get(group.directory);
    const found = lookUp(inventory, group);
    if (found.answer !== "absent") add(resolveMembers(inventory, found, group.directory), group.text);
  }
  const [first] = unread;
  return { explained, unread: first && `the members of ${joinAnd([...unread].slice(0, 3))} were not read completely` };
}

function explainHeld(context: Context, held: HeldGrant): Found {
  const left = [...held.holders].filter((id) => !held.explained.has(id));
  if (left.length === 0 && held.unread === undefined) return NOTHING;
  if (held.unread !== undefined)
    return { evidence: [], notes: [{ text: `${held.subject} was not compared: ${held.unread}` }] };
  const explanation = explain(context.comparison, held.holders, held.explained);
  const group =
    explanation.kind === "whole"
      ? explanation.group
      : explanation.kind === "several"
        ? explanation.groups.find((candidate) => feeds(candidate, held))
        : undefined;
  if (group && !hasEnded(group, held))
    return { evidence: [evidenceOf(group, held, left.length, dayOf(context.snapshot.now))], notes: [] };
  return { evidence: [], notes: [noteOf(held, left, explanation, context)] };
}

const NOTHING: Found = { evidence: [], notes: [] };

/** SCIM derives a team from the name of the group that was pushed. (2026-09) */
function feeds({ group }: ComparedGroup, { fedBy }: HeldGrant): boolean {
  return fedBy !== undefined && (group.name === fedBy || handleOf(group.name) === handleOf(fedBy));
}

function evidenceOf(found: ComparedGroup, held: HeldGrant, people: number, today: string): Evidence {
  const { directory, group, without } = found;
  const verb = "team" in held.grants ? "are in it" : "hold it";
  const rest = without === 0 ? "" : `; ${countOf(without, "member has", "members have")} no account`;
  const who = feeds(found, held) ? "SCIM feeds it, and the same" : "exactly the";
  return {
    group: nameOf(directory, group),
    grants: held.grants,
    comment: `${held.subject}: ${who} ${people} people of this group ${verb} (${today}${rest})`,
  };
}

function botNotes(target: TargetInventory, bots: readonly Account[]): readonly Note[] {
  const roles = itemsOf(target.roles);
  return sortBy(bots, ({ handle }) => handle).flatMap(({ handle, name, roleIds }) => {
    const held = roleIds.map((id) => roles.get(id)?.name ?? id).sort(compareText);
    return held.length === 0 ? [] : [{ text: `service account ${name || handle} holds ${joinAnd(held)} by itself` }];
  });
}

/** What could not be looked at, so that nobody takes silence for peace. */
function gapNotes(snapshot: Snapshot, target: TargetInventory, comparison: Comparison): readonly Note[] {
  const { uncompared } = comparison;
  const gaps = [
    ...[target.roles, target.accounts, target.teams].flatMap((read) => gapOf<unknown>(read) ?? []),
    ...[...snapshot.directories.values()].flatMap(({ groups }) => gapOf(groups) ?? []),
  ];
  const texts = new Set(gaps.map(({ system, message }) => `not everything was read of ${system}: ${message}`));
  if (!canCompare(comparison))
    texts.add("nobody was compared with any group, because no group's members could be read");
  if (!isComplete(target.accounts)) texts.add("nobody was compared with any group, because not all accounts are known");
  if (uncompared > 0)
    texts.add(`${countOf(uncompared, "group was", "groups were")} compared with nothing: their members were not read`);
  return [...texts].map((text) => ({ text }));
}

function missing(system: string, message: string): { readonly missing: readonly Failure[] } {
  return { missing: [{ kind: "not-configured", system, message }] };
}
