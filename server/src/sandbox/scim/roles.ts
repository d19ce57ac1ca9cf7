/** Roles in SCIM: UUIDs of this organization count, all others are dropped without a word to the caller. */

import type { DatadogUser } from "../company.ts";
import type { DatadogContext } from "../datadog/caller.ts";
import { recordAccess, userAsset } from "../datadog/record.ts";
import type { Setting } from "../http/frame.ts";
import { isRecord } from "../http/query.ts";
import { VendorError } from "../http/vendorError.ts";
import { STANDARD_ROLE } from "../seed/permissions.ts";

/**
 * The role ids that a `roles` value stands for. Values that match nothing are logged to the audit trail and left out.
 *
 * When none matches, or none is sent, three pages of the documentation disagree (2026-09): the default role, the role of
 * the SAML login page, or no change at all. This server follows the overview page and gives the default role, Standard:
 * of the three it is the one that hurts a careless client most.
 * https://docs.datadoghq.com/account_management/scim/
 */
export function matchRoles(setting: Setting, context: DatadogContext, user: DatadogUser, value: unknown): string[] {
  if (!Array.isArray(value) || value.some((item) => !isRecord(item)))
    throw new VendorError(400, "'roles' should be object");
  const { roles } = setting.company.datadog;
  const sent = value.map((item: Record<string, unknown>) => String(item.value ?? ""));
  for (const id of sent.filter((candidate) => !roles.has(candidate))) {
    recordAccess(
      setting,
      context,
      "modified",
      userAsset(user),
      `SCIM role ${id} of ${user.handle} matches no role and was ignored`,
    );
  }
  const matched = [...new Set(sent.filter((id) => roles.has(id)))];
  if (matched.length > 0) return matched;
  const standard = [...roles.values()].find((role) => role.name === STANDARD_ROLE);
  return standard ? [standard.id] : user.roleIds;
}
