/** `accessmap.yaml` after reading: where things are and what is allowed. All defaults of the format stand here. */

import type { DirectoryKind } from "./directory.ts";
import type { Sensitivity } from "./target.ts";
import type { Span, Spanned } from "./text.ts";

/** The nine Datadog sites. https://docs.datadoghq.com/getting_started/site/ (2026-09) */
export const SITES: readonly string[] = [
  "datadoghq.com",
  "us3.datadoghq.com",
  "us5.datadoghq.com",
  "datadoghq.eu",
  "ap1.datadoghq.com",
  "ap2.datadoghq.com",
  "uk1.datadoghq.com",
  "ddog-gov.com",
  "us2.ddog-gov.com",
];

/** Microsoft's separate clouds. https://learn.microsoft.com/en-us/graph/deployments (2026-11) */
export const CLOUDS = ["public", "usgov", "usdod", "china"] as const;
export type Cloud = (typeof CLOUDS)[number];

export interface DirectoryConfig {
  readonly name: string;
  readonly span: Span;
  readonly type: DirectoryKind;
  /** Okta: org host, e.g. `acme.okta.com`. */
  readonly domain?: string;
  /** Entra: tenant id. */
  readonly tenant?: string;
  /** Entra: the Microsoft cloud the tenant lives in; `public` when absent. */
  readonly cloud?: Cloud;
  /** Google: customer id and the administrator the service account acts for. */
  readonly customer?: string;
  readonly admin?: string;
  /** Google: address of the service account whose keys are looked at; they are at another host, with a credential of its own. */
  readonly serviceAccount?: string;
  /** SCIM: base URL. */
  readonly url?: string;
  /** Limits what is listed: a glob over group names. */
  readonly groups?: string;
  /** What the SAML claim carries. */
  readonly claim: "name" | "id";
}

export type RolePath = "scim" | "saml" | "members" | "off";
export type UserPath = "off" | "deactivate" | "full";

export interface OrganizationConfig {
  readonly name: string;
  readonly span: Span;
  readonly site: Spanned<string>;
  readonly id?: Spanned<string>;
  readonly directory?: Spanned<string>;
  /** SAML attribute that carries the groups. */
  readonly attribute?: Spanned<string>;
  readonly push: { readonly roles: RolePath; readonly teams: RolePath; readonly users: UserPath };
  readonly linked: { readonly teams: readonly LinkedRoles[]; readonly connections: readonly LinkedRoles[] };
}

/**
 * What no published API of Datadog reads (2026-09): roles linked to a team, a preview, and roles with which a stored
 * connection acts in the organization.
 */
export interface LinkedRoles {
  /** The team's handle, or what the connection is called. */
  readonly name: string;
  readonly span: Span;
  readonly roles: readonly Spanned<string>[];
}

export interface PolicyClass {
  /** Patterns of group names. */
  readonly groups: readonly Spanned<string>[];
  readonly only?: "read";
  readonly never: readonly Spanned<string>[];
  readonly span: Span;
}

/** What the files say of a service account: Datadog knows neither its owner nor its end. */
export interface KnownBot {
  /** As Datadog calls it. */
  readonly name: Spanned<string>;
  readonly owner?: Spanned<string>;
  readonly until?: Spanned<string>;
}

/** Who people are, how many, or no answer at all. */
export type AssistantAccess = "names" | "counts" | "none";

/** Another severity for some rules in some places. Without files it holds in all of them, and so with organizations. */
export interface RuleOverride {
  /** Patterns of rule ids. */
  readonly rules: readonly Spanned<string>[];
  /** Patterns of paths; `*` is any text, slashes included. */
  readonly files: readonly Spanned<string>[];
  readonly organizations: readonly string[];
  readonly severity: RuleSetting;
  readonly span: Span;
}

export type RuleSetting = "off" | "info" | "warning" | "error";

export interface Policy {
  /** People a grant of that sensitivity may reach. */
  readonly limits: Readonly<Partial<Record<Sensitivity, number>>>;
  /** Lowest sensitivity from which a field is required. */
  readonly require: { readonly reason?: Sensitivity; readonly owner?: Sensitivity; readonly until?: Sensitivity };
  /** Longest life of a grant, in days. */
  readonly longest?: number;
  /** Days within which every organization must be reviewed again. */
  readonly review?: number;
  /** Days after which a key without an end is old, and after which one that nobody uses is unused. */
  readonly credentials: { readonly age: number; readonly unused: number };
  readonly bots: readonly KnownBot[];
  readonly classes: readonly PolicyClass[];
  readonly apart: readonly (readonly [Spanned<string>, Spanned<string>])[];
  /** Patterns that the names of groups, roles and teams keep to; no patterns allow any name. */
  readonly names: {
    readonly groups: readonly string[];
    readonly roles: readonly string[];
    readonly teams: readonly string[];
  };
  readonly rules: ReadonlyMap<string, RuleSetting>;
  /** The first one that fits a finding counts, before `rules`. */
  readonly overrides: readonly RuleOverride[];
  /** Globs of rule ids that mapping files cannot suppress. */
  readonly locked: readonly string[];
  /** Rules and patterns of rules, and organizations, as `rules`, `overrides` and `locked` name them. */
  readonly named: {
    readonly rules: readonly Spanned<string>[];
    readonly patterns: readonly Spanned<string>[];
    readonly organizations: readonly Spanned<string>[];
  };
  /** What language-model assistants are told of people. */
  readonly assistants: AssistantAccess;
}

export interface Safety {
  /** Removals per role, per team and in total: a share of the holders (0 to 1), a number of people, and what is ordinary. */
  readonly removals: { readonly share: number; readonly people: number; readonly floor: number };
  /** Human administrators that must remain. */
  readonly admins: number;
  /** Journals keep the domains of mail addresses alone. */
  readonly redactsJournal: boolean;
}

export interface Project {
  /** Path of accessmap.yaml relative to the project folder. */
  readonly file: string;
  /** Marks what this repository owns in Datadog. */
  readonly name: string;
  readonly directories: ReadonlyMap<string, DirectoryConfig>;
  readonly organizations: ReadonlyMap<string, OrganizationConfig>;
  readonly policy: Policy;
  readonly safety: Safety;
}

export const DEFAULT_POLICY: Policy = {
  limits: { critical: 10 },
  require: { reason: "high" },
  // Datadog advises to rotate quarterly, and its Governance Console looks at 30 days without use.
  // https://docs.datadoghq.com/account_management/api-app-keys/ (2026-09)
  credentials: { age: 90, unused: 30 },
  bots: [],
  classes: [],
  apart: [],
  names: { groups: [], roles: [], teams: [] },
  rules: new Map(),
  overrides: [],
  locked: [],
  named: { rules: [], patterns: [], organizations: [] },
  assistants: "counts",
};

export const DEFAULT_SAFETY: Safety = {
  removals: { share: 0.25, people: 50, floor: 3 },
  admins: 2,
  redactsJournal: false,
};
