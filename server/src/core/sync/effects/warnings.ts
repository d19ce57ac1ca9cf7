/** What a careful reader of a plan should know besides its changes. */

import { countOf } from "../../analysis/words.ts";
import { itemsOf } from "../../model/knowledge.ts";
import { compareText } from "../../model/order.ts";
import { byName } from "../causes.ts";
import type { Desired } from "../desire/desired.ts";
import { peopleOf } from "../people.ts";
import type { Change } from "../plan.ts";
import { foldPeople } from "../render/words.ts";
import { conflictsOf } from "./conflicts.ts";
import type { Effect } from "./effects.ts";
import { countAdmins } from "./lockout.ts";

/** All warnings of a plan. `dormant` counts disabled accounts with managed roles nobody gives them. */
export function warningsOf(
  desired: Desired,
  { changes, effects, dormant }: { changes: readonly Change[]; effects: readonly Effect[]; dormant: number },
  admins: number,
): readonly string[] {
  return [
    ...uncheckedTarget(desired),
    ...conflictsOf(desired, changes),
    ...unmatchedPeople(desired),
    ...unlistedPermissions(desired, effects),
    ...serviceAccounts(desired),
    ...fewAdmins(countAdmins(desired, changes, effects), admins),
    ...(dormant > 0
      ? [
          `${countOf(dormant, "disabled account keeps", "disabled accounts keep")} managed roles that no mapping gives; they count again when somebody enables them`,
        ]
      : []),
  ];
}

function uncheckedTarget({ organization }: Desired): readonly string[] {
  if (organization.id) return [];
  return [`organizations.${organization.name}.id is not set, so nothing proves that this is the organization you mean`];
}

/** Role mapping strips every role at the next SAML login of whoever matches nothing, unless SCIM sent roles. (2026-09) */
function unmatchedPeople(desired: Desired): readonly string[] {
  const { target, organization } = desired;
  const { roleMapping } = target.switches;
  if (
    organization.push.roles === "off" ||
    organization.push.roles === "saml" ||
    (roleMapping.state === "known" && !roleMapping.value)
  )
    return [];
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

/** What a role permits by ids that neither the organization's list nor ours explains stands in nobody's gains and losses. */
function unlistedPermissions({ target }: Desired, effects: readonly Effect[]): readonly string[] {
  const moved = new Set(
    effects.flatMap(({ rolesGained, rolesLost }) => [...rolesGained, ...rolesLost].map(({ id }) => id)),
  );
  return [...itemsOf(target.roles).values()]
    .filter(({ id, unresolved }) => unresolved > 0 && moved.has(id))
    .sort(byName)
    .map(
      ({ name, unresolved }) =>
        `${name} has ${countOf(unresolved, "permission")} in no list: whoever gains or loses it gains or loses more than is told here`,
    );
}

/** SCIM does not provision service accounts, and robots rarely stand in groups: what they hold is shown, never taken. */
function serviceAccounts({ target, managed, organization }: Desired): readonly string[] {
  if (organization.push.roles !== "scim" && organization.push.roles !== "members") return [];
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

function fewAdmins(
  { before, after }: { readonly before: number; readonly after: number },
  wanted: number,
): readonly string[] {
  if (after >= wanted || after < before) return [];
  return [`${countOf(after, "person", "people")} can administer the organization; safety.admins asks for ${wanted}`];
}
