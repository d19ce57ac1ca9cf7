/**
 * sod/grant-and-audit: the same people manage access and can switch off the record of it.
 *
 * Why: whoever gives themselves a role and then shortens or stops the audit trail leaves nothing to find.
 * Do: let people who manage no access keep the audit trail.
 * Not reported: roles that give both, which are judged as administrators' roles; Datadog Admin Role, which holds
 * everything; people of groups whose members were not read; roles whose content is not known; mappings that have ended.
 */

import { ADMIN_ROLE, adminEquivalence, permissionNames } from "../../analysis/effective.ts";
import type { HeldRole } from "../../analysis/grants.ts";
import { groupName } from "../../analysis/grants.ts";
import { findMeetings } from "../../analysis/judgements/meetings.ts";
import { useLess } from "../../analysis/judgements/smallerRole.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, oldest } from "../../analysis/words.ts";

const RECORD = "audit_logs_write";

export const grantAndAudit: Rule = {
  id: "sod/grant-and-audit",
  severity: "warning",
  checkOrganization({ mappings }, { report }) {
    for (const { earlier, later, people } of findMeetings(mappings, managesAccess, keepsRecord)) {
      const [grants, records] = later.side === "one" ? [later, earlier] : [earlier, later];
      report({
        source: later.resolved.mapping.source,
        span: later.held.span,
        message: `${fold(people)} ${people.length === 1 ? "manages" : "manage"} access through "${groupName(grants.resolved)}" ("${grants.held.role.item.name}") and can switch off its record through "${groupName(records.resolved)}" ("${records.held.role.item.name}", ${RECORD}); let others keep the audit trail`,
        fixes: useLess(later.resolved.mapping.source, later.held, (role) => {
          const names = permissionNames(later.held.target, role);
          return !names.has(RECORD) && adminEquivalence(later.held.target, role).length === 0;
        }),
        related: [{ source: earlier.resolved.mapping.source, span: earlier.held.span, message: "the other half" }],
        ...oldest(later.held.role.asOf, earlier.held.role.asOf),
      });
    }
  },
};

function managesAccess({ target, role }: HeldRole): boolean {
  const holdsBoth = role.item.name === ADMIN_ROLE || permissionNames(target, role.item).has(RECORD);
  return !holdsBoth && adminEquivalence(target, role.item).length > 0;
}

function keepsRecord({ target, role }: HeldRole): boolean {
  return permissionNames(target, role.item).has(RECORD) && adminEquivalence(target, role.item).length === 0;
}
