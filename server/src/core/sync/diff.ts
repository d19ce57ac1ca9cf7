/** Desired against live: the changes that remain, and what is left alone on the way. */

import type { Actor } from "../model/target.ts";
import type { Desired } from "./desired.ts";
import { diffRoles } from "./diffRoles.ts";
import { diffTeams } from "./diffTeams.ts";
import { newHolding, toHeldBack } from "./holding.ts";
import { orderChanges } from "./order.ts";
import type { Change, HeldBack, Refusal } from "./plan.ts";

export interface Diff {
  readonly changes: readonly Change[];
  readonly heldBack: readonly HeldBack[];
  readonly refusals: readonly Refusal[];
  /** Disabled accounts that still hold managed roles nobody gives them. */
  readonly dormant: number;
}

/** Looks at roles and teams as far as their push path is `scim`. */
export function diff(desired: Desired, actor: Actor): Diff {
  const { push } = desired.organization;
  const holding = newHolding();
  const roles = push.roles === "scim" ? diffRoles(desired, actor, holding) : { changes: [], refusals: [], dormant: 0 };
  const teams = push.teams === "scim" ? diffTeams(desired, holding) : { changes: [], heldBack: [] };
  return {
    changes: orderChanges([...roles.changes, ...teams.changes]),
    heldBack: [...desired.heldBack, ...teams.heldBack, ...toHeldBack(holding)],
    refusals: roles.refusals,
    dormant: roles.dormant,
  };
}
