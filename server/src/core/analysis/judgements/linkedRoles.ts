/** Roles that accessmap.yaml declares as linked to a team: no published API reads them (2026-09). */

import type { Lookup } from "../../model/knowledge.ts";
import type { Role } from "../../model/target.ts";
import type { HeldRole, ResolvedMapping } from "../grants.ts";
import { resolveRole } from "../resolve.ts";

/** Those that are known to exist. */
function linkedRolesOf(
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

/** A role that a mapping gives by way of a team. */
export interface ConferredRole extends HeldRole {
  readonly handle: string;
  readonly isOpen: boolean;
}

/** Roles that the teams of a mapping in force confer, at the place that names the team. */
export function conferredRoles(resolved: ResolvedMapping): readonly ConferredRole[] {
  const { teams, inForce, target } = resolved;
  if (!inForce || !target) return [];
  return teams.flatMap(({ handle, span, team, bundle }) => {
    const isOpen = team.answer === "present" && team.item.open === true && !team.item.managed;
    return linkedRolesOf(resolved, handle).map((role): ConferredRole => {
      const ref = { name: role.item.name, span };
      return { handle, isOpen, span, ref, role, target, ...(bundle && { bundle }) };
    });
  });
}
