/** All that the meaning of one mapping rests on besides itself and the head of its file. It holds no other mapping. */

import type { DirectoryInventory } from "../model/directory.ts";
import type { Lock } from "../model/lock.ts";
import type { Bundle, FileHead, Mapping } from "../model/mapping.ts";
import type { DirectoryConfig, OrganizationConfig, Project } from "../model/project.ts";
import type { TargetInventory } from "../model/target.ts";
import type { Instant } from "../model/time.ts";
import type { ReadFile } from "../syntax/readMappingFile.ts";

/** Project, bundles, lock, live inventories and the time, frozen. */
export interface World {
  readonly project: ReadFile<Project> | undefined;
  /** By name; the first in file order wins, later ones are duplicates for a rule to report. */
  readonly bundles: ReadonlyMap<string, Bundle>;
  readonly lock: Lock;
  /** By name in accessmap.yaml. A connection without an entry was never read. */
  readonly directories: ReadonlyMap<string, DirectoryInventory>;
  readonly targets: ReadonlyMap<string, TargetInventory>;
  readonly now: Instant;
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
