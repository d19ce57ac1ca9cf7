/** What this project may take away in an organization: what its files name there, and what its lock entry records. */

import { mappingsOf } from "./grants.ts";
import type { Snapshot } from "./snapshot.ts";

export interface Managed {
  /** Role ids. */
  readonly roles: ReadonlySet<string>;
  /** Team handles. */
  readonly teams: ReadonlySet<string>;
}

/** Mappings that have ended count too: what they gave stays ours to take back. */
export function managedOf(snapshot: Snapshot, organization: string): Managed {
  const lock = snapshot.lock.organizations.get(organization);
  const roles = new Set([...(lock?.roles.values() ?? [])].map((pin) => pin.id));
  const teams = new Set(lock?.teams.keys() ?? []);
  for (const resolved of mappingsOf(snapshot, organization)) {
    for (const { role } of resolved.roles) {
      if (role.answer === "present") roles.add(role.item.id);
      if (role.answer === "ambiguous") for (const item of role.items) roles.add(item.id);
    }
    for (const { handle } of resolved.teams) teams.add(handle);
  }
  return { roles, teams };
}
