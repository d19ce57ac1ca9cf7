/** The live things that one file of a snapshot names, for features that annotate whole files. */

import type { Bundle, MappingFile } from "../model/mapping.ts";
import type { OrganizationConfig } from "../model/project.ts";
import { resolvedMappings, worldOf } from "./grants.ts";
import { type Names, namesOfBundle, namesOfMapping } from "./names.ts";
import { indexBy } from "./resolve.ts";
import { memo, type Snapshot } from "./snapshot.ts";
import { organizationOf } from "./world.ts";

/** Names in one file, each place once: lists that share an anchor name the same places. */
export function namesIn(snapshot: Snapshot, { file }: MappingFile): Names {
  return memo(snapshot, namesByFile).get(file) ?? { groups: [], roles: [], teams: [] };
}

function namesByFile(snapshot: Snapshot): ReadonlyMap<string, Names> {
  const world = memo(snapshot, worldOf);
  const mappings = indexBy(resolvedMappings(snapshot), ({ file }) => file.file);
  const users = memo(snapshot, bundleUsers);
  return new Map(
    snapshot.files.map(({ file, content }) => {
      const all = [
        ...(mappings.get(file) ?? []).map((resolved) => namesOfMapping(world, resolved)),
        ...content.bundles.map((bundle) => {
          const own = organizationOf(snapshot, content);
          return namesOfBundle(world, bundle, [...(users.get(bundle) ?? (own ? [own] : []))]);
        }),
      ];
      const roles = all.flatMap((names) => names.roles);
      const teams = all.flatMap((names) => names.teams);
      return [
        file,
        {
          groups: all.flatMap(({ groups }) => groups),
          roles: unique(roles, ({ organization, ref }) => `${organization.name} ${ref.span.start}`),
          teams: unique(teams, ({ organization, ref }) => `${organization.name} ${ref.span.start}`),
        },
      ];
    }),
  );
}

/** Organizations whose mappings use a bundle. */
export function bundleUsers(snapshot: Snapshot): ReadonlyMap<Bundle, ReadonlySet<OrganizationConfig>> {
  const users = new Map<Bundle, Set<OrganizationConfig>>();
  for (const { roles, teams, organization } of resolvedMappings(snapshot)) {
    for (const { bundle } of [...roles, ...teams]) {
      if (!bundle || !organization) continue;
      const known = users.get(bundle);
      if (known) known.add(organization);
      else users.set(bundle, new Set([organization]));
    }
  }
  return users;
}

function unique<T>(all: readonly T[], keyOf: (item: T) => string): readonly T[] {
  return [...new Map(all.map((item) => [keyOf(item), item])).values()];
}
