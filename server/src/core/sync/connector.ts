/** What a connector must do. Directories only read; a target also has a writer, which apply alone holds. */

import type { DirectoryInventory, Group, Principal } from "../model/directory.ts";
import type { Cancellation } from "../model/http.ts";
import type { Failure, Knowledge } from "../model/knowledge.ts";
import type {
  Account,
  Actor,
  AuthnMapping,
  Role,
  ScimGroup,
  Switches,
  TargetInventory,
  Team,
  TeamMember,
} from "../model/target.ts";
import type { Instant } from "../model/time.ts";
import type { Through } from "./plan.ts";

/** Reported while a read goes on, e.g. `{ what: "groups", done: 400 }`. */
export interface ReadProgress {
  /** What is counted, as it stands behind its number; without a number what goes on. */
  readonly what: string;
  readonly done?: number;
  readonly total?: number;
}

export interface ReadContext {
  readonly signal: Cancellation;
  readonly report?: (progress: ReadProgress) => void;
}

/** What the files want to know of a directory. */
export interface DirectoryQuery {
  /** Names used in mappings; those outside the listing's filter are looked up one by one. */
  readonly names: readonly string[];
  readonly ids: readonly string[];
  /**
   * Ids that the lock knows by some of the names; looked up where the directory has nothing of that name, since a group that
   * was renamed out of the listing's filter would look deleted.
   */
  readonly pins?: ReadonlyMap<string, string>;
  /**
   * Members of this many listed groups are wanted besides, first by name, but of none that holds everyone. An import asks
   * for them to compare people; nobody else does.
   */
  readonly moreGroups?: number;
  /**
   * What is known so far, as the last read (or the cache) left it. An answer that is empty where this one holds
   * something is doubted until a later read confirms it; see `DirectoryInventory.emptied`.
   */
  readonly previous?: DirectoryInventory;
  /**
   * `cursor` of `previous`, to read only what changed since. Without it, or without `previous`, everything is read; a
   * plan always reads everything. A connector that cannot continue from it (expired, another query) reads everything.
   */
  readonly cursor?: string;
  /** Costly parts that are wanted once a day. What the credential may not see is unknown in its place. */
  readonly include?: readonly DirectoryExtra[];
}

export type DirectoryExtra = "credentials";

/**
 * Reads one directory.
 * Must return an inventory for every outcome: failures become `unknown` or incomplete knowledge, never an exception
 * (cancellation included) and never an empty answer.
 * Must read members of the queried groups only.
 * Must answer with a whole inventory for the query also when it continues from a cursor: collections that did not change
 * come from `previous` with their own `asOf`.
 * Must never write.
 */
export interface DirectoryConnector {
  readDirectory(query: DirectoryQuery, context: ReadContext): Promise<DirectoryInventory>;
  /**
   * Groups whose names begin with a text, for somebody who is typing one. Must take one request for one page and no second
   * try. What it finds is there; what it does not find may be there all the same.
   */
  suggestGroups(beginning: string, most: number, context: ReadContext): Promise<Attempt<Suggestions>>;
  /**
   * Everybody in the directory, whether in a mapped group or not, and those who left as long as it still knows them. A whole
   * answer proves that somebody is not, or no longer, in the directory. Costly: asked for by audits alone.
   */
  readPeople(context: ReadContext): Promise<Knowledge<Principal>>;
}

export interface Suggestions {
  readonly groups: readonly Group[];
  /** As far as the directory says, there are no more of this beginning: a longer one need not be asked for. */
  readonly isWhole: boolean;
}

export interface TargetQuery {
  /** Handles of the teams whose members are wanted. */
  readonly teams: readonly string[];
  /** Members of this many teams are wanted besides, first by handle; see `DirectoryQuery.moreGroups`. */
  readonly moreTeams?: number;
  /** Costly parts that are wanted once a day. What the key may not see is left out, or unknown. */
  readonly include?: readonly TargetExtra[];
  /** Time window of `audit`; the last 30 days when left out. */
  readonly window?: { readonly from: Instant; readonly to?: Instant };
}

export const TARGET_EXTRAS = ["credentials", "audit"] as const;
export type TargetExtra = (typeof TARGET_EXTRAS)[number];

/** Reads one Datadog organization with the read credential; same duties as a directory connector. */
export interface TargetConnector {
  readTarget(query: TargetQuery, context: ReadContext): Promise<TargetInventory>;
  /** Ids of the teams that each of these accounts is in, by account id; one request an account. */
  readTeamsOf(accountIds: readonly string[], context: ReadContext): Promise<ReadonlyMap<string, Knowledge<string>>>;
  /** A writer that uses the write credential; made only by apply. */
  openWriter(): Promise<TargetWriter>;
}

