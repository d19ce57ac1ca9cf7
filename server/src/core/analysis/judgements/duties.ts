/**
 * Whether some work is a group's own, as far as its name or the mapping's reason tells. A description would tell more, but
 * committed snapshots have none.
 */

import type { ResolvedMapping } from "../grants.ts";
import { groupName } from "../grants.ts";

/** Words that tell; those of two letters stand alone. */
const WORDS = {
  security:
    /secur|infosec|appsec|secops|\bsec\b|\bsoc\b|siem|soar|detect|threat|incident response|csirt|\bcert\b|audit|complian|forensic|blue.?team/i,
  finance:
    /financ|finops|\bfin\b|billing|invoic|procure|purchas|accounting|controll|payable|\bcosts?\b|\bcfo\b|treasur|contracts?\b|subscription/i,
  /** Access that is used, or a group that is filled, only when something happens. */
  standby: /break.?glass|emergenc|just.?in.?time|\bjit\b|\bpim\b|elevat|on.?demand|stand.?by/i,
} as const;

export type Duty = keyof typeof WORDS;

/** True when the group's name or the mapping's reason has a word that tells of this work. */
export function hasDuty(resolved: ResolvedMapping, duty: Duty): boolean {
  const texts = [groupName(resolved), resolved.mapping.reason?.value ?? ""];
  return texts.some((text) => WORDS[duty].test(text.replaceAll("_", " ")));
}
