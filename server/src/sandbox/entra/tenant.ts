/** The tenant behind login and Graph: its application, what that may read, and the tokens it was given. */

import { accessTokens } from "../http/accessTokens.ts";
import { guid } from "../ids.ts";

/** Changed by tests that want another situation; the next request sees it. */
export interface EntraTenant {
  readonly id: string;
  /** Where accounts without a domain of their own live, e.g. `acme.onmicrosoft.com`. */
  readonly domain: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The subject that a federated credential of the application expects. */
  readonly federatedSubject: string;
  /** Application permissions with admin consent. Without `User.Read*` members are ids and nothing else. */
  readonly permissions: Set<string>;
  /** Most rows of a page, whatever `$top` says; Graph may always answer fewer. */
  mostRows: number;
  /** Applications that this tenant knows, the one above among them. */
  readonly applications: EntraApplication[];
}

export interface EntraApplication {
  readonly name: string;
  /** Application permissions on Graph; those of the tenant's own application when absent. */
  readonly permissions?: readonly string[];
  /** How many people own it. */
  readonly owners: number;
  readonly replyUrls: readonly string[];
  readonly secrets: readonly EntraSecret[];
  /** Certificates that sign SAML assertions. */
  readonly signing: readonly EntraSecret[];
  /** Registered in another tenant, so that only its service principal is here. */
  readonly isForeign?: boolean;
}

export interface EntraSecret {
  readonly name: string;
  readonly createdDaysAgo: number;
  readonly endsInDays: number;
}

/** The tenant that the documentation's example names. Tests take permissions away or lower `mostRows`. */
export function createTenant(): EntraTenant {
  return {
    // The tenant of the documentation's example project.
    id: "7c1f4a2e-5d0b-4e37-9a52-0f6f3f1c9b10",
    domain: "acme.onmicrosoft.com",
    clientId: guid("application", "accessmap"),
    clientSecret: "sandbox-entra-client-secret",
    federatedSubject: "repo:acme/access:environment:prod",
    permissions: new Set(["GroupMember.Read.All", "User.Read.All"]),
    mostRows: 999,
    applications: createApplications(),
  };
}

/** What an access token says: whose it is, and when it ends in milliseconds since the epoch. */
export interface Grant {
  readonly tenant: string;
  readonly end: number;
}

export const TOKENS = accessTokens<Grant>("sandbox-entra-token");

function createApplications(): EntraApplication[] {
  const none = { owners: 0, replyUrls: [], secrets: [], signing: [] };
  return [
    { ...none, name: "accessmap", owners: 1, secrets: [{ name: "ci", createdDaysAgo: 20, endsInDays: 160 }] },
    {
      ...none,
      name: "HR import",
      permissions: ["Directory.ReadWrite.All"],
      secrets: [
        { name: "2024", createdDaysAgo: 800, endsInDays: -70 },
        { name: "for ever", createdDaysAgo: 400, endsInDays: 26_000 },
      ],
    },
    {
      ...none,
      name: "Datadog",
      permissions: [],
      owners: 2,
      replyUrls: ["https://app.datadoghq.eu/account/saml/assertion"],
      signing: [{ name: "CN=Microsoft Azure Federated SSO Certificate", createdDaysAgo: 1085, endsInDays: 10 }],
    },
    {
      ...none,
      name: "Wiki",
      permissions: [],
      owners: 1,
      replyUrls: ["https://wiki.acme.com/saml"],
      secrets: [{ name: "wiki", createdDaysAgo: 2000, endsInDays: -1000 }],
      signing: [{ name: "CN=wiki", createdDaysAgo: 1085, endsInDays: 3 }],
    },
    { ...none, name: "Vendor of charts", permissions: ["User.Read.All"], isForeign: true },
  ];
}