/** A write or a read before or after it: the value, or why there is none. Nothing is thrown. */
export type Attempt<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: Failure };

export interface NewAccount {
  readonly handle: string;
  readonly name: string;
  readonly roleIds: readonly string[];
  readonly through: Through;
}

export type NewMapping = Omit<AuthnMapping, "id">;

/**
 * Performs single steps on a target. Each call is one intent and may take several requests.
 * Must be idempotent and must retry a POST only after looking for what it may have created.
 * Must not decide whether a step is safe, nor read back on its own: apply does both.
 */
export interface TargetWriter {
  /** Who the write credential acts as, and in which organization: apply writes nowhere else and never to itself. */
  readActor(context: ReadContext): Promise<Attempt<Actor>>;
  /** All roles with their permissions; fails rather than answer with a part of them. */
  readRoles(context: ReadContext): Promise<Attempt<readonly Role[]>>;
  /** Reads through another endpoint than the one that wrote (v2 users, v2 memberships) where there is one. */
  readAccount(accountId: string, context: ReadContext): Promise<Attempt<Account>>;
  /** Those of the accounts that exist; one by one or from the listing, whichever takes fewer requests. */
  readAccounts(accountIds: readonly string[], context: ReadContext): Promise<Attempt<readonly Account[]>>;
  /** All teams; fails rather than answer with a part of them. */
  readTeams(context: ReadContext): Promise<Attempt<readonly Team[]>>;
  readTeamMembers(teamId: string, context: ReadContext): Promise<Attempt<readonly TeamMember[]>>;
  /** SCIM view: all groups, to find foreign owners and the group behind a team. */
  readScimGroups(context: ReadContext): Promise<Attempt<readonly ScimGroup[]>>;
  /** Writes the whole role set through SCIM. Every id must have been verified; an empty set is a programming error. */
  replaceRoles(accountId: string, roleIds: readonly string[], context: ReadContext): Promise<Attempt<void>>;
  /** Takes one role away through the roles API, for a role that stayed after `replaceRoles`. */
  removeRole(accountId: string, roleId: string, context: ReadContext): Promise<Attempt<void>>;
  createScimGroup(
    group: Omit<ScimGroup, "id"> & { readonly externalId: string },
    context: ReadContext,
  ): Promise<Attempt<ScimGroup>>;
  addGroupMembers(groupId: string, accountIds: readonly string[], context: ReadContext): Promise<Attempt<void>>;
  removeGroupMembers(groupId: string, accountIds: readonly string[], context: ReadContext): Promise<Attempt<void>>;
  /** Gives one role through the roles API. */
  addRole(accountId: string, roleId: string, context: ReadContext): Promise<Attempt<void>>;
  /** Through the teams API, which refuses teams that SCIM manages. Who is a member already, or none any more, is as wanted. */
  addTeamMembers(teamId: string, accountIds: readonly string[], context: ReadContext): Promise<Attempt<void>>;
  removeTeamMembers(teamId: string, accountIds: readonly string[], context: ReadContext): Promise<Attempt<void>>;
  /** The account with exactly this handle, or null when there is none. */
  findAccount(handle: string, context: ReadContext): Promise<Attempt<Account | null>>;
  /** Creates an account; answers with the one that is there when an earlier try had worked. Never without a role. */
  createAccount(account: NewAccount, context: ReadContext): Promise<Attempt<Account>>;
  setActive(accountId: string, active: boolean, through: Through, context: ReadContext): Promise<Attempt<void>>;
  readSwitches(context: ReadContext): Promise<Attempt<Switches>>;
  /** All AuthN mappings; fails rather than answer with a part of them. */
  readMappings(context: ReadContext): Promise<Attempt<readonly AuthnMapping[]>>;
  /** One mapping, or null when it is gone. */
  readMapping(id: string, context: ReadContext): Promise<Attempt<AuthnMapping | null>>;
  /** The caller has looked that there is no such mapping: Datadog is not known to refuse a second one. */
  createMapping(mapping: NewMapping, context: ReadContext): Promise<Attempt<AuthnMapping>>;
  updateMapping(id: string, mapping: NewMapping, context: ReadContext): Promise<Attempt<void>>;
  /** A mapping that is gone already is as wanted. */
  deleteMapping(id: string, context: ReadContext): Promise<Attempt<void>>;
  /** Requests sent so far, retries included. */
  requests(): number;
  /** Answers so far that asked to slow down. */
  throttled(): number;
}
