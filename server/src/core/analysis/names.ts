/** Every live thing that a file names, once per place: groups, roles and teams, those of bundles included. */

import { type DirectoryInventory, findGroupById, type Group } from "../model/directory.ts";
import { itemsOf, type Lookup } from "../model/knowledge.ts";
import type { Bundle, GroupRef, Mapping, MappingFile, RoleRef } from "../model/mapping.ts";
import type { OrganizationConfig } from "../model/project.ts";
import type { Role, TargetInventory, Team } from "../model/target.ts";
import type { Span, Spanned } from "../model/text.ts";
import { type ResolvedMapping, resolvedMappings } from "./grants.ts";
import { groupsByName, indexBy, resolveRole, resolveTeam, rolesByName, teamsByHandle } from "./resolve.ts";
import { memo, organizationOf, type Snapshot } from "./snapshot.ts";

/** A name as written, what it stands for, and where it was looked up. */
interface Named<R, T> {
  readonly ref: R;
  readonly found: Lookup<T>;
  /** The name that is there instead, when what was written differs from it in case alone. */
  readonly otherCase?: string;
  /** The name that the thing has now which the lock knows by the written one. */
  readonly renamedTo?: string;
  /** What has the name now is another thing than the lock knows. */
  readonly isRecreated?: boolean;
}

export interface NamedGroup extends Named<GroupRef, Group> {
  readonly mapping: Mapping;
  readonly inventory: DirectoryInventory;
}

export interface NamedRole extends Named<RoleRef, Role> {
  readonly organization: OrganizationConfig;
  readonly target: TargetInventory;
}

export interface NamedTeam extends Named<Spanned<string>, Team> {
  readonly organization: OrganizationConfig;
  readonly target: TargetInventory;
}

export interface FileNames {
  readonly groups: readonly NamedGroup[];
  readonly roles: readonly NamedRole[];
  readonly teams: readonly NamedTeam[];
}

/** Names in one file. A bundle's are looked up in the organizations of the mappings that use it. */
export function namesIn(snapshot: Snapshot, { file }: MappingFile): FileNames {
  return memo(snapshot, namesByFile).get(file) ?? { groups: [], roles: [], teams: [] };
}

/** Any name of a file, for rules that treat the three kinds alike. */
export interface AnyName extends Named<unknown, unknown> {
  readonly kind: "group" | "role" | "team";
  readonly text: string;
  readonly span: Span;
  readonly system: string;
}

export function allNamesIn(snapshot: Snapshot, file: MappingFile): readonly AnyName[] {
  return memo(namesIn(snapshot, file), listAll);
}

function listAll({ groups, roles, teams }: FileNames): readonly AnyName[] {
  return [
    ...groups.map((name): AnyName => {
      return { ...name, kind: "group", text: name.ref.text, span: name.ref.span, system: name.inventory.name };
    }),
    ...roles.map((name): AnyName => {
      const text = name.ref.name ?? "";
      return { ...name, kind: "role", text, span: name.ref.span, system: name.organization.name };
    }),
    ...teams.map((name): AnyName => {
      return { ...name, kind: "team", text: name.ref.value, span: name.ref.span, system: name.organization.name };
    }),
  ];
}

function namesByFile(snapshot: Snapshot): ReadonlyMap<string, FileNames> {
  const mappings = indexBy(resolvedMappings(snapshot), ({ mapping }) => mapping.file);
  const users = bundleUsers(snapshot);
  return new Map(
    snapshot.files.map(({ content }) => {
      const own = mappings.get(content.file) ?? [];
      const lists = [
        ...own.map(({ mapping, organization }) => ({ roles: mapping.roles, teams: mapping.teams, organization })),
        ...content.bundles.flatMap((bundle) =>
          [...(users.get(bundle) ?? [organizationOf(snapshot, content)])].map((organization) => ({
            roles: bundle.roles,
            teams: bundle.teams,
            organization,
          })),
        ),
      ];
      return [content.file, { groups: namedGroups(snapshot, own), ...namedEntitlements(snapshot, lists) }];
    }),
  );
}

