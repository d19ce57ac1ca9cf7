/** How much of what a group, role or person holds is privileged, in one short text. */

import { baselineOf } from "../../analysis/effective.ts";
import { type Bits, indexesOf } from "../../analysis/engine/bits.ts";
import type { Engine } from "../../analysis/engine/engine.ts";
import type { Permission, Sensitivity, TargetInventory } from "../../model/target.ts";

/** What is harmful in the wrong hands. */
const PRIVILEGED = ["critical", "high"] as const satisfies readonly Sensitivity[];

/** `2 critical, 1 high`; empty when nothing is privileged. */
export function privilegesIn(levels: Iterable<Sensitivity>): string {
  const counts = new Map<Sensitivity, number>();
  for (const level of levels) counts.set(level, (counts.get(level) ?? 0) + 1);
  return PRIVILEGED.flatMap((level) => (counts.has(level) ? [`${counts.get(level)} ${level}`] : [])).join(", ");
}

/** High or critical. */
export function isPrivileged({ sensitivity }: Pick<Permission, "sensitivity">): boolean {
  return sensitivity === "critical" || sensitivity === "high";
}

/** Permissions among these bits beyond what everybody and the Read Only Role have, the most sensitive first. */
export function beyondIn(engine: Engine, target: TargetInventory, bits: Bits): readonly Permission[] {
  const baseline = baselineOf(target);
  const { permissions } = engine.relation.vocabulary;
  return indexesOf(bits).flatMap((index) => {
    const permission = permissions[index];
    return permission && !baseline.has(permission.name) ? [permission] : [];
  });
}

/** As `privilegesIn`, of permissions as bits. */
export function privilegesOfBits(engine: Engine, target: TargetInventory, bits: Bits): string {
  return privilegesIn(beyondIn(engine, target, bits).map(({ sensitivity }) => sensitivity));
}
