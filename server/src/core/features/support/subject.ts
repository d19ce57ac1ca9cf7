/** What a place in a file names: a group, a role, a permission and so on, told from its path alone. */

import type { Format } from "../../syntax/schema.ts";

export type Subject =
  | "group"
  | "group-id"
  | "role"
  | "role-id"
  | "team"
  | "bundle"
  | "permission"
  | "directory"
  | "organization"
  | "rule"
  | "date"
  | "owner"
  | "person";

type Pattern = readonly [path: string, subject: Subject];

/** `*` stands for any key or list position. */
const PATTERNS: Readonly<Record<Format, readonly Pattern[]>> = {
  mapping: [
    ["organization", "organization"],
    ["owner", "owner"],
    ["bundles/*/roles/*", "role"],
    ["bundles/*/roles/*/name", "role"],
    ["bundles/*/roles/*/id", "role-id"],
    ["bundles/*/teams/*", "team"],
    ["mappings/*/group", "group"],
    ["mappings/*/group/name", "group"],
    ["mappings/*/group/id", "group-id"],
    ["mappings/*/group/directory", "directory"],
    ["mappings/*/roles/*", "role"],
    ["mappings/*/roles/*/name", "role"],
    ["mappings/*/roles/*/id", "role-id"],
    ["mappings/*/teams/*", "team"],
    ["mappings/*/bundles/*", "bundle"],
    ["mappings/*/owner", "owner"],
    ["mappings/*/until", "date"],
    ["mappings/*/allow/*/rule", "rule"],
    ["mappings/*/allow/*/until", "date"],
    ["expect/*/group", "group"],
    ["expect/*/person", "person"],
    ["expect/*/permission", "permission"],
    ["expect/*/can/*", "permission"],
    ["expect/*/cannot/*", "permission"],
  ],
  project: [
    ["organizations/*/directory", "directory"],
    ["organizations/*/linked/teams/*/*", "role"],
    ["organizations/*/linked/connections/*/*", "role"],
    ["policy/classes/*/never/*", "permission"],
    ["policy/apart/*/*", "permission"],
    ["policy/locked/*", "rule"],
    ["policy/overrides/*/rules/*", "rule"],
    ["policy/overrides/*/organizations/*", "organization"],
  ],
};

/** Keys that are names themselves. */
const KEYS: readonly Pattern[] = [
  ["organizations/*/linked/teams", "team"],
  ["policy/rules", "rule"],
];

/** What the keys of the mapping at a path name. */
export function subjectOfKeys(format: Format, path: readonly (string | number)[]): Subject | undefined {
  return format === "project" ? KEYS.find(([pattern]) => matchesPath(pattern, path))?.[1] : undefined;
}

/** What a value at this path of keys and list positions names; undefined for values that name nothing. */
export function subjectAt(format: Format, path: readonly (string | number)[]): Subject | undefined {
  return PATTERNS[format].find(([pattern]) => matchesPath(pattern, path))?.[1];
}

/** True when a path has the shape of a pattern such as `mappings/*\/roles`. */
export function matchesPath(pattern: string, path: readonly (string | number)[]): boolean {
  const segments = pattern.split("/");
  return (
    segments.length === path.length && segments.every((segment, depth) => segment === "*" || segment === path[depth])
  );
}
