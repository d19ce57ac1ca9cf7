/** What we know of one Datadog organization: permissions, roles, accounts, teams, mappings and the switches around them. */

import type { Fact, Knowledge } from "./knowledge.ts";
import { compareText } from "./order.ts";
import type { Instant } from "./time.ts";

/** How much harm a permission can do; the order is `SENSITIVITIES`. */
export type Sensitivity = "low" | "medium" | "high" | "critical";

export const SENSITIVITIES: readonly Sensitivity[] = ["low", "medium", "high", "critical"];

/** Smallest right Datadog knows. `restricted` is Datadog's word for "everybody has it by default". */
export interface Permission {
  readonly name: string;
  readonly displayName: string;
  readonly group: string;
  readonly type: "read" | "write" | "other";
  readonly restricted: boolean;
  readonly sensitivity: Sensitivity;
  readonly summary?: string;
  readonly reason?: string;
  readonly requires: readonly string[];
  readonly implies: readonly string[];
  readonly aliases: readonly string[];
  readonly deprecated: boolean;
  /** False when only the live organization knows it, so that its sensitivity was judged by name and type. */
  readonly catalogued: boolean;
}

export interface Role {
  readonly id: string;
  readonly name: string;
  /** Permission names, sorted. */
  readonly permissions: readonly string[];
  /** Number of permission ids on the role that no list explains: its content is then not wholly known. */
  readonly unresolved: number;
  /** Datadog owns it: Admin, Standard, Read Only. */
  readonly managed: boolean;
  /** Names of managed roles whose new permissions flow into this one. */
  readonly receivesFrom: readonly string[];
  readonly userCount?: number;
  readonly createdAt?: Instant;
  readonly modifiedAt?: Instant;
}

export type AccountStatus = "active" | "pending" | "disabled";

/** A Datadog user or service account. `handle` and `email` are lower case. */
export interface Account {
  readonly id: string;
  readonly handle: string;
  readonly email: string;
  readonly name: string;
  readonly status: AccountStatus;
  readonly serviceAccount: boolean;
  readonly roleIds: readonly string[];
  readonly mfa?: boolean;
  readonly createdAt?: Instant;
  readonly lastLogin?: Instant;
}

export interface Team {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  /** SCIM owns the membership; other writes are refused. */
  readonly managed: boolean;
  /** Whether anybody in the organization may join by themselves, where Datadog says so. */
  readonly open?: boolean;
  readonly userCount?: number;
}

/** A rule that a SAML login applies: attribute key and value give exactly one role or one team. */
export interface AuthnMapping {
  readonly id: string;
  readonly key: string;
  readonly value: string;
  readonly grants: { readonly roleId: string } | { readonly teamId: string };
}

/** The identity that the credential in use acts as. */
export interface Actor {
  readonly accountId: string;
  readonly handle: string;
  readonly organizationId: string;
  readonly organizationName: string;
  readonly roleIds: readonly string[];
}

/** Organization switches that decide whether mappings take effect. */
export interface Switches {
  readonly roleMapping: Fact<boolean>;
  readonly teamSource: Fact<string>;
  /** Left out by sources that never knew it, such as older snapshots. */
  readonly justInTime?: Fact<JustInTime>;
}

/** Accounts that Datadog makes at a first SAML login. Off when no e-mail domain is named. */
export interface JustInTime {
  readonly domains: readonly string[];
  /** What a new account holds; old settings name managed roles, new ones give ids. */
  readonly defaultRoles: readonly ({ readonly id: string } | { readonly name: string })[];
}

export type CredentialKind = "api-key" | "application-key" | "personal-token" | "service-token";

/** A key or token as Datadog lists it. The secret is no part of it. */
export interface Credential {
  readonly id: string;
  readonly name: string;
  readonly kind: CredentialKind;
  readonly last4?: string;
  /** The account it acts as. An API key belongs to the organization: here it is who made it. */
  readonly ownerId?: string;
  /** Permissions it is cut down to; null: everything its owner may do. API keys permit nothing alone and have none. */
  readonly scopes?: readonly string[] | null;
  readonly createdAt?: Instant;
  readonly lastUsedAt?: Instant;
  readonly expiresAt?: Instant;
}

/** By id. The three lists take different permissions, so each is known for itself. */
export interface Credentials {
  /** When they were asked for, whatever came of it: they change seldom and are asked for once a day. */
  readonly askedAt: Instant;
  readonly apiKeys: Knowledge<Credential>;
  readonly applicationKeys: Knowledge<Credential>;
  /** Personal ones and those of service accounts. */
  readonly tokens: Knowledge<Credential>;
}

/** A change of access as the audit trail tells it. */
export interface AccessEvent {
  readonly id: string;
  readonly at: Instant;
  /** E.g. `created`, `modified`, `deleted`. */
  readonly action: string;
  readonly asset: { readonly type: string; readonly id?: string; readonly name?: string };
  /** Who did it; Datadog itself has neither. */
  readonly actor: { readonly id?: string; readonly email?: string };
  readonly message: string;
}

/** What the trail holds of a time window. It may be switched off or kept for a short time: no event is no proof of peace. */
export interface Audit {
  readonly askedAt: Instant;
  readonly from: Instant;
  readonly to?: Instant;
  /** By id, latest first. */
  readonly events: Knowledge<AccessEvent>;
}

/** A SCIM group, which is a managed team seen through SCIM. */
export interface ScimGroup {
  readonly id: string;
  readonly displayName: string;
  readonly externalId?: string;
  readonly memberIds: readonly string[];
}

export interface TargetInventory {
  /** Name in accessmap.yaml. */
  readonly name: string;
  readonly site: string;
  readonly actor: Fact<Actor>;
  /** Live permissions by name. */
  readonly permissions: Knowledge<Permission>;
  readonly roles: Knowledge<Role>;
  readonly accounts: Knowledge<Account>;
  readonly teams: Knowledge<Team>;
  /** Account ids by team id, for the teams that files or lock name; each keyed by account id. */
  readonly teamMembers: ReadonlyMap<string, Knowledge<TeamMember>>;
  readonly mappings: Knowledge<AuthnMapping>;
  readonly switches: Switches;
  /** Only when asked for; see `TargetQuery.include`. */
  readonly credentials?: Credentials;
  /** Only when asked for. */
  readonly audit?: Audit;
}

export interface TeamMember {
  readonly accountId: string;
  readonly admin: boolean;
  /** A SAML login put them there, so a later one may take them out. */
  readonly fromSaml?: boolean;
}

/** Compares two sensitivities: positive when `a` is the more sensitive. */
export function compareSensitivity(a: Sensitivity, b: Sensitivity): number {
  return SENSITIVITIES.indexOf(a) - SENSITIVITIES.indexOf(b);
}

type Ranked = Pick<Permission, "sensitivity" | "name">;

/** Order of permissions: the most sensitive first, those of one sensitivity by name. */
export function worstFirst(a: Ranked, b: Ranked): number {
  return compareSensitivity(b.sensitivity, a.sensitivity) || compareText(a.name, b.name);
}
