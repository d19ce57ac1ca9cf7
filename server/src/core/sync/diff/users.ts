/** Accounts themselves: who gets one, and who is switched off. */

import { itemsOf } from "../../model/knowledge.ts";
import type { Account, Actor } from "../../model/target.ts";
import { byName, NOT_ADOPTED, namedRole } from "../causes.ts";
import type { Desired } from "../desire/desired.ts";
import { roleGap } from "../desire/gaps.ts";
import { type HeldBackTable, holdPerson } from "../holding.ts";
import type { Cause, CreateUser, SetActive, Through } from "../plan.ts";

/** Adds who is left alone to `holding`. */
export function diffUsers(desired: Desired, actor: Actor, holding: HeldBackTable): readonly (CreateUser | SetActive)[] {
  const off = [...desired.departed].flatMap(([id, because]): SetActive[] => {
    const account = itemsOf(desired.target.accounts).get(id);
    if (!account || account.status === "disabled" || desired.organization.push.users === "off") return [];
    const why = reasonToStayOn(desired, account, actor);
    if (why === undefined) return [switchOff(desired, account, because)];
    holdPerson(holding, account.handle, ["is not switched off", "are not switched off"], why);
    return [];
  });
  return [...createUsers(desired), ...off];
}

/** With all roles at once: to an account without any, Datadog gives one of its own choice. (2026-06) */
function createUsers(desired: Desired): readonly CreateUser[] {
  return [...desired.newcomers.values()].flatMap(({ id, handle, name }): CreateUser[] => {
    const given = [...(desired.roles.get(id) ?? [])];
    const roles = given.map(([role, because]) => ({ ...namedRole(desired, role), because })).sort(byName);
    const [first] = roles;
    if (!first) return [];
    const account = { id, name: handle };
    const through = roleDoor(desired);
    return [{ action: "create-user", through, account, displayName: name, roles, because: first.because }];
  });
}

/** Whether accounts may be switched off at all. */
export function mayDeactivate({ organization, adopted }: Desired): boolean {
  return organization.push.users !== "off" && adopted;
}

/** Their directory has deactivated them, and this plan switches their account off. */
export function isLeaving(desired: Desired, account: Account, actor: Actor): boolean {
  return (
    desired.departed.has(account.id) &&
    desired.organization.push.users !== "off" &&
    reasonToStayOn(desired, account, actor) === undefined
  );
}

/** The change that disables an account, with the roles it has, which are what a reviewer has to see. */
export function switchOff(desired: Desired, account: Account, because: Cause): SetActive {
  return {
    action: "set-active",
    through: roleDoor(desired),
    account: { id: account.id, name: account.handle },
    active: false,
    roles: account.roleIds.map((id) => namedRole(desired, id)).sort(byName),
    because,
  };
}

/** SCIM where it owns roles; it would else become the owner of what another path gives. */
export function roleDoor({ organization }: Desired): Through {
  return organization.push.roles === "scim" ? "scim" : "api";
}

function reasonToStayOn(desired: Desired, account: Account, actor: Actor): string | undefined {
  if (account.id === actor.accountId) return "it is the identity in use";
  if (desired.mapped.has(account.id)) return "they are an active member of another mapped group";
  if (!desired.adopted) return NOT_ADOPTED;
  if (desired.gaps.all !== undefined) return desired.gaps.all;
  return account.roleIds.map((id) => roleGap(desired.gaps, id, account.id)).find((why) => why !== undefined);
}
