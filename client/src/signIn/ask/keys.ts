/** Checks of pasted and chosen keys. What is said about a key never quotes it. Pure. */

import { l10n } from "vscode";
import { parseServiceAccount } from "../../../../server/src/http/environmentGrants.ts";

/** What is wrong with a private key, or undefined when it looks right. */
export function refusePrivateKey(text: string): string | undefined {
  if (text.trimStart().startsWith("{"))
    return isPrivateJwk(text) ? undefined : l10n.t("This JSON is not a private key; a private JWK has `kty` and `d`");
  if (/-----BEGIN (?:RSA|EC) PRIVATE KEY-----/.test(text))
    return l10n.t('Convert it first: openssl pkcs8 -topk8 -nocrypt; then it begins with "BEGIN PRIVATE KEY"');
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----/.test(text))
    return l10n.t("It is encrypted; only a key without a passphrase can be used");
  return /-----BEGIN PRIVATE KEY-----[\s\S]+-----END PRIVATE KEY-----/.test(text)
    ? undefined
    : l10n.t("Paste the whole private key, its first and last line included, or a private JWK");
}

/** What is wrong with the text of a service account's key file, or undefined when it is one. */
export function refuseServiceAccount(text: string): string | undefined {
  return parseServiceAccount(text)
    ? undefined
    : l10n.t(
        'It is not the key file of a service account: JSON with "type": "service_account", "client_email" and "private_key"',
      );
}

function isPrivateJwk(text: string): boolean {
  try {
    const { kty, d } = JSON.parse(text) as { readonly kty?: unknown; readonly d?: unknown };
    return typeof kty === "string" && typeof d === "string";
  } catch {
    return false;
  }
}
