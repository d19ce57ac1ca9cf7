/** From a name to the place that introduces it, and to every other place that names the same thing. */

import type { Snapshot } from "../analysis/snapshot.ts";
import type { Place } from "../model/text.ts";
import { type Mention, mentionAt, placeIn, sameAs } from "./support/mentions.ts";

/** Of a bundle the bundle; of a group, role or team the first place that names it, since only the live system defines it. */
export function definitionAt(snapshot: Snapshot, file: string, offset: number): Place | undefined {
  const mention = mentionAt(snapshot, file, offset);
  const first = mention && introducedBy(mention.kind, sameAs(snapshot, mention));
  return first && placeIn(snapshot, first);
}

/** Every place in the project, in file order; without the definition unless `includeDefinition`. */
export function referencesAt(
  snapshot: Snapshot,
  file: string,
  offset: number,
  includeDefinition: boolean,
): readonly Place[] {
  const mention = mentionAt(snapshot, file, offset);
  if (!mention) return [];
  return sameAs(snapshot, mention)
    .filter(({ isDefinition }) => includeDefinition || !isDefinition)
    .map((same) => placeIn(snapshot, same));
}

export interface Highlight extends Place {
  /** A bundle's own name, rather than a use of it. */
  readonly isDefinition: boolean;
}

/** The places in the same file. */
export function highlightsAt(snapshot: Snapshot, file: string, offset: number): readonly Highlight[] {
  const mention = mentionAt(snapshot, file, offset);
  if (!mention) return [];
  return sameAs(snapshot, mention)
    .filter((other) => other.source.file === file)
    .map((other) => ({ ...placeIn(snapshot, other), isDefinition: other.isDefinition }));
}

/** A bundle that nothing defines is introduced nowhere. */
function introducedBy(kind: Mention["kind"], mentions: readonly Mention[]): Mention | undefined {
  return kind === "bundle" ? mentions.find(({ isDefinition }) => isDefinition) : mentions[0];
}
