/** What we know of one directory (Okta, Entra ID, Google Workspace, SCIM): groups, and the members of mapped groups. */

import { conclude, type Failure, type Knowledge, type Lookup, unknown } from "./knowledge.ts";
import type { Instant } from "./time.ts";

export type DirectoryKind = "okta" | "entra" | "google" | "scim";

/**
 * State of a principal in its directory. `active` people count as members everywhere; `staged` never signed in yet and
 * does not count; `suspended` and `deactivated` lost access; `unknown` means that the directory did not say.
 */
export type PrincipalState = "active" | "staged" | "suspended" | "deactivated" | "unknown";

/** A person or service account in a directory. `login` and `email` are lower case: targets join on them. */
export interface Principal {
  readonly id: string;
  readonly login: string;
  readonly email: string;
  readonly name: string;
  readonly state: PrincipalState;
  /** True when the directory marks a guest; a foreign mail domain is judged elsewhere. */
  readonly guest?: boolean;
  /** Whether a second factor is enrolled, where the directory says so with the person. */
  readonly mfa?: boolean;
}

/** `everyone`: holds all people by definition. `app`: membership is owned by another system. `dynamic`: fed by a rule. */
export type GroupKind = "static" | "dynamic" | "app" | "everyone";

export interface Group {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly kind: GroupKind;
  /** Members as the directory counts them, disabled people included. */
  readonly memberCount?: number;
  /** The rule that feeds a dynamic group, in the directory's own language. */
  readonly rule?: string;
  /** True when the directory says that anybody in it may join by themselves. */
  readonly joinable?: boolean;
}

/**
 * What opens a directory, or lets it vouch for people: an API token of Okta, the key of an Okta service app, the client
 * secret or certificate of an Entra application, a certificate that signs SAML assertions, a key of a Google service account.
 */
export type DirectoryCredentialKind =
  | "api-token"
  | "app-key"
  | "client-secret"
  | "certificate"
  | "signing-certificate"
  | "service-account-key";

/** A credential as the directory lists it. The secret is no part of it, and is never asked for. */
export interface DirectoryCredential {
  readonly id: string;
  readonly name: string;
  readonly kind: DirectoryCredentialKind;
  /** The application or service account that it proves; absent for a token, which acts as its owner. */
  readonly application?: string;
  /** Logins of the people who answer for it; empty when the directory says that nobody does, absent when it does not say. */
  readonly owners?: readonly string[];
  /** The person whom it acts as can no longer sign in. */
  readonly isOrphaned?: boolean;
  /** Permissions it is cut down to; null: everything its owner may do. */
  readonly scopes?: readonly string[] | null;
  readonly createdAt?: Instant;
  readonly lastUsedAt?: Instant;
  readonly expiresAt?: Instant;
}

/** By what reports call each list, e.g. `API tokens`. Each takes a permission of its own, so each is known for itself. */
export interface DirectoryCredentials {
  /** When they were asked for, whatever came of it: they change seldom and are asked for once a day. */
  readonly askedAt: Instant;
  readonly lists: ReadonlyMap<string, Knowledge<DirectoryCredential>>;
}

export interface DirectoryInventory {
  /** Name in accessmap.yaml. */
  readonly name: string;
  readonly kind: DirectoryKind;
  /** Listed groups by id. Complete means: all groups that match `filter`. */
  readonly groups: Knowledge<Group>;
  /** The `groups` glob of the listing; names outside it can be judged through `named` alone. */
  readonly filter?: string;
  /** Groups looked up one by one, keyed by the name or id that was asked for. A complete and empty answer proves absence. */
  readonly named: ReadonlyMap<string, Knowledge<Group>>;
  /** Members of mapped groups by group id, each keyed by principal id. A group that is missing here was not read. */
  readonly members: ReadonlyMap<string, Knowledge<Principal>>;
  /** Ids of a group's own owners and managers, by group id, where the directory tells them with the members. */
  readonly owners?: ReadonlyMap<string, readonly string[]>;
  /** By group id: members who come only through a group inside it, with that group's name, where the directory tells. */
  readonly nested?: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /**
   * From where a later read can go on, in the connector's own words: opaque, and to be kept like the inventory itself,
   * because some vendors' cursors open what they continue. Absent when the next read must be whole.
   */
  readonly cursor?: string;
  /**
   * Collections that came back empty though they held something before, with the time of the first such answer:
   * `groups`, the id of a group for its members, `lookup <text>` for a name or id. They are unknown until a later read
   * confirms that they are empty.
   */
  readonly emptied?: ReadonlyMap<string, Instant>;
  /** Only when asked for; see `DirectoryQuery.include`. */
  readonly credentials?: DirectoryCredentials;
}

/** Why nothing is known of a group's members when it was never asked for. */
export function membersOf(inventory: DirectoryInventory, groupId: string): Knowledge<Principal> {
  return inventory.members.get(groupId) ?? unknown(notRead(inventory.name));
}

/** The group with this id, among groups that were looked up (by name or by this id) and listed ones. */
export function findGroupById(inventory: DirectoryInventory, id: string): Lookup<Group> {
  for (const answer of [...inventory.named.values(), inventory.groups]) {
    const group = answer.state === "known" ? answer.items.get(id) : undefined;
    if (group) return conclude(answer, [group]);
  }
  const asked = inventory.named.get(id);
  if (asked) return conclude(asked, []);
  if (inventory.filter === undefined) return conclude(inventory.groups, []);
  return { answer: "unknown", why: outsideFilter(inventory, id) };
}

/** Failure for a name that the listing's filter leaves out and nobody has looked up yet. */
export function outsideFilter(inventory: DirectoryInventory, name: string): Failure {
  return {
    kind: "incomplete",
    system: inventory.name,
    message: `"${name}" is outside the groups filter "${inventory.filter}" and has not been looked up yet`,
  };
}

function notRead(system: string): Failure {
  return { kind: "incomplete", system, message: `the members of this group were not read from ${system}` };
}
