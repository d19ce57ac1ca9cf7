/** Every live thing that a mapping or bundle names, once per place: groups, roles and teams. */

import { type DirectoryInventory, findGroupById, type Group } from "../model/directory.ts";
import { itemsOf, type Lookup } from "../model/knowledge.ts";
import type { Bundle, GroupRef, Mapping, RoleRef } from "../model/mapping.ts";
import type { OrganizationConfig } from "../model/project.ts";
import type { Role, TargetInventory, Team } from "../model/target.ts";
import type { Source, Span, Spanned } from "../model/text.ts";
import type { ResolvedMapping } from "./grants.ts";
import { groupsByName, indexBy, resolveRole, resolveTeam, rolesByName, teamsByHandle } from "./resolve.ts";
import { memo } from "./snapshot.ts";
import type { World } from "./world.ts";

/** A name as written, what it stands for, and where it was looked up. */
interface Named<R, T> {
  readonly ref: R;
  /** What the spans of `ref` count in. */
  readonly source: Source;
  readonly found: Lookup<T>;
  /** The name that is there instead, when what was written differs from it in case alone. */
  readonly otherCase?: string;
  /** What is written is a name where an id belongs, or an id where a name does: how the thing would be written. */
  readonly otherKind?: { readonly name: string; readonly id: string };
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

export interface Names {
  readonly groups: readonly NamedGroup[];
  readonly roles: readonly NamedRole[];
  readonly teams: readonly NamedTeam[];
}

/** Any name, for rules that treat the three kinds alike. */
export interface AnyName extends Named<unknown, unknown> {
  readonly kind: "group" | "role" | "team";
  readonly text: string;
  readonly span: Span;
  readonly system: string;
}

/** Names written at the mapping itself; those of its bundles are written, and judged, at the bundle. */
export function namesOfMapping(world: World, resolved: ResolvedMapping): Names {
  const { mapping, organization } = resolved;
  return { groups: namedGroup(world, resolved), ...namedEntitlements(world, mapping, organization) };
}

/** Names of a bundle, looked up in each organization whose mappings use it. */
export function namesOfBundle(world: World, bundle: Bundle, organizations: readonly OrganizationConfig[]): Names {
  const each = organizations.map((organization) => namedEntitlements(world, bundle, organization));
  return { groups: [], roles: each.flatMap(({ roles }) => roles), teams: each.flatMap(({ teams }) => teams) };
}

export function listNames({ groups, roles, teams }: Names): readonly AnyName[] {
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

function namedGroup(world: World, { mapping, group, directory }: ResolvedMapping): NamedGroup[] {
  const inventory = directory && world.directories.get(directory.name);
  const ref = mapping.group;
  if (!group || !ref || !inventory) return [];
  const pin = ref.by === "name" ? world.lock.groups.get(inventory.name)?.get(ref.text)?.id : undefined;
  const pinned = comparePin(pin, group, (id) => {
    const now = findGroupById(inventory, id);
    return now.answer === "present" ? now.item.name : undefined;
  });
  const otherwise = { ...groupInOtherCase(inventory, ref, group), ...groupOfOtherKind(inventory, ref, group) };
  return [{ ref, source: mapping.source, found: group, mapping, inventory, ...otherwise, ...pinned }];
}

function groupOfOtherKind(inventory: DirectoryInventory, ref: GroupRef, group: Lookup<Group>) {
  if (group.answer !== "absent") return {};
  if (ref.by === "id") return otherKindOf(groupsByName(inventory).get(ref.text));
  const byId = findGroupById(inventory, ref.text);
  return otherKindOf(byId.answer === "present" ? [byId.item] : []);
}

function groupInOtherCase(inventory: DirectoryInventory, ref: GroupRef, group: Lookup<Group>) {
  if (ref.by === "id" || group.answer !== "absent") return {};
  const asked = [...itemsOf(inventory.named.get(ref.text)).values()].map(({ name }) => name);
  const listed = memo(groupsByName(inventory), foldNames).get(ref.text.toLowerCase()) ?? [];
  return variantOf(ref.text, [...listed, ...asked]);
}

function namedEntitlements(
  world: World,
  { source, roles, teams }: Pick<Bundle, "source" | "roles" | "teams">,
  organization: OrganizationConfig | undefined,
): Omit<Names, "groups"> {
  const target = organization && world.targets.get(organization.name);
  if (!organization || !target) return { roles: [], teams: [] };
  const where = { organization, target };
  const pins = world.lock.organizations.get(organization.name);
  return {
    roles: roles.map((ref) => {
      const found = resolveRole(target, ref, organization.name);
      const otherCase =
        ref.id === undefined && found.answer === "absent"
          ? variantOf(ref.name ?? "", memo(target, rolesByFoldedName).get((ref.name ?? "").toLowerCase()))
          : {};
      const pin = ref.id === undefined ? pins?.roles.get(ref.name ?? "")?.id : undefined;
      const pinned = comparePin(pin, found, (id) => itemsOf(target.roles).get(id)?.name);
      const otherKind = found.answer === "absent" ? roleOfOtherKind(target, ref) : {};
      return { ref, source, found, ...where, ...otherCase, ...otherKind, ...pinned };
    }),
    teams: teams.map((ref) => {
      const found = resolveTeam(target, ref.value, organization.name);
      const otherCase =
        found.answer === "absent"
          ? variantOf(ref.value, memo(target, teamsByFoldedHandle).get(ref.value.toLowerCase()))
          : {};
      const pinned = comparePin(pins?.teams.get(ref.value)?.id, found, (id) => itemsOf(target.teams).get(id)?.handle);
      return { ref, source, found, ...where, ...otherCase, ...pinned };
    }),
  };
}

/** The lock's word on a name: ids are stable, so a name that went elsewhere is a rename and one that came back is not. */
function comparePin(
  pin: string | undefined,
  found: Lookup<{ readonly id: string }>,
  nameOf: (id: string) => string | undefined,
): { readonly renamedTo?: string; readonly isRecreated?: boolean } {
  // A team that a push has yet to create has no id to go by.
  if (pin === undefined || pin === "") return {};
  if (found.answer === "present" && found.item.id !== pin) return { isRecreated: true };
  const renamedTo = found.answer === "absent" ? nameOf(pin) : undefined;
  return renamedTo === undefined ? {} : { renamedTo };
}

function roleOfOtherKind(target: TargetInventory, { id, name }: RoleRef) {
  if (id !== undefined) return otherKindOf(memo(target, rolesByName).get(id));
  const byId = itemsOf(target.roles).get(name ?? "");
  return otherKindOf(byId ? [byId] : []);
}

/** Only one thing can be meant: a name that several have stands for none of them. */
function otherKindOf(found: readonly { readonly name: string; readonly id: string }[] | undefined) {
  const [thing, ...others] = found ?? [];
  return thing && others.length === 0 ? { otherKind: { name: thing.name, id: thing.id } } : {};
}

function variantOf(text: string, names: readonly string[] = []): { readonly otherCase?: string } {
  const otherCase = names.find((name) => name !== text && name.toLowerCase() === text.toLowerCase());
  return otherCase === undefined ? {} : { otherCase };
}

function foldNames(groups: ReadonlyMap<string, readonly Group[]>): ReadonlyMap<string, readonly string[]> {
  return indexBy(groups.keys(), (name) => name.toLowerCase());
}

function rolesByFoldedName(target: TargetInventory): ReadonlyMap<string, readonly string[]> {
  return indexBy(memo(target, rolesByName).keys(), (name) => name.toLowerCase());
}

function teamsByFoldedHandle(target: TargetInventory): ReadonlyMap<string, readonly string[]> {
  return indexBy(memo(target, teamsByHandle).keys(), (handle) => handle.toLowerCase());
}
