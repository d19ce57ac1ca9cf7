/** Roles that accessmap.yaml declares as linked to a team: no published API reads them (2026-09). */

import type { Lookup } from "../model/knowledge.ts";
import type { Role } from "../model/target.ts";
import type { ResolvedMapping } from "./grants.ts";
import { resolveRole } from "./resolve.ts";

/** Those that are known to exist. */
export function linkedRolesOf(
  { organization, target }: Pick<ResolvedMapping, "organization" | "target">,
  handle: string,
): readonly Extract<Lookup<Role>, { answer: "present" }>[] {
  if (!organization) return [];
  return organization.linked.teams
    .filter(({ name }) => name === handle)
    .flatMap(({ roles }) => roles)
    .flatMap(({ value, span }) => {
      const found = resolveRole(target, { name: value, span }, organization.name);
      return found.answer === "present" ? [found] : [];
    });
}
