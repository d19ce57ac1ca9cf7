/** Whether some work is a group's own, as far as its name, its description or the mapping's reason tells. */

import type { ResolvedMapping } from "./grants.ts";
import { groupName } from "./privilege.ts";

/** Words that tell; those of two letters stand alone. */
const WORDS = {
  security:
    /secur|\bsoc\b|siem|soar|detect|threat|incident response|csirt|\bcert\b|audit|complian|forensic|blue.?team/i,
  finance:
    /financ|finops|\bfin\b|billing|invoic|procure|purchas|accounting|controlling|treasur|contracts?\b|subscription/i,
} as const;

export type Duty = keyof typeof WORDS;

export function hasDuty(resolved: ResolvedMapping, duty: Duty): boolean {
  const { group, mapping } = resolved;
  const description = group?.answer === "present" ? group.item.description : undefined;
  const texts = [groupName(resolved), description ?? "", mapping.reason?.value ?? ""];
  return texts.some((text) => WORDS[duty].test(text.replaceAll("_", " ")));
}
