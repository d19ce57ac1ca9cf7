/** Guards against locking people out, or everybody who could let them in again. */

import { countOf } from "../../analysis/words.ts";
import { breakGlassOf, countAdmins } from "../effects/lockout.ts";
import { foldPeople } from "../render/words.ts";
import type { Guarded, Objection } from "./guards.ts";

/** `lock/no-admin-left`: fewer human administrators than the project wants, because of this plan. */
export function noAdminLeft({ desired, changes, effects, safety }: Guarded): readonly Objection[] {
  const { before, after } = countAdmins(desired, changes, effects);
  // An organization that never had enough is warned about; a plan is stopped for what it does itself.
  if (after >= safety.admins || after >= before) return [];
  if (after === 0) return [{ message: "nobody would be left who can administer the organization", isFinal: true }];
  const message = `${countOf(after, "person", "people")} would be left who can administer the organization; safety.admins asks for ${safety.admins}`;
  return [{ message }];
}

/** `lock/self`: the identity in use would lose a right, or be switched off. Never lifted: half a push could not be finished. */
export function ownRights({ own, actor, changes }: Guarded): readonly Objection[] {
  const isOwn = changes.some((change) => "account" in change && change.account.id === actor.accountId);
  const roles = (own?.revokes ?? []).map(({ name }) => name).join(", ");
  if (roles === "" && !isOwn) return [];
  const what = roles === "" ? `would change ${actor.handle}` : `would take ${roles} from ${actor.handle}`;
  const message = `the files ${what}, the identity in use; apply as another identity, best a service account`;
  return [{ object: actor.handle, message, isFinal: true }];
}

/**
 * `lock/unmatched-active-users`: mappings of roles change, and active people match none. With role mapping on they lose
 * all roles at their next login and cannot log in any more. Break-glass accounts are meant to match none.
 */
export function unmatchedPeople({ desired, changes, lockout }: Guarded): readonly Objection[] {
  const isAboutRoles = changes.some(
    (change) =>
      ((change.action === "create-mapping" || change.action === "delete-mapping") &&
        change.mapping.gives.kind === "role") ||
      (change.action === "update-mapping" && change.before.gives.kind === "role"),
  );
  if (!isAboutRoles) return [];
  const breakGlass = breakGlassOf(desired, changes);
  const unmatched = lockout.unmatched.filter((handle) => !breakGlass.has(handle));
  if (unmatched.length === 0) return [];
  const match = unmatched.length === 1 ? "matches" : "match";
  const message = `${foldPeople(unmatched)} ${match} no mapping of a role, and would lose all roles at the next login with role mapping on`;
  return [{ message }];
}
