/**
 * priv/destructive: a role can destroy telemetry or the ways it takes.
 *
 * Why: deleted logs and sessions do not come back, and whoever covers tracks begins with them.
 * Do: move these permissions to a break-glass role; where the work needs them daily, allow it with a reason and an end.
 * Not reported: Datadog's own roles, whose content nobody here chose; roles that are as good as Datadog Admin, see
 * priv/admin-equivalent-role; roles whose content is not known; mappings that have ended.
 */

import { isAdmin, permissionNames } from "../../analysis/effective.ts";
import { audienceOf } from "../../analysis/grants.ts";
import { audienceTime, groupName, heldRoles } from "../../analysis/privilege.ts";
import type { Rule } from "../../analysis/rule.ts";
import { useLess } from "../../analysis/smallerRole.ts";
import { fold, oldest, peopleOf } from "../../analysis/words.ts";

/** Permissions that delete data, or drop it before it is kept. (2026-09) */
const DESTRUCTIVE = [
  "logs_delete_data",
  "rum_delete_data",
  "logs_modify_indexes",
  "observability_pipelines_delete",
  "data_streams_kafka_delete_topic",
];

export const destructive: Rule = {
  id: "priv/destructive",
  severity: "warning",
  checkMapping(resolved, { source, report }) {
    const audience = audienceOf(resolved);
    for (const held of heldRoles(resolved)) {
      const role = held.role.item;
      if (role.managed || isAdmin(held.target, role)) continue;
      const permitted = permissionNames(held.target, role);
      const names = DESTRUCTIVE.filter((name) => permitted.has(name));
      if (names.length === 0) continue;
      const people = audience ? peopleOf(audience) : "everybody in it";
      report({
        span: held.span,
        message: `"${groupName(resolved)}" gives "${role.name}" to ${people}, who can destroy data with ${fold(names)}. Move this to a break-glass role`,
        fixes: useLess(
          source,
          held,
          (other) => !DESTRUCTIVE.some((name) => permissionNames(held.target, other).has(name)),
        ),
        ...oldest(held.role.asOf, audience && audienceTime(resolved)),
      });
    }
  },
};
