/** What one organization's rows are about, gathered once for each snapshot. */

import { groupKeyOf } from "../../analysis/checking/circles.ts";
import type { Engine } from "../../analysis/engine/engine.ts";
import { engineOf } from "../../analysis/engine/fromSnapshot.ts";
import { groupName, mappingsOf, type ResolvedMapping } from "../../analysis/grants.ts";
import { memoOf } from "../../analysis/memo.ts";
import type { Snapshot } from "../../analysis/snapshot.ts";
import { organizationOf } from "../../analysis/world.ts";
import { indexBy } from "../../model/maps.ts";
import { compareText } from "../../model/order.ts";
import type { OrganizationConfig } from "../../model/project.ts";
import type { TargetInventory } from "../../model/target.ts";

/** A group of the files with all its mappings in one organization. */
export interface MappedGroup {
  readonly key: string;
  /** The directory's own name where it is known, else the written one. */
  readonly name: string;
  /** At least one, in file order. */
  readonly mappings: readonly [ResolvedMapping, ...ResolvedMapping[]];
}

export interface Organization {
  readonly config: OrganizationConfig;
  /** In file order. */
  readonly mappings: readonly ResolvedMapping[];
  /** Sorted by name. */
  readonly groups: readonly MappedGroup[];
  /** Undefined while nothing is known of the organization; so is `engine`. */
  readonly target: TargetInventory | undefined;
  readonly engine: Engine | undefined;
  /** Mapping files that are about it. */
  readonly files: ReadonlySet<string>;
}

/** The organization of this name; undefined when the project has none. */
export function organizationNamed(snapshot: Snapshot, name: string): Organization | undefined {
  const config = snapshot.project?.content.organizations.get(name);
  return config && memoOf(snapshot, config, gather);
}

function gather(snapshot: Snapshot, config: OrganizationConfig): Organization {
  const mappings = mappingsOf(snapshot, config.name);
  const byKey = indexBy(
    mappings.filter(({ mapping }) => mapping.group),
    (resolved) => groupKeyOf(resolved) ?? "",
  );
  const groups = [...byKey].map(([key, list]): MappedGroup => {
    const own = list as MappedGroup["mappings"];
    return { key, name: groupName(own[0]), mappings: own };
  });
  return {
    config,
    mappings,
    groups: groups.sort((one, other) => compareText(one.name, other.name) || compareText(one.key, other.key)),
    target: snapshot.targets.get(config.name),
    engine: engineOf(snapshot, config),
    files: new Set(
      snapshot.files.filter(({ head }) => organizationOf(snapshot, head) === config).map(({ file }) => file),
    ),
  };
}
