/** What is mapped in one organization, gathered when a rule looks: most rules look at nothing most of the time. */

import type { Expectation } from "../../model/mapping.ts";
import type { ReadMappingFile } from "../../syntax/readMappingFile.ts";
import type { ResolvedMapping } from "../grants.ts";
import type { MappedOrganization } from "../rule.ts";
import { organizationOf, type World } from "../world.ts";
import type { Entry } from "./entry.ts";

export interface CheckedFile {
  readonly read: ReadMappingFile;
  /** One a piece, in order. */
  readonly entries: readonly Entry[];
}

/** Undefined when the project has no such organization. */
export function mappedIn(
  world: World,
  name: string,
  files: ReadonlyMap<string, CheckedFile>,
): MappedOrganization | undefined {
  const organization = world.project?.content.organizations.get(name);
  if (!organization) return undefined;
  const inOrder = [...files.values()].sort((a, b) => (a.read.file < b.read.file ? -1 : 1));
  let mappings: readonly ResolvedMapping[] | undefined;
  let expectations: readonly Expectation[] | undefined;
  return {
    organization,
    target: world.targets.get(name),
    get mappings() {
      mappings ??= inOrder.flatMap(({ entries }) =>
        entries.flatMap(({ checked }) => checked.resolved.filter((one) => one.organization?.name === name)),
      );
      return mappings;
    },
    get expectations() {
      expectations ??= inOrder
        .filter(({ read }) => organizationOf(world, read.head)?.name === name)
        .flatMap(({ entries }) => entries.flatMap(({ piece }) => piece.expectations));
      return expectations;
    },
  };
}
