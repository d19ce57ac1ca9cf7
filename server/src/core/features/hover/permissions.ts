/** Permissions as a list by sensitivity, the gravest first, each with the roles it comes from. */

import type { EffectivePermission } from "../../analysis/effective.ts";
import { countOf } from "../../analysis/words.ts";
import { indexBy } from "../../model/maps.ts";
import { SENSITIVITIES } from "../../model/target.ts";
import { codes } from "../support/markdown.ts";

/** Names shown per line; a hover is no inventory. */
const MOST = { critical: 40, high: 20, medium: 8, low: 4 };

/** Lines of a Markdown list. What everybody has anyway is only counted. */
export function permissionList(permissions: readonly EffectivePermission[], withRoles: boolean): readonly string[] {
  const lines: string[] = [];
  for (const sensitivity of [...SENSITIVITIES].reverse()) {
    const group = permissions.filter(({ baseline, permission }) => !baseline && permission.sensitivity === sensitivity);
    if (group.length === 0) continue;
    const names = (held: readonly EffectivePermission[]) =>
      codes(
        held.map(({ permission }) => permission.name),
        MOST[sensitivity],
      );
    if (!withRoles) {
      lines.push(`- **${sensitivity}** (${group.length}): ${names(group)}`);
      continue;
    }
    lines.push(`- **${sensitivity}** (${group.length})`);
    for (const [roles, held] of bySource(group)) lines.push(`  - from ${roles}: ${names(held)}`);
  }
  const baseline = permissions.filter((effective) => effective.baseline).length;
  if (baseline > 0) lines.push(`- ${countOf(baseline, "permission")} that everybody or the Datadog Read Only Role has`);
  return lines;
}

function bySource(group: readonly EffectivePermission[]): ReadonlyMap<string, readonly EffectivePermission[]> {
  return indexBy(group, ({ through }) => codes(through.map((role) => role.name)));
}
