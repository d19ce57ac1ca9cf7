/**
 * What a SAML login makes of people, by the AuthN mappings there are and those a plan leaves. With role mapping on, a
 * login takes all roles away and gives those whose mapping matches. (2026-09)
 */

import { itemsOf } from "../../model/knowledge.ts";
import { addTo } from "../../model/maps.ts";
import type { AuthnMapping } from "../../model/target.ts";
import { namedRole } from "../causes.ts";
import type { Desired } from "../desire/desired.ts";
import { peopleOf } from "../people.ts";
import type { Cause, Change, MappingChange, MappingContent } from "../plan.ts";
import { describeMapping } from "../render/describeChange.ts";
import type { EffectDraft } from "./effects.ts";

type Grants = AuthnMapping["grants"];

/** False only when the switch was read and is off; what cannot be read is feared to be on. */
export function appliesRoles({ target }: Desired): boolean {
  const { roleMapping } = target.switches;
  return roleMapping.state === "unknown" || roleMapping.value;
}

/** What a login does with teams: `manually`: nothing; `saml_only`: takes what hands gave. */
export function teamSource({ target }: Desired): string {
  const { teamSource: source } = target.switches;
  return source.state === "known" ? source.value : "saml_and_manually";
}

/** Who holds which roles after their next login, by account id, as far as mappings of our attribute and known groups tell. */
export function rolesAtLogin(desired: Desired, changes: readonly Change[]): ReadonlyMap<string, ReadonlySet<string>> {
  return givenAtLogin(desired, changes, (grants) => ("roleId" in grants ? grants.roleId : undefined));
}

/** Adds what mapping changes do at the next login, for the roles and teams that they concern. */
export function loginEffects(
  desired: Desired,
  changes: readonly Change[],
  draftOf: (accountId: string) => EffectDraft,
): void {
  const touched = touchedBy(changes);
  if (touched.length === 0) return;
  const roles = touched.filter(({ gives }) => gives.kind === "role");
  if (roles.length > 0 && appliesRoles(desired)) addRoles(desired, changes, roles, draftOf);
  const teams = touched.filter(({ gives }) => gives.kind === "team");
  if (teams.length > 0 && teamSource(desired) !== "manually") addTeams(desired, changes, teams, draftOf);
}

/** A role or team that a change adds a mapping for, or takes one from. */
interface Touched {
  readonly gives: MappingContent["gives"];
  readonly isAdded: boolean;
  readonly change: MappingChange;
}

function touchedBy(changes: readonly Change[]): readonly Touched[] {
  return changes.flatMap((change): Touched[] => {
    if (change.action === "create-mapping") return [{ gives: change.mapping.gives, isAdded: true, change }];
    if (change.action === "delete-mapping") return [{ gives: change.mapping.gives, isAdded: false, change }];
    if (change.action !== "update-mapping") return [];
    return [
      { gives: change.after.gives, isAdded: true, change },
      { gives: change.before.gives, isAdded: false, change },
    ];
  });
}

function addRoles(
  desired: Desired,
  changes: readonly Change[],
  touched: readonly Touched[],
  draftOf: (accountId: string) => EffectDraft,
): void {
  const after = rolesAtLogin(desired, changes);
  const [added, taken] = split(touched);
  for (const { id, roleIds } of peopleWhoLogIn(desired, changes)) {
    const then = after.get(id);
    for (const [role, { change }] of added)
      if (then?.has(role) && !roleIds.includes(role))
        draftOf(id).rolesGained.push({ ...namedRole(desired, role), because: change.because });
    for (const [role, touch] of taken)
      if (!then?.has(role) && roleIds.includes(role))
        draftOf(id).rolesLost.push({ ...namedRole(desired, role), because: lossCause(touch) });
  }
}

