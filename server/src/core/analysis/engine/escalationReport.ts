/** Escalations as findings: the way in words, the fewest edits that end it, and the edit of the files where there is one. */

import type { SourceFix } from "../../model/finding.ts";
import type { Spot } from "../../model/text.ts";
import { remove } from "../fixes.ts";
import type { ResolvedMapping } from "../grants.ts";
import type { MappedOrganization, Report } from "../rule.ts";
import { inQuotes, oldest } from "../words.ts";
import type { World } from "../world.ts";
import { cutFor, type EscalationStep, escalationOf, isOpenlyAdministrator } from "./escalation.ts";
import { engineOfMapped } from "./fromSnapshot.ts";

/** One report for each group that comes to an administrator's power by a way of this kind and not openly. */
export function hiddenWays(
  mapped: MappedOrganization,
  world: World,
  isKind: (way: readonly EscalationStep[]) => boolean,
): readonly (Report & Spot)[] {
  const engine = engineOfMapped(mapped, world.lock);
  if (!engine) return [];
  const roles = mapped.target?.roles;
  const age = oldest(roles?.state === "known" ? roles.asOf : undefined);
  return [...engine.groups.values()].flatMap((group) => {
    const way = isOpenlyAdministrator(engine, group) ? undefined : escalationOf(engine, group);
    const spot = way?.[0]?.edit?.grant?.spot;
    if (!way || !spot || !isKind(way)) return [];
    const cut = cutFor(engine, [group]);
    const remedy = cut?.map(({ edit }) => edit?.text).join(", and ");
    const steps = way.slice(1).map(({ text }) => text);
    const message = `${inQuotes(group.facts.name)} leads to an administrator's power: ${steps.join("; ")}${remedy ? `. To end it, ${remedy}` : ""}`;
    return [{ ...spot, message, fixes: fixesAt(mapped.mappings, spot), ...age }];
  });
}

/** What a bundle brings cannot be taken out at the mapping. */
function fixesAt(mappings: readonly ResolvedMapping[], { source, span }: Spot): readonly SourceFix[] {
  const isDirect = mappings.some(
    ({ mapping }) => mapping.source === source && mapping.roles.some((ref) => ref.span.start === span.start),
  );
  return isDirect ? remove(source, "Remove this role", span) : [];
}
