/** What one organization's mappings give and another's lack, as entries for the other, with the terms they have. */

import type { Snapshot } from "../analysis/snapshot.ts";
import { directoryOf } from "../analysis/world.ts";
import { indexBy } from "../model/maps.ts";
import { optional } from "../model/optional.ts";
import { compareText } from "../model/order.ts";
import type { GroupDifference, Lacking, OrganizationDifference } from "./compareOrganizations.ts";
import type { Proposal, ProposedMapping } from "./proposal.ts";

export interface Promotion {
  readonly proposal: Proposal;
  /** What stays behind, one sentence each. */
  readonly heldBack: readonly string[];
}

/** `groups` limits it to these names; all of them by default. Suppressions are not taken along: each has to be decided anew. */
export function promote(
  snapshot: Snapshot,
  { to, groups: all }: OrganizationDifference,
  groups?: readonly string[],
): Promotion {
  const chosen = all.filter(({ group }) => groups === undefined || groups.includes(group));
  const usual = directoryOf(snapshot, {}, snapshot.project?.content.organizations.get(to))?.name ?? "";
  return {
    proposal: { organization: to, mappings: chosen.flatMap((one) => entriesFor(one, usual)), notes: [] },
    heldBack: chosen.flatMap(({ group, lacking }) =>
      lacking.flatMap(({ kind, name, obstacle }) =>
        obstacle === undefined ? [] : [`${group}: ${kind} ${name}: ${obstacle}`],
      ),
    ),
  };
}

/** One entry for each end: what ends in one organization must not go on in the other. */
function entriesFor({ group, directory, by, lacking }: GroupDifference, usual: string): readonly ProposedMapping[] {
  const possible = lacking.filter(({ obstacle }) => obstacle === undefined);
  return [...indexBy(possible, ({ until }) => until ?? "")]
    .sort(([a], [b]) => compareText(a, b))
    .map(([until, grants]) => ({
      group: { directory: directory ?? usual, by, text: group },
      roles: grants.filter(({ kind }) => kind === "role").map(({ name }) => ({ name })),
      teams: grants.filter(({ kind }) => kind === "team").map(({ name }) => name),
      ...optional(
        "reason",
        firstOf(grants, ({ mapping }) => mapping.mapping.reason?.value),
      ),
      ...optional(
        "owner",
        firstOf(grants, ({ mapping }) => mapping.mapping.owner?.value ?? mapping.file.owner?.value),
      ),
      ...(until !== "" && { until }),
      comments: [],
    }));
}

function firstOf(grants: readonly Lacking[], readFrom: (grant: Lacking) => string | undefined): string | undefined {
  return grants.map(readFrom).find((found) => found !== undefined);
}
