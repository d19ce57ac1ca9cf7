/** Groups, members and users as the Admin SDK's Directory API writes them. 2026-11 */

import { createHash } from "node:crypto";
import type { OktaGroup, OktaOrganization, OktaUser } from "../company.ts";
import { allMembers, directMembers, isEveryone, isOutsider, mailDomain, mayWork, slugOf } from "../directory.ts";
import { googleId } from "../ids.ts";
import type { GoogleTenant } from "./tenant.ts";

/** The id of an Okta group's counterpart. */
export function groupId(group: OktaGroup): string {
  return googleId("group", group.id);
}

/** The address that Google knows the group by: of its name, in the company's own domain. */
export function groupMail(group: OktaGroup, okta: OktaOrganization): string {
  return `${slugOf(group)}@${mailDomain(okta)}`;
}

/** Counts are texts, and count what stands in the group itself. */
export function toGroup(group: OktaGroup, okta: OktaOrganization, tenant: GoogleTenant) {
  const email = groupMail(group, okta);
  return tagged({
    kind: "admin#directory#group",
    id: groupId(group),
    email,
    name: group.name,
    directMembersCount: String(toMembers(group, okta, tenant, false).length),
    description: group.description,
    adminCreated: true,
    nonEditableAliases: [`${email}.test-google-a.com`],
  });
}

/** Rows of a member list, still without tags; `derived` adds whoever comes through a group inside. */
export function toMembers(group: OktaGroup, okta: OktaOrganization, tenant: GoogleTenant, derived: boolean) {
  // 2026-11: everybody in the domain is one row of type CUSTOMER, without an address.
  if (isEveryone(group))
    return [{ kind: "admin#directory#member", id: tenant.customer, role: "MEMBER", type: "CUSTOMER" }];
  const { people, groups } = derived ? allMembers(okta, group) : directMembers(okta, group);
  return [
    ...groups.map((inner) => ({
      kind: "admin#directory#member",
      id: groupId(inner),
      email: groupMail(inner, okta),
      role: "MEMBER",
      type: "GROUP",
      status: "ACTIVE",
    })),
    ...people.map((user, index) => toMember(user, okta, index === 0)),
  ];
}

function toMember(user: OktaUser, okta: OktaOrganization, isFirst: boolean) {
  const outside = isOutsider(okta, user);
  return {
    kind: "admin#directory#member",
    id: googleId("user", user.id),
    email: user.email,
    role: isFirst && !outside ? "OWNER" : "MEMBER",
    type: outside ? "EXTERNAL" : "USER",
    ...(!outside && { status: mayWork(user) ? "ACTIVE" : "SUSPENDED" }),
  };
}

/** `admins` are ids of people with the administrator's mark. Who left is archived here, not deleted. */
export function toUser(user: OktaUser, { customer }: GoogleTenant, admins: ReadonlySet<string>) {
  const suspended = user.status === "SUSPENDED" || user.status === "STAGED";
  return {
    kind: "admin#directory#user",
    id: googleId("user", user.id),
    primaryEmail: user.login,
    name: { givenName: user.firstName, familyName: user.lastName, fullName: `${user.firstName} ${user.lastName}` },
    isAdmin: admins.has(user.id),
    isDelegatedAdmin: false,
    lastLoginTime: user.lastLogin ?? "1970-01-01T00:00:00.000Z",
    creationTime: user.created,
    agreedToTerms: user.status !== "STAGED",
    suspended,
    ...(suspended && { suspensionReason: "ADMIN" }),
    // Those who left keep their mailbox, and nothing else.
    archived: user.status === "DEPROVISIONED",
    emails: [{ address: user.email, primary: true }],
    customerId: customer,
    orgUnitPath: `/${user.department}`,
    isMailboxSetup: true,
    isEnrolledIn2Sv: user.status === "ACTIVE",
  };
}

/** Every object carries a tag of its content in its body. */
export function tagged<T extends object>(row: T): T & { readonly etag: string } {
  return { ...row, etag: `"${createHash("sha256").update(JSON.stringify(row)).digest("base64url").slice(0, 27)}"` };
}
