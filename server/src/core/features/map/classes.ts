/** Permissions in classes, which are the columns of an access map: by sensitivity, or by product area. Baseline permissions are in none. */

import { baselineOf } from "../../analysis/effective.ts";
import { add, type Bits, newBits } from "../../analysis/engine/bits.ts";
import { vocabularyOf } from "../../analysis/engine/vocabulary.ts";
import { compareText } from "../../model/order.ts";
import { compareSensitivity, SENSITIVITIES, type Sensitivity, type TargetInventory } from "../../model/target.ts";

export type By = "sensitivity" | "area";

export interface PermissionClass {
  /** Stable: a sensitivity, or an area as the catalogue names it. */
  readonly key: string;
  readonly label: string;
  /** Highest sensitivity in it. */
  readonly worst: Sensitivity;
  /** Permissions in it, as bits of the organization's vocabulary. */
  readonly bits: Bits;
}

const LEVELS: readonly Sensitivity[] = [...SENSITIVITIES].reverse();

/** The most sensitive first; areas of equal weight by name. Classes that no permission is in are left out. */
export function classesOf(target: TargetInventory, by: By): readonly PermissionClass[] {
  const vocabulary = vocabularyOf(target);
  const baseline = baselineOf(target);
  const classes = new Map<string, { readonly worst: Sensitivity; readonly bits: Bits }>();
  // Permissions come with the most sensitive first, so the first one of a class tells how bad it can be.
  for (const [index, { name, group, sensitivity }] of vocabulary.permissions.entries()) {
    if (baseline.has(name)) continue;
    const key = by === "area" ? group : sensitivity;
    const known = classes.get(key) ?? { worst: sensitivity, bits: newBits(vocabulary.permissions.length) };
    classes.set(key, known);
    add(known.bits, index);
  }
  return [...classes]
    .map(([key, { worst, bits }]) => ({ key, label: key, worst, bits }))
    .sort((a, b) => compareSensitivity(b.worst, a.worst) || compareText(a.key, b.key));
}

/** Classes while nothing is known of the organization: sensitivities are the same everywhere, areas are not. */
export const UNREAD: readonly Omit<PermissionClass, "bits">[] = LEVELS.map((level) => ({
  key: level,
  label: level,
  worst: level,
}));
