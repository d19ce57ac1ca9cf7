/**
 * Tokens of Microsoft Entra ID for an application: by client secret, or by workload identity federation.
 * https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-client-creds-grant-flow (2026-11)
 */

import { graphOrigin, loginOrigin } from "../clouds.ts";
import { type EntraFederatedGrant, type EntraSecretGrant, formRequest, type TokenRequest } from "./grants.ts";

const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** `.default` asks for the permissions an administrator has granted to the application, on this cloud's Graph alone. */
export function entraRequest(grant: EntraSecretGrant | EntraFederatedGrant): TokenRequest {
  const url = `${loginOrigin(grant.cloud)}/${encodeURIComponent(grant.tenant)}/oauth2/v2.0/token`;
  const proof: Readonly<Record<string, string>> =
    grant.kind === "entra-secret"
      ? { client_secret: grant.clientSecret }
      : { client_assertion_type: ASSERTION_TYPE, client_assertion: grant.assertion };
  return formRequest(url, {
    grant_type: "client_credentials",
    client_id: grant.clientId,
    scope: `${graphOrigin(grant.cloud)}/.default`,
    ...proof,
  });
}

/** What to do about Entra's numbered errors. https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes (2026-11) */
const ADVICE: Readonly<Record<string, string>> = {
  AADSTS65001: "an administrator has not consented to the permissions of the application",
  AADSTS65002:
    "this client may not ask for Microsoft Graph permissions; register an application of your own and use its id",
  AADSTS70011: "the scope is not one this application may ask for",
  AADSTS700016: "the tenant has no application with this id; check AZURE_CLIENT_ID and AZURE_TENANT_ID",
  AADSTS700024: "the assertion has expired; the CI system must issue a fresh one",
  AADSTS70021:
    "no federated credential of the application matches the assertion; check its issuer, subject and audience",
  AADSTS700211: "no federated credential of the application matches the issuer of the assertion",
  AADSTS700213: "no federated credential of the application matches the subject of the assertion",
  AADSTS7000215: "the client secret is wrong; AZURE_CLIENT_SECRET must hold its value, not its id",
  AADSTS7000222: "the client secret has expired; create a new one",
  AADSTS90002: "there is no such tenant in this cloud; check AZURE_TENANT_ID and AZURE_AUTHORITY_HOST",
};

/** The number in an Entra error text, with advice where we have some. The rest of the text is not passed on. */
export function describeEntraError(description: string): string | undefined {
  const number = /\bAADSTS\d{4,8}\b/.exec(description)?.[0];
  if (number === undefined) return undefined;
  return ADVICE[number] === undefined ? number : `${number}: ${ADVICE[number]}`;
}
