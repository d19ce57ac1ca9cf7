/** Whether two definitions of a bundle give the same. */

import type { Bundle } from "../../model/mapping.ts";

/** True when both give the same roles and teams, in whatever order. */
export function sameBundle(one: Bundle, other: Bundle): boolean {
  return contentOf(one) === contentOf(other);
}

function contentOf({ roles, teams }: Bundle): string {
  const names = roles.map(({ id, name }) => (id === undefined ? `name ${name}` : `id ${id}`));
  return JSON.stringify([names.sort(), teams.map(({ value }) => value).sort()]);
}
