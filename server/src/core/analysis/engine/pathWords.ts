/** Paths of access in words: through which group, team and role. */

import { inQuotes } from "../words.ts";
import type { Path } from "./answers.ts";

/** `"dd-sre" → "SRE"`; `"Legacy", held outside the files`. */
export function pathText({ group, team, role, includedIn }: Path): string {
  const included = includedIn === undefined ? "" : ` (part of ${includedIn})`;
  if (!group) return `${inQuotes(role.name)}${included}, held outside the files`;
  const links = [
    inQuotes(group.facts.name),
    ...(team === undefined ? [] : [`team ${inQuotes(team)}`]),
    inQuotes(role.name),
  ];
  return `${links.join(" → ")}${included}`;
}
