/** What a place in a file speaks of: its mapping, and the organization and directory whose names are used there. */

import { type ResolvedMapping, resolvedMappings } from "../../analysis/grants.ts";
import type { Snapshot } from "../../analysis/snapshot.ts";
import { directoryOf, organizationOf } from "../../analysis/world.ts";
import type { DirectoryInventory } from "../../model/directory.ts";
import type { Mapping, MappingFile } from "../../model/mapping.ts";
import type { DirectoryConfig, OrganizationConfig } from "../../model/project.ts";
import type { TargetInventory } from "../../model/target.ts";
import { contains } from "../../model/text.ts";

export interface Scope {
  readonly content: MappingFile | undefined;
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
  allow: [],
};

/** `directoryName` is the one written beside the cursor, which half-typed text may not have parsed into a mapping yet. */
export function scopeAt(snapshot: Snapshot, file: string, offset: number, directoryName?: string): Scope {
  const content = snapshot.files.find((candidate) => candidate.tree.file === file)?.content;
  const found = content?.mappings.find((mapping) => contains(mapping.span, offset));
  const mapping = found && resolvedMappings(snapshot).find((resolved) => resolved.mapping === found);
  const organization = content && organizationOf(snapshot, content);
  const directory = directoryName
    ? snapshot.project?.content.directories.get(directoryName)
    : content && directoryOf(snapshot, found ?? NO_MAPPING, organization);
  return {
    content,
    mapping,
    organization,
    directory,
    target: organization && snapshot.targets.get(organization.name),
    inventory: directory && snapshot.directories.get(directory.name),
  };
}
