/** Users and Groups of RFC 7643, from the company's directory. */

import type { OktaGroup, OktaOrganization, OktaUser } from "../company.ts";
import { mayWork } from "../directory.ts";
import { guid } from "../ids.ts";

export const USER_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User";
export const GROUP_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Group";

export interface Resource {
  readonly schemas: readonly string[];
  readonly id: string;
  readonly [attribute: string]: unknown;
}

/** The id of an Okta group's counterpart. */
export function groupId(group: OktaGroup): string {
  return guid("scim group", group.id);
}

/** The id of an Okta person's counterpart. */
export function userId(user: OktaUser): string {
  return guid("scim user", user.id);
}

/** Groups by the id of each person in them. */
export function groupsByPerson(okta: OktaOrganization): ReadonlyMap<string, readonly OktaGroup[]> {
  const groups = new Map<string, OktaGroup[]>();
  for (const group of okta.groups.values())
    for (const id of group.members) groups.set(id, [...(groups.get(id) ?? []), group]);
  return groups;
}

/** A person with the groups they are in directly; `base` is where references lead. */
export function toUser(user: OktaUser, groups: readonly OktaGroup[], base: string): Resource {
  const displayName = `${user.firstName} ${user.lastName}`;
  return {
    schemas: [USER_SCHEMA],
    id: userId(user),
    userName: user.login,
    name: { formatted: displayName, givenName: user.firstName, familyName: user.lastName },
    displayName,
    active: mayWork(user),
    emails: [{ value: user.email, type: "work", primary: true }],
    groups: groups.map((group) => ({
      value: groupId(group),
      $ref: `${base}/Groups/${groupId(group)}`,
      display: group.name,
      type: "direct",
    })),
    meta: metaOf("User", userId(user), user.created, user.lastLogin ?? user.created, base),
  };
}

/** A group with everybody in it; `base` is where references lead. */
export function toGroup(group: OktaGroup, okta: OktaOrganization, base: string): Resource {
  return {
    schemas: [GROUP_SCHEMA],
    id: groupId(group),
    externalId: group.id,
    displayName: group.name,
    members: group.members
      .flatMap((id) => okta.users.get(id) ?? [])
      .map((user) => ({
        value: userId(user),
        $ref: `${base}/Users/${userId(user)}`,
        display: `${user.firstName} ${user.lastName}`,
        type: "User",
      })),
    meta: metaOf("Group", groupId(group), group.created, group.lastMembershipUpdated, base),
  };
}

function metaOf(resourceType: "User" | "Group", id: string, created: string, lastModified: string, base: string) {
  const location = `${base}/${resourceType}s/${id}`;
  return { resourceType, created, lastModified, location, version: `W/"${Date.parse(lastModified).toString(36)}"` };
}