function addTeams(
  desired: Desired,
  changes: readonly Change[],
  touched: readonly Touched[],
  draftOf: (accountId: string) => EffectDraft,
): void {
  const after = givenAtLogin(desired, changes, (grants) => ("teamId" in grants ? grants.teamId : undefined));
  const [added, taken] = split(touched);
  // Accounts that the plan creates log in too; their roles they have from the start.
  for (const { id } of [...peopleWhoLogIn(desired, changes), ...desired.newcomers.values()]) {
    for (const [teamId, { gives, change }] of added)
      if (after.get(id)?.has(teamId) && isWritable(desired, teamId) && !memberOf(desired, teamId, id))
        draftOf(id).teamsGained.push({ id: teamId, name: gives.name, because: change.because });
    for (const [teamId, touch] of taken) {
      const member = memberOf(desired, teamId, id);
      const isLost = member && (member.fromSaml || teamSource(desired) === "saml_only");
      if (isLost && !after.get(id)?.has(teamId) && isWritable(desired, teamId))
        draftOf(id).teamsLost.push({ id: teamId, name: touch.gives.name, because: lossCause(touch) });
    }
  }
}

/** SCIM owns the members of a managed team; a login is not known to write them. (2026-09) */
function isWritable({ target }: Desired, teamId: string): boolean {
  return !itemsOf(target.teams).get(teamId)?.managed;
}

function memberOf({ target }: Desired, teamId: string, accountId: string) {
  return itemsOf(target.teamMembers.get(teamId)).get(accountId);
}

function lossCause({ change }: Touched): Cause {
  const { origin } = change.because;
  return { text: lossText(change), ...(origin && { origin }) };
}

function lossText(change: MappingChange): string {
  if (change.action === "update-mapping") return `mapping ${describeMapping(change.before)} is changed`;
  return change.action === "delete-mapping" ? `mapping ${describeMapping(change.mapping)} is deleted` : "";
}

/** By id of what is given; the first change that concerns it tells why. */
function split(touched: readonly Touched[]): readonly [Map<string, Touched>, Map<string, Touched>] {
  const sides = [new Map<string, Touched>(), new Map<string, Touched>()] as const;
  for (const touch of touched) {
    const side = sides[touch.isAdded ? 0 : 1];
    if (!side.has(touch.gives.id)) side.set(touch.gives.id, touch);
  }
  return sides;
}

function givenAtLogin(
  desired: Desired,
  changes: readonly Change[],
  idOf: (grants: Grants) => string | undefined,
): ReadonlyMap<string, ReadonlySet<string>> {
  const given = new Map<string, Set<string>>();
  for (const { key, value, grants } of mappingsAfter(desired, changes)) {
    const id = idOf(grants);
    if (key !== desired.organization.attribute?.value || id === undefined) continue;
    for (const account of desired.claims.get(value) ?? []) addTo(given, account, id);
  }
  return given;
}

/** The mappings that stand in Datadog when all changes are made. */
function mappingsAfter({ target }: Desired, changes: readonly Change[]): readonly Omit<AuthnMapping, "id">[] {
  const gone = new Set(
    changes.flatMap((change) =>
      change.action === "delete-mapping" || change.action === "update-mapping" ? [change.id] : [],
    ),
  );
  const come = changes.flatMap((change) => {
    if (change.action === "create-mapping") return [change.mapping];
    return change.action === "update-mapping" ? [change.after] : [];
  });
  return [
    ...[...itemsOf(target.mappings).values()].filter(({ id }) => !gone.has(id)),
    ...come.map(({ key, value, gives }) => ({
      key,
      value,
      grants: gives.kind === "role" ? { roleId: gives.id } : { teamId: gives.id },
    })),
  ];
}

/** People who can log in once all changes are made: an account that is switched off sees no next login. */
function peopleWhoLogIn({ target }: Desired, changes: readonly Change[]) {
  const off = new Set(
    changes.flatMap((change) => (change.action === "set-active" && !change.active ? [change.account.id] : [])),
  );
  return peopleOf(target).filter(({ id, status }) => status !== "disabled" && !off.has(id));
}
