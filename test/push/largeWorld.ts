/** A company of any size in which nobody holds anything yet, and files that give everybody what their groups should hold. */

import type { Snapshot } from "../../server/src/core/analysis/snapshot.ts";
import type { DatadogOrganization } from "../../server/src/sandbox/company.ts";
import { parseFixture } from "../support/fixture.ts";
import { addRole, addUser, emptyOrganization, personId, roleId } from "./world.ts";

export interface Size {
  readonly people: number;
  readonly groups: number;
  readonly roles: number;
}

export interface LargeCompany {
  readonly datadog: DatadogOrganization;
  readonly snapshot: Snapshot;
  /** Role ids by account id, as they should be in the end. */
  readonly expected: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Groups that each person is in. */
const GROUPS_EACH = 3;

/** The same for the same size. Group `g` gives role `g modulo roles`; person `p` is in three groups far apart. */
export function createLargeCompany({ people, groups, roles }: Size): LargeCompany {
  const datadog = emptyOrganization();
  const roleNames = Array.from({ length: roles }, (_, index) => `Role ${index}`);
  for (const name of roleNames) addRole(datadog, name);
  const members = Array.from({ length: groups }, (): string[] => []);
  const expected = new Map<string, ReadonlySet<string>>();
  for (let person = 0; person < people; person++) {
    const login = `person${person}`;
    addUser(datadog, login, []);
    const own = Array.from({ length: GROUPS_EACH }, (_, turn) => (person * 7 + turn * 101) % groups);
    for (const group of own) members[group]?.push(login);
    expected.set(personId(login), new Set(own.map((group) => roleId(`Role ${group % roles}`))));
  }
  return { datadog, snapshot: filesFor(members, roleNames), expected };
}

function filesFor(members: readonly (readonly string[])[], roles: readonly string[]): Snapshot {
  const mappings = members.map((_, group) => `  - { group: dd-${group}, roles: [${roles[group % roles.length]}] }`);
  const groups = members.map((logins, group) => ({ name: `dd-${group}`, members: logins }));
  return parseFixture(`
#- /accessmap.yaml
version: 1
project: acme-access
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu, directory: okta, push: { roles: scim, teams: off, users: off } } }
#- /access/all.accessmap.yaml
organization: prod
mappings:
${mappings.join("\n")}
#- live okta
groups: ${JSON.stringify(groups)}
`).snapshot;
}
