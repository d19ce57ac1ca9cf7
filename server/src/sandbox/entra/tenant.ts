/** The tenant behind login and Graph: its application, what that may read, and the tokens it was given. */

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

const PREFIX = "sandbox-entra-token.";

/** An access token that carries its own end, so that nothing has to be remembered. */
export function issueToken(tenant: EntraTenant, expiresAt: number): string {
  return PREFIX + Buffer.from(JSON.stringify({ tenant: tenant.id, exp: expiresAt })).toString("base64url");
}

/** When a token of this tenant ends, in milliseconds since the epoch; undefined for any other text. */
export function readToken(tenant: EntraTenant, token: string): number | undefined {
  if (!token.startsWith(PREFIX)) return undefined;
  try {
    const claims = JSON.parse(Buffer.from(token.slice(PREFIX.length), "base64url").toString());
    return claims.tenant === tenant.id ? Number(claims.exp) : undefined;
  } catch {
    return undefined;
  }
}
