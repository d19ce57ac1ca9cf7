/** Mappings to what they grant: bundles unfolded, names resolved, ends and audiences attached. */

import type { Group, Principal } from "../model/directory.ts";
import { fitted } from "../model/fitted.ts";
import { itemsOf, type Knowledge, type Lookup } from "../model/knowledge.ts";
import type { Bundle, FileHead, Mapping, RoleRef } from "../model/mapping.ts";
import type { DirectoryConfig, OrganizationConfig } from "../model/project.ts";
import type { Role, TargetInventory, Team } from "../model/target.ts";
import type { Span, Spanned } from "../model/text.ts";
import { type Day, dayOf, parseDay } from "../model/time.ts";
import type { Piece } from "../syntax/readPiece.ts";
import { memo } from "./memo.ts";
import { resolveGroup, resolveMembers, resolveRole, resolveTeam } from "./resolve.ts";
import type { Snapshot } from "./snapshot.ts";
import { bundleOf, directoryOf, isSameHead, isSameWorld, organizationOf, type World } from "./world.ts";

/** A role or team of a mapping. `span` lies in the mapping: the item, or the bundle's name that brought it. */
export interface GrantedRole {
  readonly ref: RoleRef;
  readonly role: Lookup<Role>;
  readonly target: TargetInventory | undefined;
  readonly span: Span;
  readonly bundle?: Bundle;
}

/** A role of a mapping in force that is known to exist. */
export interface HeldRole extends GrantedRole {
  readonly role: Extract<Lookup<Role>, { answer: "present" }>;
  readonly target: TargetInventory;
}

export interface GrantedTeam {
  readonly handle: string;
  readonly team: Lookup<Team>;
  readonly span: Span;
  readonly bundle?: Bundle;
}

/** A mapping with everything its names stand for. */
export interface ResolvedMapping {
  readonly mapping: Mapping;
  readonly file: FileHead;
  readonly organization: OrganizationConfig | undefined;
  readonly directory: DirectoryConfig | undefined;
  readonly target: TargetInventory | undefined;
  /** Undefined when the entry has no group yet. */
  readonly group: Lookup<Group> | undefined;
  readonly members: Knowledge<Principal>;
  readonly roles: readonly GrantedRole[];
  /** Those of the roles that exist; none once the mapping has ended, since it then gives nothing. Most rules ask for them. */
  readonly held: readonly HeldRole[];
  readonly teams: readonly GrantedTeam[];
  readonly unknownBundles: readonly Spanned<string>[];
  /** True where its form has an error: what the entry is meant to give, and to whom, is then not known. */
  readonly isMisread: boolean;
  /** Last day, where a proper one is written. */
  readonly until: Day | undefined;
  /** False once its last day has passed: the mapping then grants nothing. An unreadable date grants nothing either. */
  readonly inForce: boolean;
}

/** All mappings of the project in file order. */
export function resolvedMappings(snapshot: Snapshot): readonly ResolvedMapping[] {
  return memo(snapshot, resolveAll);
}

/** Mappings of one organization. */
export function mappingsOf(snapshot: Snapshot, organization: string): readonly ResolvedMapping[] {
  return resolvedMappings(snapshot).filter((resolved) => resolved.organization?.name === organization);
}

/** Names of the directories that an organization's access rests on: those its mappings name, and its default one. */
export function directoriesOf(snapshot: Snapshot, organization: OrganizationConfig): readonly string[] {
  const named = mappingsOf(snapshot, organization.name).map(({ directory }) => directory?.name);
  const all = [organization.directory?.value, ...named].filter((name) => name !== undefined);
  return [...new Set(all)].filter((name) => snapshot.project?.content.directories.has(name));
}

/** Mappings of each organization that the project has. */
export function mappingsByOrganization(snapshot: Snapshot): ReadonlyMap<string, readonly ResolvedMapping[]> {
  const names = snapshot.project?.content.organizations.keys() ?? [];
  return new Map([...names].map((name) => [name, mappingsOf(snapshot, name)]));
}

function resolveAll(snapshot: Snapshot): readonly ResolvedMapping[] {
  return snapshot.files.flatMap(({ head, pieces }) =>
    pieces.flatMap((piece) => resolvePiece(snapshot.world, head, piece)),
  );
}

interface Resolution {
  readonly world: World;
  readonly head: FileHead;
  readonly resolved: readonly ResolvedMapping[];
}

const resolutions = new WeakMap<Piece, Resolution>();

/** The mappings of a piece, resolved once for as long as nothing that they rest on is another one. */
export function resolvePiece(world: World, head: FileHead, piece: Piece): readonly ResolvedMapping[] {
  if (piece.mappings.length === 0) return NONE;
  const known = resolutions.get(piece);
  if (known && isSameHead(known.head, head) && restsOnSame(known.world, world, piece)) return known.resolved;
  const errors = piece.problems.filter(({ severity }) => severity === "error");
  const resolved = piece.mappings.map((mapping) => {
    const isMisread = errors.some(({ span }) => span.start <= mapping.span.end && span.end >= mapping.span.start);
    return resolveMapping(world, head, mapping, isMisread);
  });
  resolutions.set(piece, { world, head, resolved });
  return resolved;
}

