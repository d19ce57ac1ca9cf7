/** A plan is data: changes with their causes, what is held back and why, and the live facts it rests on. */

import type { OrganizationConfig } from "../model/project.ts";
import type { Sensitivity } from "../model/target.ts";
import type { Place } from "../model/text.ts";
import type { Instant } from "../model/time.ts";

/** Why a change is there: a mapping in a file (`dd-sre → SRE`), or the absence of any. */
export interface Cause {
  readonly text: string;
  readonly place?: Place;
  /** Line of the place, from 1, as it was when the plan was made. */
  readonly line?: number;
  /** What brought it about; absent where nothing tells. */
  readonly origin?: Origin;
}

/**
 * Drift or intent. `datadog`: somebody changed in Datadog what the apply that began at `recorded` had left otherwise, or what
 * the audit trail tells of, and the plan sets it back. `files`: files or groups want it otherwise than they did.
 */
export type Origin =
  | { readonly from: "datadog"; readonly recorded?: Instant; readonly at?: Instant; readonly by?: string }
  | { readonly from: "files" };

/** A role or team by its stable id, with the name people know. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** Which of Datadog's doors a change of people goes through: SCIM, or the users, roles and teams API. */
export type Through = "scim" | "api";

/** Gives an account exactly `after`, its whole role set; never empty. Through the API it is given and taken role by role. */
export interface SetRoles {
  readonly action: "set-roles";
  readonly through: Through;
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
  /** Who is in the team now. They are named when it is linked: Datadog may drop whoever is not. */
  readonly members: readonly Named[];
  readonly because: Cause;
}

/** Adds accounts to a team and takes others out; SCIM writes the teams that it manages, the API all others. */
export interface SetTeamMembers {
  readonly action: "set-members";
  readonly through: Through;
  /** `id` is empty when the team does not exist yet. */
  readonly team: Named;
  readonly grants: readonly (Named & { readonly because: Cause })[];
  readonly revokes: readonly (Named & { readonly because: Cause })[];
  /** Members who stay. They are written too when the team is linked first: linking may drop them. */
  readonly keeps: readonly Named[];
}

/** Makes an account for somebody who has none, with all its roles at once: without any, Datadog would choose one. */
export interface CreateUser {
  readonly action: "create-user";
  readonly through: Through;
  /** `id` is `newAccountId` of the handle: other changes name the account by it before it exists. */
  readonly account: Named;
  readonly displayName: string;
  readonly roles: readonly (Named & { readonly because: Cause })[];
  readonly because: Cause;
}

/** Switches an account off or on. Its roles stay on it, unused while it is off. */
export interface SetActive {
  readonly action: "set-active";
  readonly through: Through;
  readonly account: Named;
  readonly active: boolean;
  /** What the account holds all the while. */
  readonly roles: readonly Named[];
  readonly because: Cause;
}

/** What an AuthN mapping says: who carries this attribute gets that role or team at a SAML login. */
export interface MappingContent {
  readonly key: string;
  readonly value: string;
  readonly gives: Named & { readonly kind: "role" | "team" };
}

export interface CreateMapping {
  readonly action: "create-mapping";
  readonly mapping: MappingContent;
  readonly because: Cause;
}

/** Turns one mapping into another in one request, so that there is no moment with neither. */
export interface UpdateMapping {
  readonly action: "update-mapping";
  readonly id: string;
  readonly before: MappingContent;
  readonly after: MappingContent;
  readonly because: Cause;
}

export interface DeleteMapping {
  readonly action: "delete-mapping";
  readonly id: string;
  readonly mapping: MappingContent;
  readonly because: Cause;
}

export type MappingChange = CreateMapping | UpdateMapping | DeleteMapping;
export type Change = SetRoles | LinkTeam | SetTeamMembers | CreateUser | SetActive | MappingChange;

/** Stands for an account that a plan creates, until it has an id. */
export function newAccountId(handle: string): string {
  return `${NEW_ACCOUNT}${handle}`;
}

/** The handle behind `newAccountId`; undefined for accounts that exist. */
export function newHandleOf(accountId: string): string | undefined {
  return accountId.startsWith(NEW_ACCOUNT) ? accountId.slice(NEW_ACCOUNT.length) : undefined;
}

const NEW_ACCOUNT = "new:";

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

/** What some accounts gain and lose, all of them the same: permissions over their whole role set, roles, teams. */
export interface AccessDiff {
  /** At least one, by handle. */
  readonly accounts: readonly Named[];
  /** What becomes of the account itself, where something does. */
  readonly state?: "created" | "off" | "on";
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
  /** The name of the role that gives it. */
  readonly role: string;
  /** The mapping that gives the role, or the role that is lost. */
  readonly through: string;
}

/** Proof that nobody is locked out unseen, worked out before anything is sent. All by handle, of active people. */
export interface Lockout {
  /** Whom no AuthN mapping is known to match; only where roles are pushed through SAML. */
  readonly unmatched: readonly string[];
  /** Who holds no role afterwards. */
  readonly roleless: readonly string[];
  /** Who can administer the organization afterwards. */
  readonly admins: readonly string[];
  /** Roles that others come to hold and nobody keeps: they would stand empty if those others did not come. Absent when none. */
  readonly changingHands?: readonly Named[];
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
  | { readonly fact: "role"; readonly role: Named; readonly permissions?: readonly string[] }
  | { readonly fact: "no-account"; readonly handle: string }
  /** Without `id`: there is no such mapping. */
  | { readonly fact: "mapping"; readonly mapping: MappingContent; readonly id?: string }
  /** Whether, and how far, a SAML login applies mappings. */
  | { readonly fact: "switch"; readonly name: "role-mapping" | "team-source"; readonly value: string };

export interface Plan {
  readonly version: 1;
  readonly project: string;
  readonly organization: { readonly name: string; readonly id: string; readonly title: string; readonly site: string };
  /** How each part is pushed; what goes through SAML mappings takes effect at people's next login. */
  readonly push: OrganizationConfig["push"];
  readonly createdAt: Instant;
  /** Afterwards apply refuses: people move between groups, and nobody has looked at what a plan would say by now. */
  readonly expiresAt: Instant;
  readonly changes: readonly Change[];
  readonly access: readonly AccessDiff[];
  /** Accounts that keep exactly what they have. */
  readonly unchanged: number;
  /** When the apply began that the plan takes back; absent where it makes what the files say. */
  readonly undoes?: Instant;
  /** What was not read wholly; then more may have to change than the plan knows of. */
  readonly unread?: string;
  /** What drift is told from intent by: the last apply, and why some may be unknown. Absent before anything can have drifted. */
  readonly drift?: { readonly since?: Instant; readonly unseen?: string };
  readonly lockout: Lockout;
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
