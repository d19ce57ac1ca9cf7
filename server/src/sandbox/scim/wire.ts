/** Users and managed teams as SCIM resources. */

import type { DatadogOrganization, DatadogTeam, DatadogUser } from "../company.ts";

export const USER_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User";
export const GROUP_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const PATCH_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/** A person with their roles; `origin` is where `meta` leads. */
export function toUser(user: DatadogUser, organization: DatadogOrganization, origin: string) {
  return {
    schemas: [USER_SCHEMA],
    id: user.id,
    userName: user.handle,
    active: !user.disabled,
    name: { formatted: user.name },
    ...(user.title !== null && { title: user.title }),
    emails: [{ value: user.email, type: "work", primary: true }],
    roles: user.roleIds.map((value) => ({ value, display: organization.roles.get(value)?.name ?? "" })),
    meta: meta("User", user, origin),
  };
}

/** A managed team with everybody in it; SCIM knows no page of members. */
export function toGroup(team: DatadogTeam, organization: DatadogOrganization, origin: string) {
  return {
    schemas: [GROUP_SCHEMA],
    id: team.id,
    displayName: team.name,
    ...(team.externalId !== null && { externalId: team.externalId }),
    members: team.members.map(({ userId }) => ({
      value: userId,
      $ref: `${origin}/api/v2/scim/Users/${userId}`,
      display: organization.users.get(userId)?.name ?? "",
      type: "User",
    })),
    meta: meta("Group", team, origin),
  };
}

function meta(
  resourceType: "User" | "Group",
  row: { id: string; createdAt: string; modifiedAt: string },
  origin: string,
) {
  const location = `${origin}/api/v2/scim/${resourceType}s/${row.id}`;
  return { resourceType, location, created: row.createdAt, lastModified: row.modifiedAt };
}
