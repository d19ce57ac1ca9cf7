/** The permissions of the organization and what the three managed roles hold, from the project's own catalogue. */

import catalogue from "../../core/catalogue/permissions.json" with { type: "json" };
import type { PermissionRecord } from "../company.ts";
import { datadogId } from "../ids.ts";

export const ADMIN_ROLE = "Datadog Admin Role";
export const STANDARD_ROLE = "Datadog Standard Role";
export const READ_ONLY_ROLE = "Datadog Read Only Role";

/** What every role gets by itself. */
export const DEFAULTS: readonly string[] = catalogue.filter((entry) => entry.restricted).map((entry) => entry.name);

const lowest = (...names: (string | null)[]) =>
  catalogue.filter((entry) => names.includes(entry.lowest_managed_role)).map((entry) => entry.name);

/**
 * Permissions newer than the public recordings have no lowest role in the catalogue; here they are the administrator's
 * alone, which is how most of them start. 2026-07.
 */
export const MANAGED_ROLES: ReadonlyMap<string, readonly string[]> = new Map([
  [ADMIN_ROLE, lowest("all_roles", "read_only", "standard", "admin", null)],
  [STANDARD_ROLE, lowest("all_roles", "read_only", "standard")],
  [READ_ONLY_ROLE, lowest("all_roles", "read_only")],
]);

/** All permissions by name, unlisted ones included. */
export function createPermissions(): Map<string, PermissionRecord> {
  return new Map(
    catalogue.map((entry) => [
      entry.name,
      {
        id: datadogId("permission", entry.name),
        name: entry.name,
        displayName: entry.display_name,
        description: entry.summary,
        group: entry.group,
        displayType: entry.display_type,
        restricted: entry.restricted,
        listed: entry.listed,
        created: `${entry.since}T09:00:00.000Z`,
      },
    ]),
  );
}
