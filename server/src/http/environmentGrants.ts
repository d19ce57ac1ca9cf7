/** Grants from the variables that the vendors' own tools use: Entra ID, Google service accounts, Okta service apps. */

import { isRecord } from "../core/model/json.ts";
import type { Failure } from "../core/model/knowledge.ts";
import { cloudOfGraph, cloudsOfLogin, graphOrigin } from "./clouds.ts";
import { type Connection, GOOGLE_ORIGIN, originOf } from "./origins.ts";
import type { SecretAnswer } from "./secrets.ts";
import type { TokenGrant } from "./tokens/grants.ts";

/** Value of a variable; undefined when it is absent or empty. */
export type ReadVariable = (name: string) => string | undefined;

/** Text of a file that a variable names; undefined when it cannot be read. */
export type ReadText = (path: string) => Promise<string | undefined>;

/**
 * `AZURE_TENANT_ID` and `AZURE_CLIENT_ID` with `AZURE_CLIENT_SECRET`, or with `AZURE_FEDERATED_TOKEN_FILE` (workload
 * identity federation, no secret). The tenant binds the credential: a project that names another one gets none. So does
 * `AZURE_AUTHORITY_HOST`, which tells the cloud and is Microsoft's public one when absent.
 */
export async function findEntra(read: ReadVariable, connection: Connection, readText: ReadText): Promise<SecretAnswer> {
  const { name } = connection;
  const [tenant, clientId] = [read("AZURE_TENANT_ID"), read("AZURE_CLIENT_ID")];
  const clientSecret = read("AZURE_CLIENT_SECRET");
  const file = read("AZURE_FEDERATED_TOKEN_FILE");
  if (tenant === undefined || clientId === undefined || (clientSecret ?? file) === undefined)
    return missing(
      name,
      `no credential for ${name}: set AZURE_TENANT_ID, AZURE_CLIENT_ID and either AZURE_FEDERATED_TOKEN_FILE or AZURE_CLIENT_SECRET`,
    );
  if (connection.tenant !== undefined && connection.tenant.toLowerCase() !== tenant.toLowerCase())
    return missing(
      name,
      `AZURE_TENANT_ID is ${tenant} but ${name} is tenant ${connection.tenant}, so no token is asked for; name the same tenant in both, best by its id`,
    );
  const host = read("AZURE_AUTHORITY_HOST") ?? "https://login.microsoftonline.com";
  const clouds = cloudsOfLogin(originOf(host));
  const asked = cloudOfGraph(connection.origin);
  const cloud = clouds.find((some) => some === asked);
  if (cloud === undefined)
    return missing(
      name,
      `AZURE_AUTHORITY_HOST (${originOf(host) ?? "no URL"}) does not sign in to the cloud of ${name} (${asked ?? "none"})`,
    );
  const identity = { cloud, tenant, clientId };
  const origin = graphOrigin(cloud);
  if (clientSecret !== undefined) return grantOf(origin, { kind: "entra-secret", ...identity, clientSecret });
  const assertion = (await readText(file ?? ""))?.trim();
  if (!assertion) return missing(name, "the file that AZURE_FEDERATED_TOKEN_FILE names cannot be read");
  return grantOf(origin, { kind: "entra-federated", ...identity, assertion });
}

/**
 * `GOOGLE_APPLICATION_CREDENTIALS`: the key file of a service account. Or without a key: `ACCESSMAP_GOOGLE_SERVICE_ACCOUNT`
 * (its address) and `ACCESSMAP_GOOGLE_ACCESS_TOKEN`, a short-lived token of this machine that may sign for it, such as
 * workload identity federation or `gcloud auth print-access-token` gives. The account acts for the `admin` of accessmap.yaml;
 * `ACCESSMAP_GOOGLE_ADMIN`, where it is set, binds it to that one.
 */
