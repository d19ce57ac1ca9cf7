/** Desired against live: the changes that remain, and what is left alone on the way. */

import type { Actor } from "../../model/target.ts";
import type { Desired } from "../desire/desired.ts";
import { newHolding, toHeldBack } from "../holding.ts";
import { orderChanges } from "../order/order.ts";
import type { Change, HeldBack, SetRoles } from "../plan.ts";
import { diffMappings } from "./mappings.ts";
import { diffRoles, type RoleDiff } from "./roles.ts";
import { diffTeams } from "./teams.ts";
import { diffUsers } from "./users.ts";

export interface Diff {
  readonly changes: readonly Change[];
  readonly heldBack: readonly HeldBack[];
  /** What the files come to for the identity in use, which is never among the changes. */
  readonly own?: SetRoles;
  /** Disabled accounts that still hold managed roles nobody gives them. */
  readonly dormant: number;
}

/** Looks at roles, teams and accounts on the path that each is pushed by. */
export function diff(desired: Desired, actor: Actor): Diff {
  const { push } = desired.organization;
  const holding = newHolding();
  const isByAccount = push.roles === "scim" || push.roles === "members";
  const roles: RoleDiff = isByAccount ? diffRoles(desired, actor, holding) : { changes: [], dormant: 0 };
  const isByTeam = push.teams === "scim" || push.teams === "members";
  const teams = isByTeam ? diffTeams(desired, holding) : { changes: [], heldBack: [] };
  const users = diffUsers(desired, actor, holding);
  const mappings = diffMappings(desired);
  return {
    changes: orderChanges([...users, ...roles.changes, ...teams.changes, ...mappings.changes]),
    heldBack: [...desired.heldBack, ...teams.heldBack, ...mappings.heldBack, ...toHeldBack(holding)],
    ...(roles.own && { own: roles.own }),
    dormant: roles.dormant,
  };
}
