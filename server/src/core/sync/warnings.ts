/** What a careful reader of a plan should know besides its changes. */

import { mappingsOf } from "../analysis/grants.ts";
import { itemsOf } from "../model/knowledge.ts";
import type { Desired } from "./desired.ts";
import { countAdmins } from "./guards.ts";
import { peopleOf } from "./people.ts";
import type { Change, HeldBack } from "./plan.ts";
import { compareText, countOf, foldPeople } from "./words.ts";

/** All warnings of a plan. `dormant` counts disabled accounts with managed roles nobody gives them. */
export function warningsOf(
  desired: Desired,
  changes: readonly Change[],
  admins: number,
  dormant: number,
): readonly string[] {
  return [
    ...uncheckedTarget(desired),
    ...otherPaths(desired),
    ...untouchedUsers(desired),
    ...unmatchedPeople(desired),
    ...serviceAccounts(desired),
    ...fewAdmins(desired, changes, admins),
    ...(dormant > 0
      ? [
          `${countOf(dormant, "disabled account keeps", "disabled accounts keep")} managed roles that no mapping gives; they count again when somebody enables them`,
        ]
      : []),
  ];
}

/** One entry per mapping file and path that this version does not push. */
export function heldBackPaths({ snapshot, organization }: Desired): readonly HeldBack[] {
  const resolved = mappingsOf(snapshot, organization.name);
  return (["roles", "teams"] as const).flatMap((part) => {
    const path = organization.push[part];
    if (path === "scim" || path === "off") return [];
    const counts = new Map<string, number>();
    for (const mapping of resolved)
      if (mapping[part].length > 0) counts.set(mapping.file.file, (counts.get(mapping.file.file) ?? 0) + 1);
    return [...counts].map(([file, count]) => ({
      what: `${part} of ${countOf(count, "mapping", "mappings")} in ${file}`,
      why: `push.${part} is "${path}", and only "scim" is pushed`,
      people: [],
    }));
  });
}

function uncheckedTarget({ organization }: Desired): readonly string[] {
  if (organization.id) return [];
  return [`organizations.${organization.name}.id is not set, so nothing proves that this is the organization you mean`];
}

function otherPaths({ organization }: Desired): readonly string[] {
  return (["roles", "teams"] as const)
    .filter((part) => organization.push[part] === "saml" || organization.push[part] === "members")
    .map(
      (part) =>
        `push.${part} is "${organization.push[part]}": this version pushes through "scim" only, so ${part} are left alone`,
    );
}

function untouchedUsers({ organization }: Desired): readonly string[] {
  const { users } = organization.push;
  if (users === "off") return [];
  return [`push.users is "${users}": this version neither creates nor deactivates accounts`];
}

/** Role mapping strips every role at the next SAML login of whoever matches nothing, unless SCIM sent roles. (2026-09) */
function unmatchedPeople(desired: Desired): readonly string[] {
  const { target, organization } = desired;
  const { roleMapping } = target.switches;
  if (organization.push.roles !== "scim" || (roleMapping.state === "known" && !roleMapping.value)) return [];
  const unmatched = peopleOf(target)
    .filter((account) => account.status === "active" && !desired.roles.has(account.id))
    .map(({ handle }) => handle)
    .sort(compareText);
  if (unmatched.length === 0) return [];
  const state = roleMapping.state === "known" ? "is on" : "could not be read";
  return [
    `${foldPeople(unmatched)} ${unmatched.length === 1 ? "gets" : "get"} no role from any mapping; the organization's SAML role mapping ${state}, and where it is on, people without a match lose their roles at the next login`,
  ];
}

/** SCIM does not provision service accounts, and robots rarely stand in groups: what they hold is shown, never taken. */
function serviceAccounts({ target, managed, organization }: Desired): readonly string[] {
  if (organization.push.roles !== "scim") return [];
  const holders = [...itemsOf(target.accounts).values()]
    .filter((account) => account.serviceAccount && account.status !== "disabled")
    .filter((account) => account.roleIds.some((id) => managed.roles.has(id)))
    // Their handles are ids.
    .map(({ name, handle }) => name || handle)
    .sort(compareText);
  if (holders.length === 0) return [];
  const hold = holders.length === 1 ? "is a service account that holds" : "are service accounts that hold";
  return [`${foldPeople(holders)} ${hold} managed roles; service accounts are never changed`];
}

function fewAdmins({ target }: Desired, changes: readonly Change[], wanted: number): readonly string[] {
  const { before, after } = countAdmins(target, changes);
  if (after >= wanted || after < before) return [];
  return [`${countOf(after, "person", "people")} can administer the organization; safety.admins asks for ${wanted}`];
}
