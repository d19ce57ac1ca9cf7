/** What is mapped in one organization, gathered when a rule looks: most rules look at nothing most of the time. */

import type { Expectation } from "../../model/mapping.ts";
import type { ReadMappingFile } from "../../syntax/readMappingFile.ts";
import type { ResolvedMapping } from "../grants.ts";
import type { MappedOrganization } from "../rule.ts";
import type { World } from "../world.ts";
import { compareEntries } from "./circles.ts";
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
  expecting: ReadonlySet<Entry>,
): MappedOrganization | undefined {
  const organization = world.project?.content.organizations.get(name);
  if (!organization) return undefined;
  let mappings: readonly ResolvedMapping[] | undefined;
  let expectations: readonly Expectation[] | undefined;
  return {
    organization,
    target: world.targets.get(name),
    get mappings() {
      mappings ??= [...files.values()]
        .sort(byPath)
        .flatMap(({ entries }) =>
          entries.flatMap(({ checked }) => checked.resolved.filter((one) => one.organization?.name === name)),
        );
      return mappings;
    },
    get expectations() {
      expectations ??= [...expecting]
        .filter(({ checked }) => checked.organization?.name === name)
        .sort(compareEntries)
        .flatMap(({ piece }) => piece.expectations);
      return expectations;
    },
  };
}

function byPath(one: CheckedFile, other: CheckedFile): number {
  return one.read.file < other.read.file ? -1 : 1;
}
