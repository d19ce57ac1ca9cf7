/** A committed snapshot that answers for systems nobody has credentials for: sizes and names, never people. */

import { mergePermission } from "../../core/model/catalogue.ts";
import type { DirectoryInventory, Group } from "../../core/model/directory.ts";
import { complete, type Fact, type Failure, type Knowledge, partial, unknown } from "../../core/model/knowledge.ts";
import type { Permission, Role, TargetInventory, Team } from "../../core/model/target.ts";
import { dayOf, daysBetween, type Instant } from "../../core/model/time.ts";
import type {
  SnapshotCollection,
  SnapshotDirectory,
  SnapshotFile,
  SnapshotGroup,
  SnapshotOrganization,
} from "../../store/snapshotFile.ts";
import type { Reading } from "./reading.ts";
import type { System } from "./systems.ts";

/** Days after which a snapshot still tells what exists, but no longer what does not. */
const PROOF_DAYS = 30;

/** Source of what a snapshot tells. */
const SOURCE = "snapshot";

/** What the snapshot says of a system, or undefined: it has nothing of it, or of another one under the same name. */
export function standIn(file: SnapshotFile, system: System, now: Instant): Reading | undefined {
  const known = system.kind === "directory" ? file.directories[system.name] : file.organizations[system.name];
  if (known?.system !== system.key) return undefined;
  const gap = gapOfAge(system.name, file.takenAt, now);
  const know = <T>(isWhole: boolean, items: ReadonlyMap<string, T>): Knowledge<T> => {
    const why = gap ?? (isWhole ? undefined : wasIncomplete(system.name, file.takenAt));
    return why ? partial(SOURCE, file.takenAt, items, why) : complete(SOURCE, file.takenAt, items);
  };
  return "groups" in known
    ? { kind: "directory", inventory: toDirectory(system.name, known, know, file.takenAt) }
    : { kind: "organization", inventory: toTarget(system.name, known, know, file.takenAt) };
}

type Know = <T>(isWhole: boolean, items: ReadonlyMap<string, T>) => Knowledge<T>;

function toDirectory(name: string, from: SnapshotDirectory, know: Know, takenAt: Instant): DirectoryInventory {
  const groups = new Map(from.groups.map((group) => [group.id, toGroup(group)]));
  const nobody = unknown(withoutPeople(name, takenAt));
  const found = (ids: readonly string[]) => new Map(ids.flatMap((id): [string, Group][] => entryOf(groups, id)));
  return {
    name,
    kind: from.type,
    groups: know(from.complete, groups),
    ...(from.filter !== undefined && { filter: from.filter }),
    named: new Map(Object.entries(from.lookups).map(([asked, ids]) => [asked, know(true, found(ids))])),
    members: new Map(from.groups.map(({ id }) => [id, nobody])),
  };
}

function entryOf<T>(all: ReadonlyMap<string, T>, id: string): [string, T][] {
  const item = all.get(id);
  return item === undefined ? [] : [[id, item]];
}

/**
 * The people who may be active stand for the directory's own count, those whose state it does not tell among them: as with
 * live members, that is what judgements about a group need.
 */
function toGroup({ id, name, kind, active, outsiders = 0, disabled = 0, unjudged = 0 }: SnapshotGroup): Group {
  const parts = [
    ...(outsiders > 0 ? [`${outsiders} of its people are from outside.`] : []),
    ...(disabled > 0 ? [`${disabled} disabled not counted.`] : []),
    ...(unjudged > 0 ? [`Of ${unjudged} of them the directory does not tell the state.`] : []),
  ];
  return {
    id,
    name,
    kind,
    ...(parts.length > 0 && { description: parts.join(" ") }),
    ...(active !== undefined && { memberCount: active + unjudged }),
  };
}

function toTarget(name: string, from: SnapshotOrganization, know: Know, takenAt: Instant): TargetInventory {
  const none = unknown(withoutPeople(name, takenAt));
  const isWhole = (collection: SnapshotCollection) => from.complete.includes(collection);
  const fact = <T>(value: T | undefined): Fact<T> =>
    value === undefined ? none : { state: "known", value, asOf: takenAt };
  return {
    name,
    site: from.site,
    actor: none,
    permissions: know<Permission>(
      isWhole("permissions"),
      new Map(from.permissions.map((live) => [live.name, mergePermission(live)])),
    ),
    roles: know<Role>(
      isWhole("roles"),
      new Map(
        from.roles.map(({ holders, ...role }) => [
          role.id,
          { ...role, ...(holders !== undefined && { userCount: holders }) },
        ]),
      ),
    ),
    accounts: none,
    teams: know<Team>(isWhole("teams"), new Map(from.teams.map((team) => [team.id, { ...team, name: team.handle }]))),
    teamMembers: new Map(from.teams.map(({ id }) => [id, none])),
    mappings: none,
    switches: { roleMapping: fact(from.switches.roleMapping), teamSource: fact(from.switches.teamSource) },
  };
}

/** `the snapshot of 2026-11-20`. */
export function describeSnapshot(takenAt: Instant): string {
  return `the snapshot of ${dayOf(takenAt)}`;
}

function gapOfAge(system: string, takenAt: Instant, now: Instant): Failure | undefined {
  const days = daysBetween(dayOf(takenAt), dayOf(now));
  if (days <= PROOF_DAYS) return undefined;
  const message = `${describeSnapshot(takenAt)} is ${days} days old, so it cannot tell what does not exist`;
  return { kind: "stale", system, message, at: takenAt };
}

function wasIncomplete(system: string, takenAt: Instant): Failure {
  const message = `${describeSnapshot(takenAt)} was taken from an incomplete read of ${system}`;
  return { kind: "incomplete", system, message, at: takenAt };
}

function withoutPeople(system: string, takenAt: Instant): Failure {
  return { kind: "not-configured", system, message: `${describeSnapshot(takenAt)} holds no people`, at: takenAt };
}