const NONE: readonly ResolvedMapping[] = [];

function restsOnSame(before: World, after: World, { mappings }: Piece): boolean {
  if (before === after) return true;
  const isSameBundle = ({ value }: Spanned<string>) => bundleOf(before, value) === bundleOf(after, value);
  return isSameWorld(before, after) && mappings.every(({ bundles }) => bundles.every(isSameBundle));
}

/** What a mapping's names stand for. */
function resolveMapping(world: World, file: FileHead, mapping: Mapping, isMisread: boolean): ResolvedMapping {
  const organization = organizationOf(world, file);
  const directory = directoryOf(world, mapping, organization);
  const target = organization && world.targets.get(organization.name);
  const inventory = directory && world.directories.get(directory.name);
  const directoryName = directory?.name ?? mapping.group?.directory?.value ?? "the directory";
  const organizationName = organization?.name ?? file.organization?.value ?? "the organization";
  const group = mapping.group && resolveGroup(inventory, mapping.group, directoryName);
  const roles = mapping.roles.map((ref): GrantedRole => {
    return { ref, role: resolveRole(target, ref, organizationName), target, span: ref.span };
  });
  const teams = mapping.teams.map(({ value, span }): GrantedTeam => {
    return { handle: value, team: resolveTeam(target, value, organizationName), span };
  });
  for (const { value, span } of mapping.bundles) {
    const bundle = bundleOf(world, value);
    if (!bundle) continue;
    for (const ref of bundle.roles)
      roles.push({ ref, role: resolveRole(target, ref, organizationName), target, span, bundle });
    for (const { value: handle } of bundle.teams)
      teams.push({ handle, team: resolveTeam(target, handle, organizationName), span, bundle });
  }
  const given = fitted(roles);
  const until = mapping.until && parseDay(mapping.until.value);
  const inForce = mapping.until === undefined || (until !== undefined && until >= dayOf(world.now));
  return {
    mapping,
    file,
    organization,
    directory,
    target,
    group,
    members: resolveMembers(
      inventory,
      group ?? { answer: "absent", asOf: world.now, source: directoryName },
      directoryName,
    ),
    roles: given,
    teams: fitted(teams),
    unknownBundles: fitted(mapping.bundles.filter((name) => !world.bundles.has(name.value))),
    until,
    inForce,
    held: inForce ? heldOf(given) : NOTHING_HELD,
    isMisread,
  };
}

const NOTHING_HELD: readonly HeldRole[] = [];

function heldOf(roles: readonly GrantedRole[]): readonly HeldRole[] {
  return roles.every(exists) ? roles : fitted(roles.filter(exists));
}

function exists(granted: GrantedRole): granted is HeldRole {
  return granted.role.answer === "present";
}

/** The roles of a mapping that are known to exist. */
export function presentRoles(resolved: ResolvedMapping): readonly Role[] {
  const roles = resolved.roles.flatMap((granted) => (granted.role.answer === "present" ? [granted.role.item] : []));
  return [...new Set(roles)];
}

/** Only active people count as members. */
export function activeMembers(members: Knowledge<Principal>): readonly Principal[] {
  return memo(members, listActive);
}

function listActive(members: Knowledge<Principal>): readonly Principal[] {
  return [...itemsOf(members).values()].filter((principal) => principal.state === "active");
}

/** How many members there are of whom the directory does not say whether they may sign in. */
export function unjudgedMembers(members: Knowledge<Principal>): number {
  return memo(members, countUnjudged);
}

function countUnjudged(members: Knowledge<Principal>): number {
  return [...itemsOf(members).values()].filter(({ state }) => state === "unknown").length;
}

/**
 * How many active people a group reaches, or why that is not known. People of unknown state make it an upper bound. The
 * size of an unread group falls back to the directory's own count, which includes disabled people and is one as well.
 */
export function audienceSize(
  resolved: ResolvedMapping,
): { readonly people: number; readonly exact: boolean } | undefined {
  const { members, group } = resolved;
  if (members.state === "known" && members.complete) {
    const unjudged = unjudgedMembers(members);
    return { people: activeMembers(members).length + unjudged, exact: unjudged === 0 };
  }
  if (members.state === "known") return undefined;
  if (group?.answer === "present" && group.item.memberCount !== undefined)
    return { people: group.item.memberCount, exact: false };
  return undefined;
}

/** The group as people know it. */
export function groupName({ mapping, group }: ResolvedMapping): string {
  return group?.answer === "present" ? group.item.name : (mapping.group?.text ?? "");
}
