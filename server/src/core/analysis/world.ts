/** All that the meaning of one mapping rests on besides itself and the head of its file. Of mappings it holds those of a base commit alone. */

import type { DirectoryInventory } from "../model/directory.ts";
import type { Lock } from "../model/lock.ts";
import type { Bundle, FileHead, Mapping } from "../model/mapping.ts";
import { indexBy } from "../model/maps.ts";
import type { Move } from "../model/moves.ts";
import type { DirectoryConfig, OrganizationConfig, Project } from "../model/project.ts";
import { DEFAULT_POLICY, type Policy } from "../model/project.ts";
import type { TargetInventory } from "../model/target.ts";
import type { Spanned } from "../model/text.ts";
import { dayOf, type Instant } from "../model/time.ts";
import type { ReadFile } from "../syntax/readFile.ts";
import type { ReadMappingFile } from "../syntax/readMappingFile.ts";
import type { ResolvedMapping } from "./grants.ts";

/** Project, bundles, lock, live inventories and the time, frozen. */
export interface World {
  readonly project: ReadFile<Project> | undefined;
  /** Definitions by name, in file order; the first one counts, later ones are duplicates for a rule to report. */
  readonly bundles: ReadonlyMap<string, readonly Bundle[]>;
  readonly lock: Lock;
  /** By name in accessmap.yaml. A connection without an entry was never read. */
  readonly directories: ReadonlyMap<string, DirectoryInventory>;
  readonly targets: ReadonlyMap<string, TargetInventory>;
  /** What earlier pushes did, by organization; journals lie only where a push ran. */
  readonly moves: ReadonlyMap<string, readonly Move[]>;
  /** Mappings of the commit that the files are compared with, by organization; only where somebody compares. */
  readonly base?: ReadonlyMap<string, readonly ResolvedMapping[]>;
  readonly now: Instant;
}

/** The definition of a bundle that counts. */
export function bundleOf({ bundles }: Pick<World, "bundles">, name: string): Bundle | undefined {
  return bundles.get(name)?.[0];
}

/** All bundles of some files; `before` itself when they are the same ones, so that nothing looks changed. */
export function gatherBundles(files: readonly ReadMappingFile[], before?: World["bundles"]): World["bundles"] {
  const all = files.flatMap(({ bundles }) => bundles);
  const known = before && [...before.values()].flat();
  if (before && known?.length === all.length) {
    const same = new Set(known);
    if (all.every((bundle) => same.has(bundle))) return before;
  }
  return indexBy(all, ({ name }) => name.value);
}

/** Organization of a mapping file: the one it names, else the project's only one. */
export function organizationOf({ project }: Pick<World, "project">, file: FileHead): OrganizationConfig | undefined {
  const organizations = project?.content.organizations;
  if (!organizations) return undefined;
  if (file.organization) return organizations.get(file.organization.value);
  const [only] = organizations.values();
  return organizations.size === 1 ? only : undefined;
}

/** Directory of a mapping: the one its group names, else the organization's default, else the project's only one. */
export function directoryOf(
  { project }: Pick<World, "project">,
  mapping: Pick<Mapping, "group">,
  organization: OrganizationConfig | undefined,
): DirectoryConfig | undefined {
  const directories = project?.content.directories;
  if (!directories) return undefined;
  const name = mapping.group?.directory?.value ?? organization?.directory?.value;
  if (name !== undefined) return directories.get(name);
  const [only] = directories.values();
  return directories.size === 1 ? only : undefined;
}

/** True when the two mean the same but for bundles, which are compared one by one. Rules see days, never hours. */
export function isSameWorld(before: World, after: World): boolean {
  return (
    before.project === after.project &&
    before.lock === after.lock &&
    before.moves === after.moves &&
    before.base === after.base &&
    isSameMap(before.directories, after.directories) &&
    isSameMap(before.targets, after.targets) &&
    dayOf(before.now) === dayOf(after.now)
  );
}

function isSameMap<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): boolean {
  if (before === after) return true;
  return before.size === after.size && [...before].every(([key, value]) => after.get(key) === value);
}

/** What a head says, not where it stands: mappings rest on that alone. */
export function isSameHead(before: FileHead, after: FileHead): boolean {
  return isSameText(before.organization, after.organization) && isSameText(before.owner, after.owner);
}

function isSameText(before: Spanned<string> | undefined, after: Spanned<string> | undefined): boolean {
  return before?.value === after?.value;
}

/** Names of bundles whose definitions are other ones than before. */
export function redefinedBundles(before: World["bundles"], after: World["bundles"]): readonly string[] {
  if (before === after) return [];
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => !isSameList(before.get(name) ?? [], after.get(name) ?? []));
}

function isSameList<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}

/** The policy of accessmap.yaml; the format's defaults where there is none. */
export function policyOf(world: Pick<World, "project">): Policy {
  return world.project?.content.policy ?? DEFAULT_POLICY;
}
