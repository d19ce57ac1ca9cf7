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
}

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
  };
}

/** What an access token says: whose it is, and when it ends in milliseconds since the epoch. */
export interface Grant {
  readonly tenant: string;
  readonly end: number;
}

export const TOKENS = accessTokens<Grant>("sandbox-entra-token");
