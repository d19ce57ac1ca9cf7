/** What the chosen push paths run into: switches that are off, and others who write the same things. Warned of, never guessed away. */

import { countOf } from "../../analysis/words.ts";
import { itemsOf } from "../../model/knowledge.ts";
import { compareText } from "../../model/order.ts";
import type { Desired } from "../desire/desired.ts";
import { ownContent } from "../diff/mappings.ts";
import type { Change } from "../plan.ts";
import { foldPeople } from "../render/words.ts";
import { teamSource } from "./logins.ts";

/** Sentences for the plan, without a full stop; empty when nothing stands in the way. */
export function conflictsOf(desired: Desired, changes: readonly Change[]): readonly string[] {
  return [
    ...roleSwitch(desired),
    ...teamSwitch(desired),
    ...outranked(desired, changes),
    ...managedByScim(desired),
    ...otherMappings(desired),
  ];
}

/** Role mapping takes all roles away at a login and gives what mappings say: `saml` needs it, and it undoes `members`. (2026-09) */
function roleSwitch({ target, organization }: Desired): readonly string[] {
  const { roleMapping } = target.switches;
  const { roles } = organization.push;
  if (roles === "saml" && roleMapping.state === "unknown")
    return ["whether SAML role mapping is on could not be read; while it is off, mappings of roles do nothing"];
  if (roles === "saml" && roleMapping.state === "known" && !roleMapping.value)
    return [
      "SAML role mapping is off, so mappings of roles are kept in Datadog and do nothing until somebody turns it on",
    ];
  if (roles !== "members" || (roleMapping.state === "known" && !roleMapping.value)) return [];
  const state = roleMapping.state === "unknown" ? "could not be read, and where it is on" : "is on, and";
  return [`push.roles is "members", but SAML role mapping ${state} the next login undoes what is written here`];
}

/** Team mappings do nothing, silently, under `manually`; `saml_only` takes out whom hands put in. (2026-09) */
function teamSwitch(desired: Desired): readonly string[] {
  const { teams } = desired.organization.push;
  const source = desired.target.switches.teamSource;
  if (teams === "saml" && source.state === "unknown")
    return ["where teams get their members from could not be read; under `manually`, mappings of teams do nothing"];
  if (teams === "saml" && teamSource(desired) === "manually")
    return ["teams_provisioning_sources is `manually`, so mappings of teams do nothing until somebody changes it"];
  if (teams === "members" && teamSource(desired) === "saml_only")
    return [
      'push.teams is "members", but teams_provisioning_sources is `saml_only`: the next login undoes what is written here',
    ];
  return [];
}

/** Roles that SCIM has written once win over role mapping; nothing that one can read tells whose they are. (2026-06) */
function outranked({ organization }: Desired, changes: readonly Change[]): readonly string[] {
  const isMoving = changes.some((change) => change.action === "create-mapping" && change.mapping.gives.kind === "role");
  if (organization.push.roles !== "saml" || !isMoving) return [];
  return [
    "roles that were once written through SCIM outrank SAML role mapping: such people keep them, whatever mappings say, until SCIM or somebody takes them away",
  ];
}

/** Unlinking a team from SCIM empties it, so a team that was once linked stays so. (2026-09) */
function managedByScim({ target, managed, organization }: Desired): readonly string[] {
  const { teams } = organization.push;
  if (teams !== "members" && teams !== "saml") return [];
  const linked = [...itemsOf(target.teams).values()]
    .filter((team) => team.managed && managed.teams.has(team.handle))
    .map(({ handle }) => handle)
    .sort(compareText);
  if (linked.length === 0) return [];
  const what = linked.length === 1 ? `team ${linked[0]} is` : `teams ${foldPeople(linked)} are`;
  const effect =
    teams === "members"
      ? "written through SCIM all the same"
      : "not known to change at a login; who is a member stays one";
  return [`${what} managed through SCIM and ${effect}: ending that would empty ${linked.length === 1 ? "it" : "them"}`];
}

/** Mappings of our attribute that still act although nothing is pushed that way, and those of other attributes. */
function otherMappings(desired: Desired): readonly string[] {
  const { target, managed, organization } = desired;
  const { roleMapping } = target.switches;
  const live = [...itemsOf(target.mappings).values()];
  const isOn = (kind: "role" | "team") =>
    kind === "role" ? roleMapping.state === "known" && roleMapping.value : teamSource(desired) !== "manually";
  const left = live.filter((mapping) => {
    const kind = ownContent(desired, mapping)?.gives.kind;
    const path = kind === "role" ? organization.push.roles : organization.push.teams;
    return kind !== undefined && (path === "scim" || path === "members") && isOn(kind);
  });
  const foreign = live.filter(({ key, grants }) => {
    const kind = "roleId" in grants ? "role" : "team";
    const handle = "teamId" in grants ? itemsOf(target.teams).get(grants.teamId)?.handle : undefined;
    const isOurs = "roleId" in grants ? managed.roles.has(grants.roleId) : managed.teams.has(handle ?? "");
    return isOurs && key !== organization.attribute?.value && isOn(kind) && organization.push[`${kind}s`] !== "off";
  });
  return [
    ...(left.length === 0
      ? []
      : [
          `${countOf(left.length, "AuthN mapping")} of ${organization.attribute?.value} still ${left.length === 1 ? "gives" : "give"} managed roles or teams at every login, beside what is pushed here; switch SAML mapping off before they are deleted, or people lose what it gave them`,
        ]),
    ...(foreign.length === 0
      ? []
      : [
          `${countOf(foreign.length, "AuthN mapping")} of other attributes ${foreign.length === 1 ? "gives" : "give"} managed roles or teams, and nothing here can tell to whom`,
        ]),
  ];
}
