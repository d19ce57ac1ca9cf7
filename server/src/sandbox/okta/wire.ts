/** Groups, users and rules as Okta writes them. */

import type { OktaGroup, OktaOrganization, OktaRule, OktaUser } from "../company.ts";
import { ENGINEERING } from "../seed/people.ts";

/** With `stats` the number of members comes along. Links lead to `origin`. */
export function toGroup(group: OktaGroup, { stats, origin }: { readonly stats: boolean; readonly origin: string }) {
  const url = `${origin}/api/v1/groups/${group.id}`;
  return {
    id: group.id,
    created: group.created,
    lastUpdated: group.created,
    lastMembershipUpdated: group.lastMembershipUpdated,
    objectClass: [group.type === "APP_GROUP" ? "okta:app_group" : "okta:user_group"],
    type: group.type,
    profile: { name: group.name, description: group.description },
    // Spelled `hasAdminPrivlege` by the vendor. 2026-06
    ...(stats && {
      _embedded: {
        stats: {
          usersCount: group.members.length,
          appsCount: 0,
          groupPushMappingsCount: 0,
          hasAdminPrivlege: group.name === "Okta Administrators",
          _links: { self: { href: `${url}/stats` } },
        },
      },
    }),
    _links: {
      logo: [{ name: "medium", href: `${origin}/img/group.png`, type: "image/png" }],
      users: { href: `${url}/users` },
      apps: { href: `${url}/apps` },
    },
  };
}

/** Staged people were never activated, so those dates are null. */
export function toUser(user: OktaUser, origin: string) {
  const started = user.status === "STAGED" ? null : user.created;
  return {
    id: user.id,
    status: user.status,
    created: user.created,
    activated: started,
    statusChanged: started,
    lastLogin: user.lastLogin,
    lastUpdated: user.created,
    passwordChanged: started,
    type: { id: "otyacme0default0type5d7" },
    profile: {
      login: user.login,
      email: user.email,
      firstName: user.firstName,
      lastName: user.lastName,
      displayName: `${user.firstName} ${user.lastName}`,
      department: user.department,
      division: (ENGINEERING as readonly string[]).includes(user.department) ? "Engineering" : user.department,
    },
    credentials: { provider: { type: "OKTA", name: "OKTA" } },
    _links: { self: { href: `${origin}/api/v1/users/${user.id}` } },
  };
}

/** With `withNames` the names of the groups come along. */
export function toRule(rule: OktaRule, okta: OktaOrganization, withNames: boolean) {
  const names = rule.groupIds.map((id) => [id, okta.groups.get(id)?.name ?? ""]);
  return {
    type: "group_rule",
    id: rule.id,
    status: "ACTIVE",
    name: rule.name,
    created: "2023-02-01T09:00:00.000Z",
    lastUpdated: "2023-02-01T09:00:00.000Z",
    conditions: {
      people: { users: { exclude: [] }, groups: { exclude: [] } },
      expression: { value: rule.expression, type: "urn:okta:expression:1.0" },
    },
    actions: { assignUserToGroups: { groupIds: rule.groupIds } },
    ...(withNames && { _embedded: { groupIdToGroupNameMap: Object.fromEntries(names) } }),
  };
}
