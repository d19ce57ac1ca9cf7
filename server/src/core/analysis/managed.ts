/** What this project may take away in an organization: what its files name there, and what its lock entry records. */

import type { Lock } from "../model/lock.ts";
import type { ResolvedMapping } from "./grants.ts";

export interface Managed {
  /** Role ids. */
  readonly roles: ReadonlySet<string>;
  /** Team handles. */
  readonly teams: ReadonlySet<string>;
}

/** Of all mappings of the organization: those that have ended count too, what they gave stays ours to take back. */
export function managedBy(mappings: readonly ResolvedMapping[], lock: Lock, organization: string): Managed {
  const locked = lock.organizations.get(organization);
  const roles = new Set([...(locked?.roles.values() ?? [])].map((pin) => pin.id));
  const teams = new Set(locked?.teams.keys() ?? []);
  for (const resolved of mappings) {
    for (const { role } of resolved.roles) {
      if (role.answer === "present") roles.add(role.item.id);
      if (role.answer === "ambiguous") for (const item of role.items) roles.add(item.id);
    }
    for (const { handle } of resolved.teams) teams.add(handle);
  }
  return { roles, teams };
}
