/** A row of a plan's map in words. */

import type { PlanMapRow } from "./accessMap.ts";
import { NOT_CHECKED } from "./words.ts";

/** `before → after  +gain −loss`. */
export function changeText({
  before,
  after,
  gain,
  loss,
}: Pick<PlanMapRow, "before" | "after" | "gain" | "loss">): string {
  const numbers = before === undefined || after === undefined ? NOT_CHECKED : `${before} → ${after}`;
  return [numbers, gain > 0 ? `+${gain}` : "", loss > 0 ? `−${loss}` : ""].filter(Boolean).join("  ");
}
