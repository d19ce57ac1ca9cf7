/** Attributes of a rule-fed group that the people it is about may set themselves. */

import type { DirectoryKind } from "../../model/directory.ts";

/**
 * Names, contact and language, which people change in their own settings unless an administrator forbade it.
 * https://help.okta.com/oie/en-us/Content/Topics/users-groups-profiles/usgp-user-edit-attributes.htm (2026-11)
 */
const OKTA =
  /\buser\.(firstName|lastName|middleName|nickName|displayName|mobilePhone|primaryPhone|secondEmail|preferredLanguage|locale|timezone|profileUrl)\b/g;

/**
 * What a guest brings from a tenant that somebody else runs; members' own values are set by administrators.
 * https://learn.microsoft.com/en-us/entra/identity/users/groups-dynamic-membership (2026-11)
 */
const ENTRA = /\buser\.(displayName|givenName|surname|otherMails)\b/gi;

const WITHOUT_GUESTS = /\buser\.userType\s+-(eq\s+"member"|ne\s+"guest")/i;

/** E.g. `user.displayName`, each once; none for directories whose rules are not read. */
export function ownAttributesIn(rule: string, directory: DirectoryKind): readonly string[] {
  const pattern = directory === "okta" ? OKTA : directory === "entra" && !WITHOUT_GUESTS.test(rule) ? ENTRA : undefined;
  return pattern ? [...new Set(rule.match(pattern) ?? [])] : [];
}
