/** AuthN mappings that the files come to, and whom a claim's value tells from others at a SAML login. */

import { accountsOf } from "../../analysis/accounts.ts";
import type { ResolvedMapping } from "../../analysis/grants.ts";
import { itemsOf } from "../../model/knowledge.ts";
import { addTo } from "../../model/maps.ts";
import type { MappingContent } from "../plan.ts";
import type { DesiredDraft } from "./desire.ts";
import type { Given } from "./desired.ts";

/** What the claim carries for the group: its id where the directory sends ids, else its name. Case counts. */
function claimOf({ group, directory }: ResolvedMapping): string | undefined {
  if (group?.answer !== "present") return undefined;
  return directory?.claim === "id" ? group.item.id : group.item.name;
}

/** Mappings that have ended count too: until it is deleted, a login still applies what stands in Datadog. */
export function noteClaim(draft: DesiredDraft, resolved: ResolvedMapping): void {
  for (const principal of itemsOf(resolved.members).values())
    if (principal.state === "active")
      for (const account of accountsOf(draft.target, principal))
        if (!account.serviceAccount) noteClaimant(draft, resolved, account.id);
}

/** An account whose person carries the group's claim. */
export function noteClaimant({ claims }: DesiredDraft, resolved: ResolvedMapping, accountId: string): void {
  const value = claimOf(resolved);
  if (value !== undefined) addTo(claims, value, accountId);
}

/** One mapping for each role or team that is pushed through SAML. `gap`: why nobody can say whom it would reach. */
export function wantMappings(
  draft: DesiredDraft,
  resolved: ResolvedMapping,
  given: readonly Given[],
  gap: string | undefined,
): void {
  const { attribute, push } = draft.organization;
  const value = claimOf(resolved);
  if (value === undefined || attribute === undefined) return;
  const teams = new Map(resolved.teams.map(({ handle, team }) => [handle, team]));
  for (const { kind, id, because } of given) {
    if (push[kind === "role" ? "roles" : "teams"] !== "saml") continue;
    const gives = kind === "role" ? roleNamed(draft, id) : teamNamed(id, teams.get(id));
    if (gives)
      draft.mappings.push({
        content: { key: attribute.value, value, gives },
        because,
        ...(gap !== undefined && { gap }),
      });
  }
}

function roleNamed({ target }: DesiredDraft, id: string): MappingContent["gives"] {
  return { kind: "role", id, name: itemsOf(target.roles).get(id)?.name ?? id };
}

/** A mapping names a team by its id, so a team has to exist first. */
function teamNamed(handle: string, team: ResolvedMapping["teams"][number]["team"] | undefined) {
  return team?.answer === "present" ? ({ kind: "team", id: team.item.id, name: handle } as const) : undefined;
}
