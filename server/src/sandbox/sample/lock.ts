/** The sample's accessmap.lock: what its files manage, with the ids that the seed gives. */

import { datadogId } from "../ids.ts";
import { groupId } from "../seed/groups.ts";
import { roleId } from "../seed/roles.ts";

/** Lists in the sample's files, without the ids nobody types. */
export interface Managed {
  readonly roles: readonly string[];
  readonly teams: readonly string[];
  readonly groups: readonly string[];
}

/** JSON with two blanks and sorted keys, ending in a line feed. */
export function renderLock({ roles, teams, groups }: Managed): string {
  const prod = {
    adopted: true,
    roles: pins(roles, roleId),
    teams: pins(teams, (handle) => datadogId("team", handle)),
  };
  const lock = { version: 1, organizations: { prod }, groups: { okta: pins(groups, groupId) } };
  return `${JSON.stringify(lock, undefined, 2)}\n`;
}

function pins(names: readonly string[], idOf: (name: string) => string): Record<string, { id: string }> {
  return Object.fromEntries([...names].sort().map((name) => [name, { id: idOf(name) }]));
}
