/** What a place in a file speaks of: its mapping, and the organization and directory whose names are used there. */

import { type ResolvedMapping, resolvePiece } from "../../analysis/grants.ts";
import { pieceAt } from "../../analysis/places.ts";
import { fileIn, type Snapshot } from "../../analysis/snapshot.ts";
import { directoryOf, organizationOf } from "../../analysis/world.ts";
import type { DirectoryInventory } from "../../model/directory.ts";
import type { Mapping } from "../../model/mapping.ts";
import type { DirectoryConfig, OrganizationConfig } from "../../model/project.ts";
import type { TargetInventory } from "../../model/target.ts";
import { contains } from "../../model/text.ts";
import { type Location, locate } from "../../syntax/locate.ts";
import type { ReadMappingFile } from "../../syntax/readMappingFile.ts";

export interface Scope {
  readonly read: ReadMappingFile | undefined;
  readonly mapping: ResolvedMapping | undefined;
  readonly organization: OrganizationConfig | undefined;
  readonly directory: DirectoryConfig | undefined;
  readonly target: TargetInventory | undefined;
  readonly inventory: DirectoryInventory | undefined;
}

/** Stands in where a place belongs to no mapping: names there mean the organization's usual directory. */
export const NO_MAPPING: Mapping = {
  source: { file: "", text: "" },
  span: { start: 0, end: 0 },
  roles: [],
  teams: [],
  bundles: [],
  hoop: [],
  allow: [],
};

/**
 * `directoryName` is the one written beside the cursor, and `path` the cursor's in the project file, which half-typed text may
 * not have parsed yet.
 */
export function scopeAt(
  snapshot: Snapshot,
  file: string,
  offset: number,
  directoryName?: string,
  path?: Location["path"],
): Scope {
  const read = fileIn(snapshot, file);
  const mapping = read && mappingAt(snapshot, read, offset);
  const organization = read ? organizationOf(snapshot, read.head) : organizationIn(snapshot, file, offset, path);
  const directory = directoryName
    ? snapshot.project?.content.directories.get(directoryName)
    : read && directoryOf(snapshot, mapping?.mapping ?? NO_MAPPING, organization);
  return {
    read,
    mapping,
    organization,
    directory,
    target: organization && snapshot.targets.get(organization.name),
    inventory: directory && snapshot.directories.get(directory.name),
  };
}

/** The one whose entry of the project file a place is in. */
function organizationIn(
  { project }: Snapshot,
  file: string,
  offset: number,
  path: Location["path"] | undefined,
): OrganizationConfig | undefined {
  if (!project || project.tree.file !== file) return undefined;
  const [key, name] = path ?? locate(project.tree.text, offset)?.path ?? [];
  return key === "organizations" && typeof name === "string" ? project.content.organizations.get(name) : undefined;
}

function mappingAt({ world }: Snapshot, read: ReadMappingFile, offset: number): ResolvedMapping | undefined {
  const { piece, start } = pieceAt(read, offset);
  return resolvePiece(world, read.head, piece).find(({ mapping }) => contains(mapping.span, offset - start));
}
