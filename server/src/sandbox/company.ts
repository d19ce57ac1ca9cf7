/** The company behind the sandbox: one Okta organization and one Datadog organization, as plain mutable data. */

/** Changed by the servers on every write, and by tests that want another situation. Instants are ISO 8601 in UTC. */
export interface Company {
  okta: OktaOrganization;
  datadog: DatadogOrganization;
}

export interface OktaOrganization {
  /** Host name, e.g. `acme.okta.com`. */
  domain: string;
  /** The only token the server takes. */
  token: string;
  /** By id. */
  users: Map<string, OktaUser>;
  /** By id. */
  groups: Map<string, OktaGroup>;
  rules: OktaRule[];
}

/** Statuses of the user object, Okta management API 2026.06.3. */
export type OktaStatus =
  | "STAGED"
  | "PROVISIONED"
  | "ACTIVE"
  | "RECOVERY"
  | "PASSWORD_EXPIRED"
  | "LOCKED_OUT"
  | "SUSPENDED"
  | "DEPROVISIONED";

export interface OktaUser {
  id: string;
  login: string;
  email: string;
  firstName: string;
  lastName: string;
  department: string;
  status: OktaStatus;
  created: string;
  lastLogin: string | null;
}

export interface OktaGroup {
  id: string;
  name: string;
  description: string;
  type: "OKTA_GROUP" | "APP_GROUP" | "BUILT_IN";
  created: string;
  lastMembershipUpdated: string;
  /** User ids. People who left stay here until somebody removes them, as in Okta. */
  members: string[];
}

/** Feeds groups from an attribute of the profile. */
export interface OktaRule {
  id: string;
  name: string;
  expression: string;
  groupIds: string[];
}

export interface DatadogOrganization {
  /** Site parameter, e.g. `datadoghq.eu`. */
  site: string;
  id: string;
  publicId: string;
  name: string;
  /** By name; ids differ by site. */
  permissions: Map<string, PermissionRecord>;
  /** By id. Names are not unique. */
  roles: Map<string, DatadogRole>;
  /** By id. */
  users: Map<string, DatadogUser>;
  /** By id. */
  teams: Map<string, DatadogTeam>;
  /** By id. */
  mappings: Map<string, AuthnMapping>;
  apiKeys: ApiKey[];
  applicationKeys: ApplicationKey[];
  /** Personal ones and those of service accounts. */
  tokens: AccessToken[];
  /** By name. */
  configs: Map<string, OrgConfig>;
  /** The switch for role mapping. */
  roleMapping: boolean;
  /** Just-in-time accounts; off while there is no domain. */
  justInTime: { domains: string[]; roleId: string };
  /** Oldest first. */
  audit: AuditEvent[];
}

export interface PermissionRecord {
  id: string;
  name: string;
  displayName: string;
  description: string;
  group: string;
  displayType: string;
  /** Datadog's word for "every role has it by default". */
  restricted: boolean;
  /** False for permissions that roles hold but the plain list leaves out. */
  listed: boolean;
  created: string;
}

export interface DatadogRole {
  id: string;
  name: string;
  managed: boolean;
  /** Permission names, sorted. */
  permissions: string[];
  receivesFrom: string[];
  createdAt: string;
  modifiedAt: string;
}

export interface DatadogUser {
  id: string;
  /** Lower case address; of a service account its id. Never changes. */
  handle: string;
  email: string;
  name: string;
  title: string | null;
  serviceAccount: boolean;
  disabled: boolean;
  /** False until the invitation was accepted: status Pending. */
  verified: boolean;
  mfa: boolean;
  lastLogin: string | null;
  createdAt: string;
  modifiedAt: string;
  roleIds: string[];
  /** SCIM has written the roles, and wins over SAML role mapping from then on. */
  rolesFromScim?: boolean;
}

export interface DatadogTeam {
  id: string;
  handle: string;
  name: string;
  description: string | null;
  /** SCIM owns the membership. */
  managed: boolean;
  /** What the SCIM client calls it; only managed teams have one. */
  externalId: string | null;
  createdAt: string;
  modifiedAt: string;
  members: TeamMember[];
}

export interface TeamMember {
  userId: string;
  admin: boolean;
  /** A SAML login put them there. */
  fromSaml?: boolean;
}

/** Attribute key and value give exactly one role or one team at the next SAML login. */
export interface AuthnMapping {
  id: string;
  key: string;
  value: string;
  roleId: string | null;
  teamId: string | null;
  createdAt: string;
  modifiedAt: string;
}

export interface ApiKey {
  id: string;
  name: string;
  /** The secret; no answer contains it. */
  key: string;
  createdBy: string;
  createdAt: string;
}

export interface ApplicationKey extends ApiKey {
  /** Null: everything the owner may do. */
  scopes: string[] | null;
}

/** Lists show the public part; nothing takes the token itself here. */
export interface AccessToken {
  id: string;
  name: string;
  publicPortion: string;
  ownedBy: string;
  scopes: string[];
  createdAt: string;
  lastUsedAt: string | null;
  /** Only tokens of service accounts may go without. */
  expiresAt: string | null;
}

export interface OrgConfig {
  name: string;
  description: string;
  valueType: string;
  value: unknown;
}

export interface AuditEvent {
  id: string;
  at: string;
  /** E.g. `Access Management`. */
  name: string;
  action: "created" | "modified" | "deleted";
  asset: { type: string; id: string; name: string };
  actor: { id: string; email: string };
  message: string;
}
