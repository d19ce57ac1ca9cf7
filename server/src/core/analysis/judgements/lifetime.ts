/** How long a grant may live. */

import type { Policy } from "../../model/project.ts";
import { addDays, type Day, dayOf, type Instant } from "../../model/time.ts";

/** Days that fixes give a mapping: long enough for a quarter's work, short enough to be looked at again. */
const USUAL_DAYS = 90;

/** The end that fixes write: 90 days from now, or sooner where the policy's `longest` says so. */
export function latestEnd(policy: Policy, now: Instant): Day {
  return addDays(dayOf(now), Math.min(USUAL_DAYS, policy.longest ?? USUAL_DAYS));
}
