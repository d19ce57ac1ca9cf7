/** What accessmap.lock should record of what the files name, and what changed since somebody last looked at it. */

import { itemsOf } from "../model/knowledge.ts";
import type { GroupPin, Lock, OrganizationLock, Pin, RolePin } from "../model/lock.ts";
import type { Role } from "../model/target.ts";
import { dayOf } from "../model/time.ts";
import { audienceSize, mappingsOf, type ResolvedMapping, resolvedMappings } from "./grants.ts";
import { growthOf } from "./judgements/growth.ts";
import { contentChange, describeRoleChange, roleChange } from "./judgements/roleChange.ts";
import type { Snapshot } from "./snapshot.ts";

export interface PinOptions {
  /** Organization from which apply may also remove from now on. */
  readonly adopt?: string;
  /** Somebody has looked at all that changed: contents and sizes are recorded as they are now. */
  readonly isReview?: boolean;
}

/**
 * Pins of everything the files name and that exists. What the lock manages already stays managed until it is gone, and
 * what was reviewed stays as it was until the next review: its content, and that the name meant another thing then.
 */
export function pinsOf(snapshot: Snapshot, { adopt, isReview = false }: PinOptions): Lock {
  const organizations = new Map<string, OrganizationLock>();
  for (const name of snapshot.project?.content.organizations.keys() ?? []) {
    const old = snapshot.lock.organizations.get(name);
    const roles = new Map<string, RolePin>(old?.roles);
    const teams = new Map<string, Pin>(old?.teams);
    for (const resolved of mappingsOf(snapshot, name)) {
      for (const { role, ref } of resolved.roles)
        if (role.answer === "present")
          roles.set(role.item.name, rolePin(role.item, old?.roles, isReview || ref.id !== undefined));
      for (const { handle, team } of resolved.teams) {
        const known = old?.teams.get(handle);
        if (team.answer === "present") teams.set(handle, !isReview && known?.id ? known : { id: team.item.id });
        // A team that apply will create is ours from the start; the next lock fills in its id.
        else if (team.answer === "absent") teams.set(handle, { id: "" });
      }
    }
    // The first record of an organization is its first review.
    const reviewed = isReview || !old ? dayOf(snapshot.now) : old.reviewed;
    const adopted = old?.adopted === true || adopt === name;
    organizations.set(name, { adopted, ...(reviewed === undefined ? {} : { reviewed }), roles, teams });
  }
  const groups = new Map<string, Map<string, GroupPin>>();
  for (const resolved of resolvedMappings(snapshot)) {
    const { directory, group } = resolved;
    if (!directory || group?.answer !== "present") continue;
    const pins = groups.get(directory.name) ?? new Map<string, GroupPin>();
    const old = snapshot.lock.groups.get(directory.name);
    groups.set(directory.name, pins.set(group.item.name, groupPin(resolved, group.item.id, old, isReview)));
  }
  return { organizations, groups };
}

/** One line for each thing that is not what was last reviewed. */
export function changesSinceReview(snapshot: Snapshot): readonly string[] {
  const lines = new Set<string>();
  for (const resolved of resolvedMappings(snapshot)) {
    for (const line of groupChanges(snapshot, resolved)) lines.add(line);
    const { organization, target } = resolved;
    const pins = organization && snapshot.lock.organizations.get(organization.name)?.roles;
    if (!pins || !target) continue;
    for (const line of teamChanges(snapshot, resolved)) lines.add(line);
    for (const { role, ref } of resolved.roles) {
      const pin = pins.get(role.answer === "present" ? role.item.name : (ref.name ?? ""));
      const where = `in ${organization.name}`;
      if (role.answer === "present" && pin && pin.id !== role.item.id) {
        const change = contentChange(target, role.item, pin);
        const content = change ? `: ${describeRoleChange(target, change, Number.POSITIVE_INFINITY)}` : "";
        lines.add(`role ${role.item.name} ${where} is another one of the same name${content}`);
      }
      const renamed = role.answer === "absent" && pin ? itemsOf(target.roles).get(pin.id) : undefined;
      if (renamed) lines.add(`role ${ref.name} ${where} is called ${renamed.name} now`);
      const change = role.answer === "present" ? roleChange(target, role.item, pin) : undefined;
      if (role.answer === "present" && change)
        lines.add(`role ${role.item.name} ${where} ${describeRoleChange(target, change, Number.POSITIVE_INFINITY)}`);
    }
  }
  return [...lines].sort();
}

function teamChanges({ lock }: Snapshot, { organization, teams }: ResolvedMapping): readonly string[] {
  const pins = organization && lock.organizations.get(organization.name)?.teams;
  return teams.flatMap(({ handle, team }) => {
    const pin = pins?.get(handle)?.id;
    const isOther = pin && team.answer === "present" && team.item.id !== pin;
    return isOther ? [`team ${handle} in ${organization?.name} is another one of the same name`] : [];
  });
}

function groupChanges(snapshot: Snapshot, resolved: ResolvedMapping): readonly string[] {
  const { directory, group, mapping } = resolved;
  if (!directory || !mapping.group || group?.answer !== "present") return [];
  const pins = snapshot.lock.groups.get(directory.name);
  const { id, name } = group.item;
  const where = `in ${directory.name}`;
  const pin = pins?.get(name);
  if (pin && pin.id !== id) return [`group ${name} ${where} is another one of the same name`];
  const former = pin ? undefined : [...(pins ?? [])].find(([, old]) => old.id === id)?.[0];
  if (former !== undefined) return [`group ${former} ${where} is called ${name} now`];
  const growth = growthOf(resolved, snapshot.lock);
  return growth ? [`group ${name} ${where} grew from ${growth.before} to ${growth.now} people`] : [];
}

/** What was made anew under a known name is taken up by a review alone, or where the file itself writes its id. */
function rolePin(role: Role, old: ReadonlyMap<string, RolePin> | undefined, isReview: boolean): RolePin {
  const known = old?.get(role.name);
  if (!isReview && known && (known.id !== role.id || known.permissions)) return known;
  return role.unresolved > 0 ? { id: role.id } : { id: role.id, permissions: [...role.permissions].sort() };
}

function groupPin(
  resolved: ResolvedMapping,
  id: string,
  old: ReadonlyMap<string, GroupPin> | undefined,
  isReview: boolean,
): GroupPin {
  const known = old?.get(resolved.group?.answer === "present" ? resolved.group.item.name : "");
  const isOther = known && known.id !== id && resolved.mapping.group?.by === "name";
  if (!isReview && (isOther || (known?.id === id && known.people !== undefined))) return known;
  const audience = audienceSize(resolved);
  return audience?.exact ? { id, people: audience.people } : { id };
}
