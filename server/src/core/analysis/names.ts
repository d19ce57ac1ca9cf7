/** Every live thing that a mapping or bundle names, once per place: groups, roles and teams. */

import { type DirectoryInventory, findGroupById, type Group } from "../model/directory.ts";
import { itemsOf, type Lookup } from "../model/knowledge.ts";
import type { Bundle, GroupRef, Mapping, RoleRef } from "../model/mapping.ts";
import { indexBy } from "../model/maps.ts";
import type { OrganizationConfig } from "../model/project.ts";
import type { Role, TargetInventory, Team } from "../model/target.ts";
import type { Source, Span, Spanned } from "../model/text.ts";
import type { ResolvedMapping } from "./grants.ts";
import { memo } from "./memo.ts";
import { groupsByName, resolveRole, resolveTeam, rolesByName, teamsByHandle } from "./resolve.ts";
import type { World } from "./world.ts";

/** What may be told of a name besides what it stands for. Each is undefined where there is nothing to tell. */
interface Hints {
  /** The name that is there instead, when what was written differs from it in case alone. */
  readonly otherCase: string | undefined;
  /** What is written is a name where an id belongs, or an id where a name does: how the thing would be written. */
  readonly otherKind: { readonly name: string; readonly id: string } | undefined;
  /** The name that the thing has now which the lock knows by the written one. */
  readonly renamedTo: string | undefined;
  /** What has the name now is another thing than the lock knows. */
  readonly isRecreated: boolean;
}

/** A name as written, what it stands for, and where it was looked up. */
interface Named<K, R, T> extends Hints {
  readonly kind: K;
  readonly text: string;
  /** Counts in `source`, as those of `ref` do. */
  readonly span: Span;
  readonly source: Source;
  readonly ref: R;
  readonly found: Lookup<T>;
  /** Name of the directory or organization. */
  readonly system: string;
}

export interface NamedGroup extends Named<"group", GroupRef, Group> {
  readonly mapping: Mapping;
  readonly inventory: DirectoryInventory;
}

export interface NamedRole extends Named<"role", RoleRef, Role> {
  readonly organization: OrganizationConfig;
  readonly target: TargetInventory;
}

export interface NamedTeam extends Named<"team", Spanned<string>, Team> {
  readonly organization: OrganizationConfig;
  readonly target: TargetInventory;
}

export interface Names {
  readonly groups: readonly NamedGroup[];
  readonly roles: readonly NamedRole[];
  readonly teams: readonly NamedTeam[];
}

/** For rules that treat the three kinds alike. */
export type AnyName = NamedGroup | NamedRole | NamedTeam;

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

/** The names of all three kinds in one list. */
export function listNames({ groups, roles, teams }: Names): readonly AnyName[] {
  return [...groups, ...roles, ...teams];
}

function namedGroup(world: World, { mapping, group: found, directory }: ResolvedMapping): readonly NamedGroup[] {
  const inventory = directory && world.directories.get(directory.name);
  const ref = mapping.group;
  if (!found || !ref || !inventory) return [];
  const { text, span } = ref;
  const system = inventory.name;
  const pin = ref.by === "name" ? world.lock.groups.get(system)?.get(text)?.id : undefined;
  const hints = hintsUnlessAbsent(found, pin) ?? {
    otherCase: groupInOtherCase(inventory, ref),
    otherKind: groupOfOtherKind(inventory, ref),
    renamedTo: pin ? groupById(inventory, pin)?.name : undefined,
    isRecreated: false,
  };
  return [{ kind: "group", text, span, source: mapping.source, ref, found, system, mapping, inventory, ...hints }];
}

