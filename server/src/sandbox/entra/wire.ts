/** Groups and users as Graph v1.0 writes them, with all the properties that may be asked for. 2026-11 */

import type { OktaGroup, OktaOrganization, OktaUser } from "../company.ts";
import { isEveryone, isHidden, isOutsider, mayWork, ruleOf, slugOf } from "../directory.ts";
import { guid } from "../ids.ts";
import type { EntraTenant } from "./tenant.ts";

export type Row = Readonly<Record<string, unknown>> & { readonly id: string };

/** The object id of an Okta group's counterpart. */
export function groupId(group: OktaGroup): string {
  return guid("entra group", group.id);
}

/** The object id of an Okta person's counterpart. */
export function userId(user: OktaUser): string {
  return guid("entra user", user.id);
}

/** Every property that may be asked for; `selector` cuts it to what was. */
export function toGroup(group: OktaGroup, okta: OktaOrganization, tenant: EntraTenant): Row {
  const rule = isEveryone(group) ? "user.objectId -ne null" : ruleOf(okta, group);
  // 2026-11: only Microsoft 365 groups can hide their members.
  const types = [...(isHidden(group) ? ["Unified"] : []), ...(rule === undefined ? [] : ["DynamicMembership"])];
  return {
    id: groupId(group),
    deletedDateTime: null,
    classification: null,
    createdDateTime: seconds(group.created),
    description: group.description,
    displayName: group.name,
    expirationDateTime: null,
    groupTypes: types,
    isAssignableToRole: null,
    mail: isHidden(group) ? `${slugOf(group)}@${tenant.domain}` : null,
    mailEnabled: isHidden(group),
    mailNickname: slugOf(group),
    membershipRule: rule ?? null,
    membershipRuleProcessingState: rule === undefined ? null : "On",
    onPremisesSyncEnabled: group.type === "APP_GROUP" ? true : null,
    renewedDateTime: seconds(group.created),
    securityEnabled: !isHidden(group),
    visibility: isHidden(group) ? "HiddenMembership" : null,
  };
}

/** Every property that may be asked for. People with an address elsewhere are guests. */
export function toUser(user: OktaUser, okta: OktaOrganization, tenant: EntraTenant): Row {
  const guest = isOutsider(okta, user);
  return {
    id: userId(user),
    businessPhones: [],
    displayName: `${user.firstName} ${user.lastName}`,
    givenName: user.firstName,
    jobTitle: null,
    mail: user.email,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
    surname: user.lastName,
    userPrincipalName: guest ? `${user.email.replace("@", "_")}#EXT#@${tenant.domain}` : user.login,
    accountEnabled: mayWork(user),
    createdDateTime: seconds(user.created),
    deletedDateTime: null,
    department: user.department,
    externalUserState: guest ? "Accepted" : null,
    userType: guest ? "Guest" : "Member",
  };
}

/** What a group shows without `$select`: everything above. */
export const GROUP_PROPERTIES: readonly string[] = [
  "id",
  "deletedDateTime",
  "classification",
  "createdDateTime",
  "description",
  "displayName",
  "expirationDateTime",
  "groupTypes",
  "isAssignableToRole",
  "mail",
  "mailEnabled",
  "mailNickname",
  "membershipRule",
  "membershipRuleProcessingState",
  "onPremisesSyncEnabled",
  "renewedDateTime",
  "securityEnabled",
  "visibility",
];

/** What a user shows without `$select`. */
export const USER_DEFAULTS: readonly string[] = [
  "id",
  "businessPhones",
  "displayName",
  "givenName",
  "jobTitle",
  "mail",
  "mobilePhone",
  "officeLocation",
  "preferredLanguage",
  "surname",
  "userPrincipalName",
];

/** What a user shows only when it is asked for. */
export const USER_ON_REQUEST: readonly string[] = [
  "accountEnabled",
  "createdDateTime",
  "deletedDateTime",
  "department",
  "externalUserState",
  "userType",
];

/** What `User.ReadBasic.All` shows of somebody. */
const BASIC = ["id", "displayName", "givenName", "mail", "surname", "userPrincipalName"];

/** The same user with null for whatever the application may not see; the id always stays. */
export function seenBy({ permissions }: EntraTenant, user: Row): Row {
  if (permissions.has("User.Read.All")) return user;
  const seen = permissions.has("User.ReadBasic.All") ? BASIC : ["id"];
  const shown = Object.entries(user).map(([name, value]) => [name, seen.includes(name) ? value : null]);
  return { ...Object.fromEntries(shown), id: user.id };
}

/** Graph writes instants without milliseconds. */
function seconds(instant: string): string {
  return instant.replace(/\.\d+Z$/, "Z");
}
