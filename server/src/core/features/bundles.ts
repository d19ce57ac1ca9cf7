/** Where the bundle under the cursor is defined, and everywhere it is used. */

import { bundlesOf } from "../analysis/grants.ts";
import type { Snapshot } from "../analysis/snapshot.ts";
import { contains, type Place } from "../model/text.ts";

/** The place of the bundle's name in its definition. */
export function definitionAt(snapshot: Snapshot, file: string, offset: number): Place | undefined {
  const name = bundleAt(snapshot, file, offset);
  const bundle = name === undefined ? undefined : bundlesOf(snapshot).get(name);
  return bundle && { file: bundle.file, span: bundle.name.span };
}

/** Every use in the project, in file order; with `includeDefinition` the definition as well. */
export function referencesAt(
  snapshot: Snapshot,
  file: string,
  offset: number,
  includeDefinition: boolean,
): readonly Place[] {
  const name = bundleAt(snapshot, file, offset);
  if (name === undefined) return [];
  return snapshot.files.flatMap(({ content }) => {
    const definitions = includeDefinition ? content.bundles.map((bundle) => bundle.name) : [];
    const uses = content.mappings.flatMap((mapping) => mapping.bundles);
    return [...definitions, ...uses]
      .filter((spanned) => spanned.value === name)
      .map(({ span }) => ({ file: content.file, span }));
  });
}

function bundleAt(snapshot: Snapshot, file: string, offset: number): string | undefined {
  const content = snapshot.files.find((candidate) => candidate.tree.file === file)?.content;
  const names = [
    ...(content?.bundles ?? []).map((bundle) => bundle.name),
    ...(content?.mappings ?? []).flatMap((mapping) => mapping.bundles),
  ];
  return names.find(({ span }) => contains(span, offset))?.value;
}