export async function findGoogle(
  read: ReadVariable,
  connection: Connection,
  readText: ReadText,
): Promise<SecretAnswer> {
  const { name } = connection;
  const bound = read("ACCESSMAP_GOOGLE_ADMIN");
  const admin = connection.admin ?? bound;
  if (bound !== undefined && bound !== admin)
    return missing(
      name,
      `ACCESSMAP_GOOGLE_ADMIN is ${bound} but ${name} is read for ${admin}, so no token is asked for; name the same administrator in both`,
    );
  if (admin === undefined) return missing(name, `accessmap.yaml does not say for which admin ${name} is read`);
  const [email, accessToken] = [read("ACCESSMAP_GOOGLE_SERVICE_ACCOUNT"), read("ACCESSMAP_GOOGLE_ACCESS_TOKEN")];
  if (email !== undefined && accessToken !== undefined)
    return grantOf(GOOGLE_ORIGIN, { kind: "google-keyless", email, admin, accessToken });
  const file = read("GOOGLE_APPLICATION_CREDENTIALS");
  if (file === undefined)
    return missing(
      name,
      `no credential for ${name}: set GOOGLE_APPLICATION_CREDENTIALS, or ACCESSMAP_GOOGLE_SERVICE_ACCOUNT and ACCESSMAP_GOOGLE_ACCESS_TOKEN`,
    );
  const text = await readText(file);
  if (text === undefined) return missing(name, "the file that GOOGLE_APPLICATION_CREDENTIALS names cannot be read");
  const key = parseServiceAccount(text);
  if (!key)
    return missing(
      name,
      "the file that GOOGLE_APPLICATION_CREDENTIALS names is not the key of a service account; without a key, set ACCESSMAP_GOOGLE_SERVICE_ACCOUNT and ACCESSMAP_GOOGLE_ACCESS_TOKEN",
    );
  return grantOf(GOOGLE_ORIGIN, { kind: "google-key", admin, ...key });
}

/**
 * `OKTA_CLIENT_CLIENTID` and `OKTA_CLIENT_PRIVATEKEY` (and `OKTA_CLIENT_KEYID` when the app has several keys), bound by
 * `OKTA_CLIENT_ORGURL`. Undefined when they are not set, so that a token is looked for.
 */
export function findOktaApp(read: ReadVariable, connection: Connection): SecretAnswer | undefined {
  const [clientId, privateKey] = [read("OKTA_CLIENT_CLIENTID"), read("OKTA_CLIENT_PRIVATEKEY")];
  if (clientId === undefined || privateKey === undefined) return undefined;
  const stated = read("OKTA_CLIENT_ORGURL");
  const origin = originOf(stated ?? "");
  const example = connection.origin ?? "https://acme.okta.com";
  if (origin === undefined)
    return missing(
      connection.name,
      stated === undefined
        ? `OKTA_CLIENT_PRIVATEKEY is set but OKTA_CLIENT_ORGURL is not; a credential is sent only to the origin it is bound to. Set OKTA_CLIENT_ORGURL=${example} if it belongs there`
        : `OKTA_CLIENT_ORGURL is not a URL such as ${example}`,
    );
  const keyId = read("OKTA_CLIENT_KEYID");
  return grantOf(origin, { kind: "okta-key", origin, clientId, privateKey, ...(keyId !== undefined && { keyId }) });
}

export interface ServiceAccountKey {
  readonly email: string;
  readonly privateKey: string;
  readonly keyId?: string;
}

/** Address, key and key id of a key file. Its other fields, endpoints among them, are not used. */
export function parseServiceAccount(text: string): ServiceAccountKey | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value) || value.type !== "service_account") return undefined;
    const { client_email: email, private_key: privateKey, private_key_id: keyId } = value;
    if (typeof email !== "string" || typeof privateKey !== "string") return undefined;
    return { email, privateKey, ...(typeof keyId === "string" && { keyId }) };
  } catch {
    return undefined;
  }
}

function grantOf(origin: string, grant: TokenGrant): SecretAnswer {
  return { ok: true, secret: { kind: "grant", origin, grant } };
}

function missing(system: string, message: string): { readonly ok: false; readonly why: Failure } {
  return { ok: false, why: { kind: "not-configured", system, message } };
}
