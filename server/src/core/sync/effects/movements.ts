/** Who comes to each role and team, and who leaves it: what guards count, and what steps wait for. Counted once a plan. */

import { itemsOf } from "../../model/knowledge.ts";
import { push } from "../../model/maps.ts";
import { compareText } from "../../model/order.ts";
import type { Account } from "../../model/target.ts";
import type { Desired } from "../desire/desired.ts";
import type { Named } from "../plan.ts";
import type { Effect } from "./effects.ts";

export interface RoleMovement {
  readonly role: Named;
  /** Enabled people who hold it today. */
  readonly holders: readonly Account[];
  readonly leaving: readonly Named[];
  readonly gaining: number;
  /** Enabled accounts, service accounts included, that hold it afterwards. */
  readonly remaining: number;
}

export interface TeamMovement {
  /** Its handle. */
  readonly team: string;
  /** Account ids of everybody in it today, and of those who leave. */
  readonly members: readonly string[];
  readonly leaving: readonly string[];
  readonly gaining: number;
}

export interface Movements {
  /** Roles that people gain or lose, by name. */
  readonly roles: readonly RoleMovement[];
  /** Teams that people leave, by handle. */
  readonly teams: readonly TeamMovement[];
}

/** All comings and goings that the effects amount to, in roles and in teams. */
export function movementsOf(desired: Desired, effects: readonly Effect[]): Movements {
  return { roles: roleMovements(desired, effects), teams: teamMovements(desired, effects) };
}

function roleMovements({ target }: Desired, effects: readonly Effect[]): readonly RoleMovement[] {
  const leaving = new Map<string, Named[]>();
  const gaining = new Map<string, number>();
  const moved = new Map<string, Named>();
  for (const { account, rolesGained, rolesLost } of effects) {
    for (const role of rolesLost) {
      moved.set(role.id, role);
      push(leaving, role.id, account);
    }
    for (const role of rolesGained) {
      moved.set(role.id, role);
      gaining.set(role.id, (gaining.get(role.id) ?? 0) + 1);
    }
  }
  const holding = new Map<string, Account[]>();
  for (const account of itemsOf(target.accounts).values())
    if (account.status !== "disabled") for (const id of account.roleIds) if (moved.has(id)) push(holding, id, account);
  return [...moved.values()]
    .sort((a, b) => compareText(a.name, b.name))
    .map((role) => {
      const all = holding.get(role.id) ?? [];
      const [gone, come] = [leaving.get(role.id) ?? [], gaining.get(role.id) ?? 0];
      const holders = all.filter((account) => !account.serviceAccount);
      return { role, holders, leaving: gone, gaining: come, remaining: all.length - gone.length + come };
    });
}

function teamMovements({ target }: Desired, effects: readonly Effect[]): readonly TeamMovement[] {
  const teams = new Map(effects.flatMap(({ teamsLost }) => teamsLost).map((team) => [team.id, team.name]));
  return [...teams]
    .sort(([, a], [, b]) => compareText(a, b))
    .map(([teamId, team]) => ({
      team,
      members: [...itemsOf(target.teamMembers.get(teamId)).keys()],
      leaving: effects.flatMap(({ account, teamsLost }) =>
        teamsLost.some(({ id }) => id === teamId) ? [account.id] : [],
      ),
      gaining: effects.filter(({ teamsGained }) => teamsGained.some(({ id }) => id === teamId)).length,
    }));
}
