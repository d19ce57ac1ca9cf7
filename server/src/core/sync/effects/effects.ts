/** What changes do to people: roles and teams gained and lost, by account, now or at their next SAML login. */

import { itemsOf } from "../../model/knowledge.ts";
import { namedAccount, namedRole } from "../causes.ts";
import type { Desired } from "../desire/desired.ts";
import type { Cause, Change, Named } from "../plan.ts";
import { loginEffects } from "./logins.ts";

export type Because = Named & { readonly because: Cause };

/** Everything that happens to one account. Teams go by their handle in `name`. */
export interface Effect {
  readonly account: Named;
  /** What it may use before and after: an account that is off holds nothing. */
  readonly before: readonly Named[];
  readonly after: readonly Named[];
  readonly rolesGained: readonly Because[];
  readonly rolesLost: readonly Because[];
  readonly teamsGained: readonly Because[];
  readonly teamsLost: readonly Because[];
  /** The account itself is made, switched off or on. */
  readonly state?: "created" | "off" | "on";
}

/** One entry per account that changes touch, in the order in which they are first touched. */
export function effectsOf(desired: Desired, changes: readonly Change[]): readonly Effect[] {
  const drafts: Drafts = new Map();
  for (const change of changes) addEffect(desired, drafts, change);
  loginEffects(desired, changes, (id) => draftOf(desired, drafts, id));
  return [...drafts.values()].map(({ account, before, state, ...moves }) => {
    const lost = new Set(moves.rolesLost.map(({ id }) => id));
    const after = [...before.filter(({ id }) => !lost.has(id)), ...moves.rolesGained].map(({ id, name }) => ({
      id,
      name,
    }));
    return { account, before, after, ...moves, ...(state && { state }) };
  });
}

/** An effect while it is gathered. */
export interface EffectDraft {
  readonly account: Named;
  readonly before: readonly Named[];
  readonly rolesGained: Because[];
  readonly rolesLost: Because[];
  readonly teamsGained: Because[];
  readonly teamsLost: Because[];
  state?: Effect["state"];
}

type Drafts = Map<string, EffectDraft>;

function addEffect(desired: Desired, drafts: Drafts, change: Change): void {
  switch (change.action) {
    case "set-roles": {
      const draft = draftOf(desired, drafts, change.account.id);
      draft.rolesGained.push(...change.grants);
      draft.rolesLost.push(...change.revokes);
      return;
    }
    case "set-members":
      for (const { id, because } of change.grants)
        draftOf(desired, drafts, id).teamsGained.push({ ...change.team, because });
      for (const { id, because } of change.revokes)
        draftOf(desired, drafts, id).teamsLost.push({ ...change.team, because });
      return;
    case "create-user": {
      const draft = draftOf(desired, drafts, change.account.id);
      draft.rolesGained.push(...change.roles);
      draft.state = "created";
      return;
    }
    case "set-active": {
      const draft = draftOf(desired, drafts, change.account.id);
      const roles = change.roles.map((role) => ({ ...role, because: change.because }));
      (change.active ? draft.rolesGained : draft.rolesLost).push(...roles);
      draft.state = change.active ? "on" : "off";
    }
  }
}

function draftOf(desired: Desired, drafts: Drafts, id: string): EffectDraft {
  const known = drafts.get(id);
  if (known) return known;
  const live = itemsOf(desired.target.accounts).get(id);
  const held = live && live.status !== "disabled" ? live.roleIds : [];
  const fresh: EffectDraft = {
    account: namedAccount(desired, id),
    before: held.map((role) => namedRole(desired, role)),
    rolesGained: [],
    rolesLost: [],
    teamsGained: [],
    teamsLost: [],
  };
  drafts.set(id, fresh);
  return fresh;
}
