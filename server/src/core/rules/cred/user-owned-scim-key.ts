/**
 * cred/user-owned-scim-key: every key that can push to an organization through SCIM belongs to a person.
 *
 * Why: Datadog removes a person's keys when the account is disabled. Pushing then stops on the day its author leaves, and
 * so does whatever the identity provider pushes with the same key.
 * Do: make an application key of a service account whose role holds user_access_invite and user_access_manage, scoped to
 * these two, and enter it for writing.
 * Not reported: organizations that nothing is pushed to through SCIM, or that accessmap.lock does not name yet; keys,
 * tokens, accounts or roles that were not wholly read; service accounts one of whose keys or tokens may be able to.
 */

// https://docs.datadoghq.com/account_management/scim/ (2026-09)
import { permitsAll, SCIM_PERMISSIONS } from "../../analysis/judgements/keys.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, inQuotes } from "../../analysis/words.ts";
import { isComplete } from "../../model/knowledge.ts";

export const userOwnedScimKey: Rule = {
  id: "cred/user-owned-scim-key",
  severity: "error",
  checkProject({ world, report }) {
    for (const { name, span, push } of world.project?.content.organizations.values() ?? []) {
      const target = world.targets.get(name);
      const isPushed = push.roles === "scim" || push.teams === "scim";
      if (!isPushed || !target || !world.lock.organizations.has(name)) continue;
      const { accounts, credentials } = target;
      if (!isComplete(accounts) || !isComplete(credentials?.applicationKeys) || !isComplete(credentials.tokens))
        continue;
      const isPersonal = (ownerId = "") => accounts.items.get(ownerId)?.serviceAccount === false;
      const keys = [...credentials.applicationKeys.items.values()];
      const others = [...keys, ...credentials.tokens.items.values()].filter(({ ownerId }) => !isPersonal(ownerId));
      if (others.some((key) => permitsAll(target, key, SCIM_PERMISSIONS) !== false)) continue;
      const personal = keys.filter(
        (key) => isPersonal(key.ownerId) && permitsAll(target, key, SCIM_PERMISSIONS) === true,
      );
      if (personal.length === 0) continue;
      const owners = new Set(personal.flatMap(({ ownerId = "" }) => accounts.items.get(ownerId)?.email ?? []));
      report({
        span,
        message: `Every key that can push to ${inQuotes(name)} through SCIM belongs to a person (${fold([...owners].sort())}) and stops when they leave; make one of a service account with the scopes ${SCIM_PERMISSIONS.join(" and ")}`,
        asOf: credentials.applicationKeys.asOf,
      });
    }
  },
};
