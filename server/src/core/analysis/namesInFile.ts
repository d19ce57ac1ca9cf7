/** The live things that one file of a snapshot names, for features that annotate whole files. */

import type { Bundle } from "../model/mapping.ts";
import { addTo, indexBy } from "../model/maps.ts";
import type { OrganizationConfig } from "../model/project.ts";
import type { Source } from "../model/text.ts";
import { resolvedMappings } from "./grants.ts";
import { memo } from "./memo.ts";
import { type NamedRole, type NamedTeam, type Names, namesOfBundle, namesOfMapping } from "./names.ts";
import type { Snapshot } from "./snapshot.ts";
import { bundleOf, organizationOf } from "./world.ts";

/** Names in one file, each place once: lists that share an anchor name the same places. */
export function namesIn(snapshot: Snapshot, file: string): Names {
  return memo(snapshot, namesByFile).get(file) ?? { groups: [], roles: [], teams: [] };
}

function namesByFile(snapshot: Snapshot): ReadonlyMap<string, Names> {
  const { world } = snapshot;
  const mappings = indexBy(resolvedMappings(snapshot), ({ file }) => file.file);
  const users = memo(snapshot, bundleUsers);
  return new Map(
    snapshot.files.map(({ file, head, bundles }) => {
      const all = [
        ...(mappings.get(file) ?? []).map((resolved) => namesOfMapping(world, resolved)),
        ...bundles.map((bundle) => {
          const own = organizationOf(snapshot, head);
          return namesOfBundle(world, bundle, [...(users.get(bundle) ?? (own ? [own] : []))]);
        }),
      ];
      const roles = all.flatMap((names) => names.roles);
      const teams = all.flatMap((names) => names.teams);
      return [
        file,
        {
          groups: all.flatMap(({ groups }) => groups),
          roles: unique(roles),
          teams: unique(teams),
        },
      ];
    }),
  );
}

/** Organizations whose mappings use a bundle. */
export function bundleUsers(snapshot: Snapshot): ReadonlyMap<Bundle, ReadonlySet<OrganizationConfig>> {
  const users = new Map<Bundle, Set<OrganizationConfig>>();
  for (const { mapping, organization } of resolvedMappings(snapshot)) {
    for (const { value } of organization ? mapping.bundles : []) {
      const bundle = bundleOf(snapshot, value);
      if (bundle && organization) addTo(users, bundle, organization);
    }
  }
  return users;
}

/** Each place once in an organization. */
function unique<T extends NamedRole | NamedTeam>(all: readonly T[]): readonly T[] {
  const seen = new Map<Source, Set<string>>();
  return all.filter(({ source, organization, ref }) => {
    const places = seen.get(source) ?? new Set();
    seen.set(source, places);
    const place = `${organization.name} ${ref.span.start}`;
    return !places.has(place) && places.add(place);
  });
}