function namedEntitlements(
  world: World,
  { source, roles, teams }: Pick<Bundle, "source" | "roles" | "teams">,
  organization: OrganizationConfig | undefined,
): Omit<Names, "groups"> {
  const target = organization && world.targets.get(organization.name);
  if (!organization || !target) return { roles: [], teams: [] };
  const system = organization.name;
  const pins = world.lock.organizations.get(system);
  return {
    roles: roles.map((ref): NamedRole => {
      const { id, name = "", span } = ref;
      const found = resolveRole(target, ref, system);
      const pin = id === undefined ? pins?.roles.get(name)?.id : undefined;
      const hints = hintsUnlessAbsent(found, pin) ?? {
        otherCase: id === undefined ? variantOf(name, memo(target, rolesByName)) : undefined,
        otherKind: roleOfOtherKind(target, ref),
        renamedTo: pin ? itemsOf(target.roles).get(pin)?.name : undefined,
        isRecreated: false,
      };
      return { kind: "role", text: name, span, source, ref, found, system, organization, target, ...hints };
    }),
    teams: teams.map((ref): NamedTeam => {
      const { value: text, span } = ref;
      const found = resolveTeam(target, text, system);
      const pin = pins?.teams.get(text)?.id;
      const hints = hintsUnlessAbsent(found, pin) ?? {
        otherCase: variantOf(text, memo(target, teamsByHandle)),
        otherKind: undefined,
        renamedTo: pin ? itemsOf(target.teams).get(pin)?.handle : undefined,
        isRecreated: false,
      };
      return { kind: "team", text, span, source, ref, found, system, organization, target, ...hints };
    }),
  };
}

const NO_HINTS: Hints = { otherCase: undefined, otherKind: undefined, renamedTo: undefined, isRecreated: false };
const RECREATED: Hints = { ...NO_HINTS, isRecreated: true };

/**
 * Ids are stable, so by the lock's `pin` a name that went elsewhere is a rename, and one that came back is not. A team that
 * a push has yet to create has an empty one.
 */
function hintsUnlessAbsent(found: Lookup<{ readonly id: string }>, pin: string | undefined): Hints | undefined {
  if (found.answer === "absent") return undefined;
  return pin && found.answer === "present" && found.item.id !== pin ? RECREATED : NO_HINTS;
}

function groupOfOtherKind(inventory: DirectoryInventory, { by, text }: GroupRef): Hints["otherKind"] {
  if (by === "id") return onlyOne(groupsByName(inventory).get(text));
  const byId = groupById(inventory, text);
  return onlyOne(byId ? [byId] : []);
}

function groupById(inventory: DirectoryInventory, id: string): Group | undefined {
  const found = findGroupById(inventory, id);
  return found.answer === "present" ? found.item : undefined;
}

function groupInOtherCase(inventory: DirectoryInventory, { by, text }: GroupRef): string | undefined {
  if (by === "id") return undefined;
  const asked = [...itemsOf(inventory.named.get(text)).values()].map(({ name }) => name);
  return variantOf(text, groupsByName(inventory)) ?? variantAmong(text, asked);
}

function roleOfOtherKind(target: TargetInventory, { id, name = "" }: RoleRef): Hints["otherKind"] {
  if (id !== undefined) return onlyOne(memo(target, rolesByName).get(id));
  const byId = itemsOf(target.roles).get(name);
  return onlyOne(byId ? [byId] : []);
}

/** Only one thing can be meant: a name that several have stands for none of them. */
function onlyOne(found: readonly { readonly name: string; readonly id: string }[] | undefined): Hints["otherKind"] {
  const [thing, ...others] = found ?? [];
  return thing && others.length === 0 ? { name: thing.name, id: thing.id } : undefined;
}

function variantOf(text: string, names: ReadonlyMap<string, unknown>): string | undefined {
  const folded = text.toLowerCase();
  if (folded !== text && names.has(folded)) return folded;
  return variantAmong(text, memo(names, withCapitals).get(folded) ?? []);
}

function variantAmong(text: string, names: readonly string[]): string | undefined {
  return names.find((name) => name !== text && name.toLowerCase() === text.toLowerCase());
}

/** Names that are not in lower case, by what they are then: of 100,000 groups most are, and are found as they stand. */
function withCapitals(names: ReadonlyMap<string, unknown>): ReadonlyMap<string, readonly string[]> {
  const others = [...names.keys()].filter((name) => name !== name.toLowerCase());
  return indexBy(others, (name) => name.toLowerCase());
}
