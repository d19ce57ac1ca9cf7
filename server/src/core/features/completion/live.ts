/** Groups, roles, teams and bundles with what is known of them, the names that fit the place first. */

import { sensitivityOf } from "../../analysis/effective.ts";
import { memo } from "../../analysis/memo.ts";
import type { Snapshot } from "../../analysis/snapshot.ts";
import { countOf } from "../../analysis/words.ts";
import type { Group } from "../../model/directory.ts";
import { gapOf } from "../../model/knowledge.ts";
import type { Bundle } from "../../model/mapping.ts";
import type { Role, TargetInventory, Team } from "../../model/target.ts";
import { prose } from "../support/markdown.ts";
import { beyondOf } from "./beyond.ts";
import { type Candidate, type CandidateKind, type CompletionSpot, choose, type Offer } from "./candidates.ts";
import { bundlesIn, familiarBeginnings, familiarNames, mappedGroups, rolesIn, teamsIn } from "./familiar.ts";
import { toNames } from "./nameIndex.ts";
import { groupLists, roleNames, teamNames, usedGroups, usedRoles, usedTeams } from "./names.ts";

/** Groups of the directory at hand; those without a mapping come first. */
export function groups(spot: CompletionSpot, by: "name" | "id"): Offer {
  const { snapshot, directory, inventory } = spot;
  const mapped = memo(snapshot, mappedGroups).get(directory?.name ?? "");
  const live = inventory ? groupLists(inventory) : [];
  // What was not read wholly may miss names that the files know; their ids nobody knows.
  const isWhole = by === "id" || (inventory && !gapOf(inventory.groups));
  const offer = choose<Group | string>(
    spot,
    isWhole ? live : [...live, memo(snapshot, usedGroups)],
    (name, group): Candidate =>
      typeof group === "string" ? unchecked(name, "group") : describeGroup(group, by, mapped?.has(name) === true),
    { beginnings: familiarBeginnings(spot), ...(mapped && { later: mapped }), ...(by === "id" && { isTwice: true }) },
  );
  const beyond = beyondOf(spot, offer.candidates);
  return beyond ? { ...offer, beyond } : offer;
}

/** Roles of the organization at hand. */
export function roles(spot: CompletionSpot, by: "name" | "id"): Offer {
  const { snapshot, target } = spot;
  const live = target ? [roleNames(target)] : [];
  const isWhole = by === "id" || (target && !gapOf(target.roles));
  return choose<Role | string>(
    spot,
    isWhole ? live : [...live, memo(snapshot, usedRoles)],
    (name, role): Candidate =>
      typeof role === "string" || !target ? unchecked(name, "role") : describeRole(target, role, by),
    familiarNames(spot, rolesIn),
  );
}

/** Teams of the organization at hand, by handle. */
export function teams(spot: CompletionSpot): Offer {
  const { snapshot, target } = spot;
  const live = target ? [teamNames(target)] : [];
  return choose<Team | string>(
    spot,
    target && !gapOf(target.teams) ? live : [...live, memo(snapshot, usedTeams)],
    (handle, team): Candidate =>
      typeof team === "string" ? unchecked(handle, "team") : { label: handle, kind: "team", detail: teamDetail(team) },
    familiarNames(spot, teamsIn),
  );
}

/** Bundles that any file defines. */
export function bundles(spot: CompletionSpot): Offer {
  return choose(
    spot,
    [toNames(definedBundles(spot.snapshot), (bundle) => bundle.name.value)],
    (label, bundle): Candidate => ({
      label,
      kind: "bundle",
      detail: `${countOf(bundle.roles.length, "role")}, ${countOf(bundle.teams.length, "team")}`,
    }),
    familiarNames(spot, bundlesIn),
  );
}

function definedBundles({ bundles: definitions }: Snapshot): readonly Bundle[] {
  return [...definitions.values()].flatMap(([first]) => first ?? []);
}

/** A name that stands in files alone. */
function unchecked(label: string, kind: CandidateKind): Candidate {
  return { label, kind, detail: "used in this project, not checked" };
}

function describeGroup(group: Group, by: "name" | "id", isMapped: boolean): Candidate {
  return {
    label: group.name,
    kind: "group",
    detail: groupDetail(group, isMapped),
    ...(group.description ? { documentation: prose(group.description) } : {}),
    ...(by === "id" ? { value: group.id } : {}),
  };
}

function describeRole(target: TargetInventory, role: Role, by: "name" | "id"): Candidate {
  const documentation = growth(role);
  return {
    label: role.name,
    kind: "role",
    detail: roleDetail(target, role),
    ...(documentation ? { documentation } : {}),
    ...(by === "id" ? { value: role.id } : {}),
  };
}

function groupDetail(group: Group, isMapped: boolean): string {
  // The directory counts the disabled ones too, and people are those who can sign in.
  const size = group.memberCount === undefined ? [] : [countOf(group.memberCount, "member")];
  const kind = { static: [], dynamic: ["filled by a rule"], app: ["owned by an app"], everyone: ["everybody"] }[
    group.kind
  ];
  return [...size, ...kind, ...(isMapped ? ["mapped"] : [])].join(" · ");
}

function roleDetail(target: TargetInventory, role: Role): string {
  const size = role.userCount === undefined ? [] : [countOf(role.userCount, "person", "people")];
  return [sensitivityOf(target, role), ...size, ...(role.managed ? ["managed by Datadog"] : [])].join(" · ");
}

function growth(role: Role): string {
  if (role.managed) return "Grows by itself: Datadog adds new permissions to it.";
  if (role.receivesFrom.length === 0) return "";
  return `Grows by itself: receives new permissions of ${prose(role.receivesFrom.join(", "))}.`;
}

function teamDetail(team: Team): string {
  const size = team.userCount === undefined ? [] : [countOf(team.userCount, "person", "people")];
  return [
    ...(team.name === team.handle ? [] : [team.name]),
    ...size,
    ...(team.managed ? ["membership by SCIM"] : []),
  ].join(" · ");
}
