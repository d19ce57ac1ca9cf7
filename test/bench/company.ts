/** A made-up company of any size: groups, people, roles and teams, as inventories in the product's own shapes. */

import { CATALOGUE } from "../../server/src/core/model/catalogue.ts";
import type { DirectoryInventory, Group, Principal } from "../../server/src/core/model/directory.ts";
import { complete, unknown } from "../../server/src/core/model/knowledge.ts";
import type { Account, Role, TargetInventory, Team } from "../../server/src/core/model/target.ts";

export interface CompanySize {
  readonly groups: number;
  readonly people: number;
}

export const ROLES = 200;
export const TEAMS = 500;
const MEMBERS_PER_GROUP = 10;

export const groupName = (i: number) => `dd-group-${pad(i, 6)}`;
export const roleName = (i: number) => `Role ${pad(i, 3)}`;
export const teamHandle = (i: number) => `team-${pad(i, 3)}`;

/** What the language servers know: a directory `okta` and an organization `prod`, read whole at `asOf`. */
export function inventoriesOf({ groups, people }: CompanySize, asOf: string) {
  const source = "okta";
  const persons = count(people, toPerson);
  const directory: DirectoryInventory = {
    name: "okta",
    kind: "okta",
    groups: complete(source, asOf, byId(count(groups, toGroup))),
    named: new Map(),
    members: new Map(
      count(people > 0 ? groups : 0, (i) => {
        const members = count(MEMBERS_PER_GROUP, (m) => persons[(i * MEMBERS_PER_GROUP + m) % people] as Principal);
        return [groupId(i), complete(source, asOf, byId(members))];
      }),
    ),
  };
  const never = unknown({ kind: "not-configured", system: "prod", message: "no credential" });
  const target: TargetInventory = {
    name: "prod",
    site: "datadoghq.eu",
    actor: never,
    permissions: complete("prod", asOf, CATALOGUE),
    roles: complete("prod", asOf, byId(count(ROLES, toRole))),
    accounts: complete("prod", asOf, byId(persons.map(toAccount))),
    teams: complete("prod", asOf, byId(count(TEAMS, toTeam))),
    teamMembers: new Map(),
    mappings: never,
    switches: { roleMapping: { state: "known", value: true, asOf }, teamSource: never },
  };
  return { directories: new Map([["okta", directory]]), targets: new Map([["prod", target]]) };
}

function toGroup(i: number): Group {
  return { id: groupId(i), name: groupName(i), kind: "static", memberCount: MEMBERS_PER_GROUP };
}

function toPerson(i: number): Principal {
  const login = `person${i}@acme.com`;
  return { id: `00u${pad(i, 17)}`, login, email: login, name: `Person Number ${i}`, state: "active" };
}

function toAccount({ login, email, name }: Principal, i: number): Account {
  const roleIds = [`role-${i % ROLES}`];
  return { id: `account-${i}`, handle: login, email, name, status: "active", serviceAccount: false, roleIds };
}

/** A handful of harmless permissions each, so that findings come from the names and not from every line. */
function toRole(i: number): Role {
  const names = [...CATALOGUE.values()].filter(({ sensitivity }) => sensitivity === "low").map(({ name }) => name);
  const permissions = count(12, (p) => names[(i * 5 + p) % names.length] as string).sort();
  const fixed = { unresolved: 0, managed: false, receivesFrom: [], userCount: 40 };
  return { id: `role-${i}`, name: roleName(i), permissions, ...fixed };
}

function toTeam(i: number): Team {
  return { id: `team-id-${i}`, handle: teamHandle(i), name: teamHandle(i), managed: false };
}

function groupId(i: number): string {
  return `00g${pad(i, 17)}`;
}

function byId<T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}

export function count<T>(length: number, make: (i: number) => T): T[] {
  return Array.from({ length }, (_, i) => make(i));
}

function pad(i: number, width: number): string {
  return String(i).padStart(width, "0");
}
