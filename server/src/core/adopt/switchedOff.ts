/**
 * AuthN mappings that Datadog keeps and does not apply: with role mapping off, and with teams kept by hand, they give nobody
 * anything, so they are no access that an import could find. Where mappings are what is pushed, they count all the same.
 */

import type { OrganizationConfig } from "../model/project.ts";
import type { Switches, TargetInventory } from "../model/target.ts";
import { dayOf, type Instant } from "../model/time.ts";
import type { Comparison } from "./compare.ts";
import { type Evidence, gather, type Note } from "./proposal.ts";
import { entryLines } from "./renderEntry.ts";

type Kind = "role" | "team";

/** What stands against effect. */
export const WHY: Readonly<Record<Kind, string>> = {
  role: "role mapping is off",
  team: "teams are kept by hand",
};

/** `off`: they have no effect. `unknown`: nobody here may read the switch. */
export function stateOf(
  kind: Kind,
  { push }: OrganizationConfig,
  { roleMapping, teamSource }: Switches,
): "on" | "off" | "unknown" {
  if ((kind === "role" ? push.roles : push.teams) === "saml") return "on";
  if (kind === "role") return roleMapping.state === "unknown" ? "unknown" : roleMapping.value ? "on" : "off";
  return teamSource.state === "unknown" ? "unknown" : teamSource.value === "manually" ? "off" : "on";
}

interface Context {
  readonly organization: OrganizationConfig;
  readonly target: TargetInventory;
  readonly comparison: Comparison;
  readonly usual: string | undefined;
  readonly now: Instant;
}

/** Keeps what has effect, and what gives its group nothing that everybody in it does not have already; says the rest. */
export function withoutSwitchedOff(
  evidence: readonly Evidence[],
  context: Context,
): { readonly evidence: readonly Evidence[]; readonly notes: readonly Note[] } {
  const kept: Evidence[] = [];
  const notes: Note[] = [];
  for (const kind of ["role", "team"] as const) {
    const own = evidence.filter(({ grants }) => kind in grants);
    const state = stateOf(kind, context.organization, context.target.switches);
    if (own.length === 0) continue;
    if (state !== "off") {
      kept.push(...own);
      if (state === "unknown") notes.push(unreadSwitch(kind, context));
      continue;
    }
    const held = own.filter((one) => isHeldByAll(one, context));
    const comment = `${WHY[kind]}, but everybody in the group has what its AuthN mapping gives (${dayOf(context.now)})`;
    kept.push(...held.map((one) => ({ ...one, comment: one.comment ?? comment })));
    const rest = own.filter((one) => !held.includes(one));
    if (rest.length > 0) notes.push(withoutEffect(kind, rest, context));
  }
  return { evidence: kept, notes };
}

function unreadSwitch(kind: Kind, { organization, target }: Context): Note {
  const fact = kind === "role" ? target.switches.roleMapping : target.switches.teamSource;
  const why = fact.state === "unknown" ? fact.why.message : "";
  const what = kind === "role" ? "role mapping is on" : "teams follow AuthN mappings";
  return { text: `whether ${what} in ${organization.name} is not known, and was taken to be so: ${why}` };
}

function withoutEffect(kind: Kind, evidence: readonly Evidence[], { organization, usual }: Context): Note {
  return {
    text: `${WHY[kind]} in ${organization.name}, so these AuthN mappings have no effect; as entries they would give people what they do not have`,
    proposal: gather(evidence).flatMap((mapping) => entryLines(mapping, usual)),
  };
}

function isHeldByAll({ group, grants }: Evidence, { comparison, target }: Context): boolean {
  const found = comparison.groups.find(
    (one) => one.directory.name === group.directory && (one.group.id === group.text || one.group.name === group.text),
  );
  if (!found || found.accounts.size === 0) return false;
  const team = "team" in grants ? [...teamsOf(target)].find(({ handle }) => handle === grants.team) : undefined;
  return [...found.accounts].every((id) =>
    "role" in grants
      ? target.accounts.state === "known" && target.accounts.items.get(id)?.roleIds.includes(grants.role.id ?? "")
      : team !== undefined && isIn(target, team.id, id),
  );
}

function teamsOf({ teams }: TargetInventory) {
  return teams.state === "known" ? teams.items.values() : [];
}

function isIn({ teamMembers }: TargetInventory, teamId: string, accountId: string): boolean {
  const members = teamMembers.get(teamId);
  return members?.state === "known" && members.items.has(accountId);
}