function namedGroups(snapshot: Snapshot, mappings: readonly ResolvedMapping[]): NamedGroup[] {
  return mappings.flatMap(({ mapping, group, directory }) => {
    const inventory = directory && snapshot.directories.get(directory.name);
    const ref = mapping.group;
    if (!group || !ref || !inventory) return [];
    const asked = [...itemsOf(inventory.named.get(ref.text)).values()].map(({ name }) => name);
    const listed = memo(inventory, groupsByFoldedName).get(ref.text.toLowerCase()) ?? [];
    const otherCase = ref.by === "name" && group.answer === "absent" ? variantOf(ref.text, [...listed, ...asked]) : {};
    const pin = ref.by === "name" ? snapshot.lock.groups.get(inventory.name)?.get(ref.text)?.id : undefined;
    const pinned = comparePin(pin, group, (id) => {
      const now = findGroupById(inventory, id);
      return now.answer === "present" ? now.item.name : undefined;
    });
    return [{ ref, found: group, mapping, inventory, ...otherCase, ...pinned }];
  });
}

interface Entitlements {
  readonly roles: readonly RoleRef[];
  readonly teams: readonly Spanned<string>[];
  readonly organization: OrganizationConfig | undefined;
}

function namedEntitlements(snapshot: Snapshot, lists: readonly Entitlements[]): Omit<FileNames, "groups"> {
  const roles = new Map<string, NamedRole>();
  const teams = new Map<string, NamedTeam>();
  for (const { organization, ...list } of lists) {
    const target = organization && snapshot.targets.get(organization.name);
    if (!organization || !target) continue;
    const where = { organization, target };
    const pins = snapshot.lock.organizations.get(organization.name);
    // Lists that share an anchor name the same places.
    for (const ref of list.roles) {
      const found = resolveRole(target, ref, organization.name);
      const names = memo(target, rolesByFoldedName).get((ref.name ?? "").toLowerCase());
      const otherCase = ref.id === undefined && found.answer === "absent" ? variantOf(ref.name ?? "", names) : {};
      const pin = ref.id === undefined ? pins?.roles.get(ref.name ?? "")?.id : undefined;
      const pinned = comparePin(pin, found, (id) => itemsOf(target.roles).get(id)?.name);
      roles.set(`${organization.name} ${ref.span.start}`, { ref, found, ...where, ...otherCase, ...pinned });
    }
    for (const ref of list.teams) {
      const found = resolveTeam(target, ref.value, organization.name);
      const names = memo(target, teamsByFoldedHandle).get(ref.value.toLowerCase());
      const otherCase = found.answer === "absent" ? variantOf(ref.value, names) : {};
      const pinned = comparePin(pins?.teams.get(ref.value)?.id, found, (id) => itemsOf(target.teams).get(id)?.handle);
      teams.set(`${organization.name} ${ref.span.start}`, { ref, found, ...where, ...otherCase, ...pinned });
    }
  }
  return { roles: [...roles.values()], teams: [...teams.values()] };
}

function bundleUsers(snapshot: Snapshot): ReadonlyMap<Bundle, ReadonlySet<OrganizationConfig>> {
  const users = new Map<Bundle, Set<OrganizationConfig>>();
  for (const { roles, teams, organization } of resolvedMappings(snapshot)) {
    for (const { bundle } of [...roles, ...teams]) {
      if (!bundle || !organization) continue;
      const known = users.get(bundle);
      if (known) known.add(organization);
      else users.set(bundle, new Set([organization]));
    }
  }
  return users;
}

/** The lock's word on a name: ids are stable, so a name that went elsewhere is a rename and one that came back is not. */
function comparePin(
  pin: string | undefined,
  found: Lookup<{ readonly id: string }>,
  nameOf: (id: string) => string | undefined,
): { readonly renamedTo?: string; readonly isRecreated?: boolean } {
  if (pin === undefined) return {};
  if (found.answer === "present" && found.item.id !== pin) return { isRecreated: true };
  const renamedTo = found.answer === "absent" ? nameOf(pin) : undefined;
  return renamedTo === undefined ? {} : { renamedTo };
}

function variantOf(text: string, names: readonly string[] = []): { readonly otherCase?: string } {
  const otherCase = names.find((name) => name !== text && name.toLowerCase() === text.toLowerCase());
  return otherCase === undefined ? {} : { otherCase };
}

function groupsByFoldedName(inventory: DirectoryInventory): ReadonlyMap<string, readonly string[]> {
  return indexBy(memo(inventory, groupsByName).keys(), (name) => name.toLowerCase());
}

function rolesByFoldedName(target: TargetInventory): ReadonlyMap<string, readonly string[]> {
  return indexBy(memo(target, rolesByName).keys(), (name) => name.toLowerCase());
}

function teamsByFoldedHandle(target: TargetInventory): ReadonlyMap<string, readonly string[]> {
  return indexBy(memo(target, teamsByHandle).keys(), (handle) => handle.toLowerCase());
}
