/** Access tokens as a client gets them: from Entra's login with the secret, from Google and Okta with a signed JWT. */

import { importJWK, importPKCS8, SignJWT } from "jose";
import type { Sandbox } from "../../server/src/sandbox/sandbox.ts";
import { type Reply, type Send, sender } from "./bench.ts";

export const GOOGLE_SCOPES = [
  "https://www.googleapis.com/auth/admin.directory.group.readonly",
  "https://www.googleapis.com/auth/admin.directory.user.readonly",
];

/** One form to a token endpoint. */
export async function postForm(url: string, form: Record<string, string>): Promise<Reply> {
  const response = await fetch(url, { method: "POST", body: new URLSearchParams(form) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: JSON.parse(text), text };
}

export function entraLogin({ routes, environment }: Sandbox, change: Record<string, string> = {}): Promise<Reply> {
  return postForm(`${routes["https://login.microsoftonline.com"]}/${environment.AZURE_TENANT_ID}/oauth2/v2.0/token`, {
    grant_type: "client_credentials",
    client_id: environment.AZURE_CLIENT_ID ?? "",
    client_secret: environment.AZURE_CLIENT_SECRET ?? "",
    scope: "https://graph.microsoft.com/.default",
    ...change,
  });
}

/** Graph with the application's token. */
export async function toGraph(sandbox: Sandbox): Promise<Send> {
  const { body } = await entraLogin(sandbox);
  const base = `${sandbox.routes["https://graph.microsoft.com"]}/v1.0`;
  return sender(base, { authorization: `Bearer ${body.access_token}` });
}

/** A JWT of the service account; claims replace the usual ones. */
export async function googleJwt({ googleKey, google }: Sandbox, claims: Record<string, unknown> = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const all = {
    iss: googleKey.client_email,
    aud: googleKey.token_uri,
    scope: GOOGLE_SCOPES.join(" "),
    sub: google.admin,
    iat: now,
    exp: now + 3600,
    ...claims,
  };
  const key = await importPKCS8(googleKey.private_key, "RS256");
  return new SignJWT(all).setProtectedHeader({ alg: "RS256", typ: "JWT" }).sign(key);
}

export function googleToken({ routes }: Sandbox, assertion: string): Promise<Reply> {
  const grant_type = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  return postForm(`${routes["https://oauth2.googleapis.com"]}/token`, { grant_type, assertion });
}

/** A JWT of Okta's service app; claims replace the usual ones. */
export async function oktaJwt({ oktaKey, company }: Sandbox, claims: Record<string, unknown> = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const client = oktaKey.OKTA_CLIENT_CLIENTID;
  const usual = { iss: client, sub: client, aud: `https://${company.okta.domain}/oauth2/v1/token`, exp: now + 300 };
  const jwk = JSON.parse(oktaKey.OKTA_CLIENT_PRIVATEKEY);
  const protectedHeader = { alg: "RS256", kid: jwk.kid };
  return new SignJWT({ ...usual, ...claims }).setProtectedHeader(protectedHeader).sign(await importJWK(jwk, "RS256"));
}

/** Asks Okta for a token; fields replace the usual ones. */
export async function oktaToken(sandbox: Sandbox, change: Record<string, string> = {}): Promise<Reply> {
  return postForm(`${sandbox.routes[sandbox.environment.OKTA_CLIENT_ORGURL ?? ""]}/oauth2/v1/token`, {
    grant_type: "client_credentials",
    scope: "okta.groups.read okta.users.read",
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: change.client_assertion ?? (await oktaJwt(sandbox)),
    ...change,
  });
}

/** The Directory API with the administrator's token. */
export async function toDirectory(sandbox: Sandbox, claims: Record<string, unknown> = {}): Promise<Send> {
  const { body } = await googleToken(sandbox, await googleJwt(sandbox, claims));
  const base = `${sandbox.routes["https://admin.googleapis.com"]}/admin/directory/v1`;
  return sender(base, { authorization: `Bearer ${body.access_token}` });
}
