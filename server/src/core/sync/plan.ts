/** A plan is data: changes with their causes, what is held back and why, and the live facts it rests on. */

import type { Sensitivity } from "../model/target.ts";
import type { Place } from "../model/text.ts";
import type { Instant } from "../model/time.ts";

/** Why a change is there: a mapping in a file (`dd-sre → SRE`), or the absence of any. */
export interface Cause {
  readonly text: string;
  readonly place?: Place;
  /** Line of the place, from 1, as it was when the plan was made. */
  readonly line?: number;
}

/** A role or team by its stable id, with the name people know. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** Gives an account exactly `after`, its whole role set; never empty. */
export interface SetRoles {
  readonly action: "set-roles";
  readonly account: Named;
  readonly before: readonly Named[];
  readonly after: readonly Named[];
  readonly grants: readonly (Named & { readonly because: Cause })[];
  readonly revokes: readonly (Named & { readonly because: Cause })[];
}

/** Puts a team under SCIM: creates the group that links to the team with this handle. */
export interface LinkTeam {
  readonly action: "link-team";
  /** `id` is empty when the team does not exist yet. */
  readonly team: Named;
  readonly displayName: string;
  readonly externalId: string;
  readonly because: Cause;
}

/** Adds accounts to a managed team and takes others out. */
export interface SetTeamMembers {
  readonly action: "set-members";
  /** `id` is empty when the team does not exist yet. */
  readonly team: Named;
  readonly grants: readonly (Named & { readonly because: Cause })[];
  readonly revokes: readonly (Named & { readonly because: Cause })[];
  /** Members who stay. They are written too when the team is linked first: linking may drop them. */
  readonly keeps: readonly Named[];
}

export type Change = SetRoles | LinkTeam | SetTeamMembers;

/** Something the files ask for, or would take away, that this plan leaves alone; always with the reason. */
export interface HeldBack {
  /** E.g. `ana@acme.com and 4 more keep SRE`; long lists are folded. */
  readonly what: string;
  readonly why: string;
  /** Everybody concerned, by handle, where `what` is about people. */
  readonly people: readonly string[];
  readonly place?: Place;
  readonly line?: number;
}

/** What one account gains and loses: permissions over its whole role set, roles, teams. */
export interface AccessDiff {
  readonly account: Named;
  readonly gains: readonly PermissionChange[];
  readonly losses: readonly PermissionChange[];
  readonly rolesGained: readonly { readonly role: string; readonly because: Cause }[];
  readonly rolesLost: readonly { readonly role: string; readonly because: Cause }[];
  readonly teamsGained: readonly { readonly team: string; readonly because: Cause }[];
  readonly teamsLost: readonly { readonly team: string; readonly because: Cause }[];
}

export interface PermissionChange {
  readonly permission: string;
  readonly sensitivity: Sensitivity;
  readonly through: string;
}

/** A tripped guard. `waiver` is its name for `--allow`; without one it can never be lifted. */
export interface Refusal {
  readonly guard: string;
  readonly object?: string;
  readonly message: string;
  readonly waiver?: string;
}

/** A live fact the plan assumes; apply reads it again and refuses when it moved. */
export type Assumption =
  | { readonly fact: "account-roles"; readonly account: Named; readonly roleIds: readonly string[] }
  | { readonly fact: "team-members"; readonly team: Named; readonly accountIds: readonly string[] }
  /** Without `permissions` the role is only kept by somebody: it must still exist, its content is not this plan's. */
  | { readonly fact: "role"; readonly role: Named; readonly permissions?: readonly string[] };

export interface Plan {
  readonly version: 1;
  readonly project: string;
  readonly organization: { readonly name: string; readonly id: string; readonly title: string; readonly site: string };
  readonly createdAt: Instant;
  readonly changes: readonly Change[];
  readonly access: readonly AccessDiff[];
  /** Accounts that keep exactly what they have. */
  readonly unchanged: number;
  readonly heldBack: readonly HeldBack[];
  readonly refusals: readonly Refusal[];
  readonly warnings: readonly string[];
  readonly assumptions: readonly Assumption[];
  /** Hash of the files the plan was made from, by path. */
  readonly files: Readonly<Record<string, string>>;
}

/** A plan with the hash over its canonical text; what is reviewed, saved and applied. */
export interface SealedPlan {
  readonly plan: Plan;
  readonly fingerprint: string;
}
