/**
 * `POST /oauth2/v1/token`: the organization's own authorization server, which gives `okta.*` scopes to a service app that
 * signs with its private key, and for no other proof. 2026-11
 */

import type { Context } from "hono";
import type { Setting } from "../http/frame.ts";
import { readJwt } from "../http/jwt.ts";
import { VendorError } from "../http/vendorError.ts";
import type { OktaApp } from "./app.ts";
import { type OktaServiceApp, TOKENS } from "./serviceApp.ts";

const PATH = "/oauth2/v1/token";
const JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const SECONDS = 3600;
/** An assertion may live for an hour, and the clocks of two machines may be somewhat apart. */
const LONGEST = 3600;
const SKEW = 300;

/** A scope that was not granted refuses the whole request, as Okta does. */
export function addToken(app: OktaApp, setting: Setting, serviceApp: OktaServiceApp): void {
  app.post(PATH, async (context) => {
    const form = new URLSearchParams(await context.req.text());
    if (form.get("grant_type") !== "client_credentials")
      throw refusal(400, "unsupported_grant_type", "The authorization grant type is not supported by the server.");
    if (form.get("client_assertion_type") !== JWT_BEARER || !form.has("client_assertion"))
      throw refusal(
        401,
        "invalid_client",
        "Client Credentials requests to the Org Authorization Server must use the private_key_jwt token_endpoint_auth_method.",
      );
    const now = setting.now().getTime();
    refuseAssertion(form.get("client_assertion") ?? "", audiences(context, setting), serviceApp, now);
    const scopes = (form.get("scope") ?? "").split(" ").filter((scope) => scope !== "");
    if (scopes.length === 0 || scopes.some((scope) => !serviceApp.scopes.has(scope)))
      throw refusal(
        400,
        "invalid_scope",
        "One or more scopes are not configured for the authorization server resource.",
      );
    return context.json({
      token_type: "Bearer",
      expires_in: SECONDS,
      access_token: TOKENS.issue({ scopes, end: now + SECONDS * 1000 }),
      scope: scopes.join(" "),
    });
  });
}

/** True for the paths whose errors are written as OAuth writes them. */
export function isTokenPath(path: string): boolean {
  return path === PATH;
}

/** RFC 6749, 5.2. */
export function renderRefusal(error: VendorError, context: Context): Response {
  for (const [name, value] of Object.entries(error.headers)) context.header(name, value);
  const body = { error: error.code ?? "server_error", error_description: error.message };
  return context.json(body, error.status as 400);
}

/** The endpoint by its real address, and by the one it has here, which is all that a client without rerouting knows. */
function audiences(context: Context, { company }: Setting): readonly string[] {
  return [`https://${company.okta.domain}`, new URL(context.req.url).origin].map((origin) => origin + PATH);
}

/** Throws unless the app signed it for this endpoint and it is valid now. */
function refuseAssertion(text: string, audiences: readonly string[], app: OktaServiceApp, now: number): void {
  const jwt = readJwt(text);
  if (!jwt) throw refusal(401, "invalid_client", "The client_assertion token could not be parsed.");
  const { iss, sub, aud, exp } = jwt.claims;
  if (iss !== app.clientId || sub !== app.clientId)
    throw refusal(401, "invalid_client", "Invalid value for 'client_id' parameter.");
  const { id, publicKey } = app.keys();
  if (jwt.header.alg !== "RS256" || (jwt.header.kid ?? id) !== id || !jwt.isSignedBy(publicKey))
    throw refusal(401, "invalid_client", "The client_assertion token has an invalid signature.");
  if (!audiences.includes(String(aud)))
    throw refusal(
      401,
      "invalid_client",
      "The audience claim for client_assertion must be the endpoint invoked for the request.",
    );
  const left = Number(exp) - now / 1000;
  if (!(left > -SKEW)) throw refusal(401, "invalid_client", "The client_assertion token is expired.");
  if (left > LONGEST + SKEW)
    throw refusal(401, "invalid_client", "The client_assertion token has an expiration too far into the future.");
}

function refusal(status: number, error: string, message: string): VendorError {
  return new VendorError(status, message, { code: error });
}
