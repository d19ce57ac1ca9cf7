/** AuthN mappings as a push through SAML would leave them: what the files say, and what is not theirs to take away. */

import { itemsOf } from "../../model/knowledge.ts";
import type { AuthnMapping, TargetInventory } from "../../model/target.ts";
import { type GrantedRole, type GrantedTeam, groupName, mappingsOf, type ResolvedMapping } from "../grants.ts";
import { managedBy } from "../managed.ts";
import { inQuotes } from "../words.ts";
import type { Asked } from "./question.ts";

export interface PushedMappings {
  readonly mappings: readonly AuthnMapping[];
  /** Why there may be others. */
  readonly gaps: readonly string[];
}

/** Undefined where neither roles nor teams are pushed through SAML, or nothing says by which attribute. */
export function mappingsAfterPush(
  { snapshot, organization }: Asked,
  target: TargetInventory,
): PushedMappings | undefined {
  const { attribute, name, push } = organization;
  if (attribute === undefined || (push.roles !== "saml" && push.teams !== "saml")) return undefined;
  const resolved = mappingsOf(snapshot, name);
  const wanted = resolved.filter(({ inForce }) => inForce).map((one) => wantedBy(one, push));
  const contents = wanted.flatMap(({ contents }) => contents);
  const managed = managedBy(resolved, snapshot.lock, name);
  const isAdopted = snapshot.lock.organizations.get(name)?.adopted === true;
  const handles = new Map([...itemsOf(target.teams).values()].map(({ id, handle }) => [id, handle]));
  const isOurs = ({ grants }: AuthnMapping) =>
    "roleId" in grants
      ? push.roles === "saml" && managed.roles.has(grants.roleId)
      : push.teams === "saml" && managed.teams.has(handles.get(grants.teamId) ?? "");
  const staying = [...itemsOf(target.mappings).values()].filter(
    (live) =>
      live.key !== attribute.value ||
      !isAdopted ||
      !isOurs(live) ||
      contents.some(({ value, grants }) => value === live.value && isSame(grants, live.grants)),
  );
  const fresh = contents
    .filter(
      ({ value, grants }, at) =>
        !staying.some((live) => live.key === attribute.value && live.value === value && isSame(grants, live.grants)) &&
        contents.findIndex((other) => other.value === value && isSame(other.grants, grants)) === at,
    )
    .map((content) => ({ id: "", key: attribute.value, ...content }));
  return { mappings: [...staying, ...fresh], gaps: [...new Set(wanted.flatMap(({ gaps }) => gaps))] };
}

type Content = Pick<AuthnMapping, "value" | "grants">;

function wantedBy(
  resolved: ResolvedMapping,
  push: Asked["organization"]["push"],
): { readonly contents: readonly Content[]; readonly gaps: readonly string[] } {
  const { group, directory } = resolved;
  if (group?.answer === "absent") return { contents: [], gaps: [] };
  const isById = directory?.claim === "id";
  if (group?.answer !== "present" && (isById || resolved.mapping.group?.by === "id"))
    return { contents: [], gaps: [`what ${inQuotes(groupName(resolved))} is called in the login is not known`] };
  const value = group?.answer === "present" && isById ? group.item.id : groupName(resolved);
  const roles = push.roles === "saml" ? resolved.roles.map(roleContent) : [];
  const teams = push.teams === "saml" ? resolved.teams.map(teamContent) : [];
  const found = [...roles, ...teams];
  return {
    contents: found.flatMap((one) => ("grants" in one ? [{ value, grants: one.grants }] : [])),
    gaps: found.flatMap((one) => ("gap" in one ? [one.gap] : [])),
  };
}

type Found = Pick<AuthnMapping, "grants"> | { readonly gap: string } | { readonly none: true };

function roleContent({ role, ref }: GrantedRole): Found {
  if (role.answer === "present") return { grants: { roleId: role.item.id } };
  return role.answer === "absent"
    ? { none: true }
    : { gap: `role ${inQuotes(ref.name ?? ref.id ?? "")} is not known for sure` };
}

function teamContent({ team, handle }: GrantedTeam): Found {
  if (team.answer === "present") return { grants: { teamId: team.item.id } };
  return team.answer === "absent" ? { none: true } : { gap: `team ${inQuotes(handle)} is not known for sure` };
}

function isSame(one: AuthnMapping["grants"], other: AuthnMapping["grants"]): boolean {
  return "roleId" in one
    ? "roleId" in other && one.roleId === other.roleId
    : "teamId" in other && one.teamId === other.teamId;
}
