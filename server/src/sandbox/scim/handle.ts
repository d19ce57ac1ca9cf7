/** Names and handles of teams, derived from what a SCIM client calls its group. */

/** 2026-08: letters, digits and `._-:/`; blanks become underscores, as does whatever else there may be. At most 200. */
export function teamName(displayName: string): string {
  return displayName
    .trim()
    .replace(/[^A-Za-z0-9._\-:/]+/g, "_")
    .slice(0, 200);
}

/** The name in lower case, without an underscore at its end. At most 195 characters. */
export function handleOf(displayName: string): string {
  return teamName(displayName).toLowerCase().slice(0, 195).replace(/_+$/, "");
}
