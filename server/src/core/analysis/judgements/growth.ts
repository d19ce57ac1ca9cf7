/** How much a group grew since its size was last reviewed. */

import type { Lock } from "../../model/lock.ts";
import { audienceSize, type ResolvedMapping } from "../grants.ts";

/** Growth that nobody needs to look at: people come and go. */
const FEW = 5;
const SHARE = 0.5;

/** Undefined when it grew by less than five people or a half, or when either size is not known exactly. */
export function growthOf(
  resolved: ResolvedMapping,
  lock: Lock,
): { readonly before: number; readonly now: number } | undefined {
  const { directory, group } = resolved;
  if (!directory || group?.answer !== "present") return undefined;
  const pin = lock.groups.get(directory.name)?.get(group.item.name);
  if (pin?.people === undefined || pin.id !== group.item.id) return undefined;
  const audience = audienceSize(resolved);
  if (!audience?.exact) return undefined;
  const more = audience.people - pin.people;
  return more >= FEW && more >= pin.people * SHARE ? { before: pin.people, now: audience.people } : undefined;
}
