/** What a person can be signed in with, what it is called, and what it is bound to. Pure. */

import { l10n } from "vscode";
import type { CredentialRef } from "../../../server/src/core/model/http.ts";
import type { Cloud } from "../../../server/src/core/model/project.ts";
import type { TokenGrant } from "../../../server/src/http/tokens/grants.ts";
import type { SystemStatus } from "../../../server/src/lsp/protocol.ts";

/** Where a credential may be used. Whatever differs in one of the two is another place. */
export interface Binding {
  readonly origin: string;
  /** Whose data, where one origin serves many: an Entra tenant, or a Google customer and its administrator. */
  readonly realm?: string | undefined;
}

/** What a stored secret is for; the secret itself stays in the keychain. */
export interface StoredCredential extends Binding {
  readonly connection: string;
  readonly use: CredentialRef["use"];
}

/** A stored credential in words. */
export interface KeptCredential extends StoredCredential {
  /** With what, or as whom: `API token`, `ana@acme.com`. */
  readonly label: string;
  /** Day of the sign-in, `YYYY-MM-DD`. */
  readonly since: string;
  /** The end of a key or token, by which vendors list it; no secret. */
  readonly last4?: string;
}

/** A secret as entered, before it is bound. A grant is what a token is asked for with. */
export type Secret =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "datadog-keys"; readonly apiKey: string; readonly appKey: string }
  | { readonly kind: "grant"; readonly grant: TokenGrant }
  | MicrosoftAccount;

/** Not a secret itself: the editor keeps the account's session, and is asked for its token by this. */
export interface MicrosoftAccount {
  readonly kind: "microsoft";
  readonly cloud: Cloud;
  readonly tenant: string;
  readonly clientId: string;
  readonly account: { readonly id: string; readonly label: string };
}

/**
 * Where a credential for this system may go, as it is kept beside it: the origin, and below it the tenant, customer or
 * administrator it is for. Letter case does not count where the vendor ignores it.
 */
export function bindingOf({ origin, tenant, customer, admin }: SystemStatus): Binding {
  const realm = [
    tenant === undefined ? [] : `tenant ${tenant.toLowerCase()}`,
    customer === undefined ? [] : `customer ${customer}`,
    admin === undefined ? [] : `administrator ${admin.toLowerCase()}`,
  ].flat();
  return { origin, realm: realm.length === 0 ? undefined : realm.join(", ") };
}

/** `https://graph.microsoft.com (tenant 7c1f…)`. */
export function describeBinding({ origin, realm }: Binding): string {
  return realm === undefined ? origin : `${origin} (${realm})`;
}

/** `ana@acme.com, bound to https://graph.microsoft.com (tenant 7c1f…), since 2026-11-03`. */
export function describeKept(kept: KeptCredential): string {
  return l10n.t("{0}, bound to {1}, since {2}", kept.label, describeBinding(kept), kept.since);
}

/** What kind of secret it is, or whose account; never the secret. */
export function describeSecret(secret: Secret): string {
  switch (secret.kind) {
    case "token":
      return l10n.t("token");
    case "datadog-keys":
      return l10n.t("API key and application key");
    case "microsoft":
      return secret.account.label;
    case "grant":
      return describeGrant(secret.grant);
  }
}

/** What vendors show of a key or token to tell it from others. */
export function lastFourOf(secret: Secret): string | undefined {
  const text = secret.kind === "datadog-keys" ? secret.appKey : secret.kind === "token" ? secret.token : "";
  // Four letters of a short secret would be too much of it.
  return text.length >= 20 ? text.slice(-4) : undefined;
}

function describeGrant(grant: TokenGrant): string {
  switch (grant.kind) {
    case "entra-secret":
    case "entra-federated":
      return l10n.t("application {0}", grant.clientId);
    case "google-key":
    case "google-keyless":
      return l10n.t("service account {0}", grant.email);
    case "okta-key":
      return l10n.t("service app {0}", grant.clientId);
  }
}
