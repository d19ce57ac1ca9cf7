/** Which Datadog accounts a person of a directory may mean. */

import type { Principal } from "../model/directory.ts";
import { itemsOf } from "../model/knowledge.ts";
import { indexBy } from "../model/maps.ts";
import type { Account, TargetInventory } from "../model/target.ts";
import { memo } from "./memo.ts";

/**
 * The accounts a person may mean: one, none, or several when their address is not unique. The handle is SCIM's
 * `userName`, unique and immutable, so the login joins on it first; the address comes second. (2026-09)
 * Service accounts carry the address of whoever made them, so only their handle counts.
 */
export function accountsOf(target: TargetInventory, principal: Principal): readonly Account[] {
  const index = memo(target, indexAccounts);
  const byHandle = index.handles.get(principal.login) ?? index.handles.get(principal.email);
  if (byHandle) return byHandle;
  const byEmail = index.emails.get(principal.email) ?? [];
  // Somebody who came back under a new handle leaves a disabled account with the same address behind.
  const enabled = byEmail.filter((account) => account.status !== "disabled");
  return enabled.length > 0 ? enabled : byEmail;
}

function indexAccounts(target: TargetInventory) {
  const accounts = [...itemsOf(target.accounts).values()];
  // Where the address is the handle, as with most, it was found by that.
  const withEmail = accounts.filter(
    ({ serviceAccount, email, handle }) => !serviceAccount && email !== "" && email !== handle,
  );
  return {
    handles: indexBy(
      accounts.filter((account) => account.handle !== ""),
      (account) => account.handle,
    ),
    emails: indexBy(withEmail, (account) => account.email),
  };
}
