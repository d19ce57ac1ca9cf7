/**
 * Whether what people hold is younger than the time that a rule looks back on, as far as anything tells: dates of roles, the
 * audit trail, and the journals of pushes. What is younger was never tried, and its rest proves nothing.
 */

import { itemsOf } from "../../model/knowledge.ts";
import type { Role, TargetInventory } from "../../model/target.ts";
import { type Day, dayOf, type Instant } from "../../model/time.ts";
import { memo } from "../memo.ts";
import type { World } from "../world.ts";

/** The role was made on or after that day. */
export function isMadeSince({ createdAt }: Role, since: Day): boolean {
  return createdAt !== undefined && dayOf(createdAt) >= since;
}

/** The role was made, or permits something else, since that day. */
export function isChangedSince(target: TargetInventory, role: Role, since: Day): boolean {
  const { modifiedAt } = role;
  const isModified = modifiedAt !== undefined && dayOf(modifiedAt) >= since;
  return isModified || isMadeSince(role, since) || isTouchedSince(target, role.id, since);
}

/** Somebody changed what the account holds since that day, or a push gave it the role. */
export function isGivenSince(
  { moves }: World,
  target: TargetInventory,
  role: Pick<Role, "id">,
  account: string,
  since: Day,
): boolean {
  const byPush = moves
    .get(target.name)
    ?.some((move) => move.did === "gave" && move.id === role.id && move.account === account && dayOf(move.at) >= since);
  return byPush === true || isTouchedSince(target, account, since);
}

function isTouchedSince(target: TargetInventory, id: string, since: Day): boolean {
  const last = memo(target, lastTouches).get(id);
  return last !== undefined && dayOf(last) >= since;
}

/** When each thing was last changed, by the audit trail. */
function lastTouches({ audit }: TargetInventory): ReadonlyMap<string, Instant> {
  const last = new Map<string, Instant>();
  for (const { asset, at } of itemsOf(audit?.events).values())
    if (asset.id !== undefined && at > (last.get(asset.id) ?? "")) last.set(asset.id, at);
  return last;
}
