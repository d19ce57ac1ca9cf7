/** `oauth2.googleapis.com`: a JWT that the service account signed becomes an access token for whom it acts for. 2026-11 */

import type { Context, Hono } from "hono";
import { createFrame, type Dialect, type Env, type Setting } from "../http/frame.ts";
import { readJwt } from "../http/jwt.ts";
import { textAt } from "../http/query.ts";
import { VendorError } from "../http/vendorError.ts";
import { type GoogleTenant, TOKEN_URI, TOKENS } from "./tenant.ts";

const JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const SECONDS = 3599;
const HOUR = 3600;
/** How far the clocks of two machines may be apart. */
const SKEW = 300;

/** One endpoint. Without a subject the service account acts for itself, which reads no directory. */
export function createTokenServer(setting: Setting, tenant: GoogleTenant): Hono<Env> {
  const app = createFrame<Env>(setting, { system: "google", renderError });
  app.post("/token", async (context) => {
    const form = new URLSearchParams(await context.req.text());
    if (form.get("grant_type") !== JWT_BEARER)
      throw refusal(400, "unsupported_grant_type", `Invalid grant_type: ${form.get("grant_type") ?? ""}`);
    const now = setting.now().getTime();
    const claims = verified(form.get("assertion") ?? "", tenant, now);
    const scopes = (textAt(claims, "scope") ?? "").split(" ").filter((scope) => scope !== "");
    if (scopes.length === 0) throw refusal(400, "invalid_scope", "Empty or missing scope not allowed.");
    const subject = textAt(claims, "sub");
    if (subject !== undefined && subject !== tenant.serviceAccount) refuseDelegation(subject, scopes, setting, tenant);
    const grant = { scopes, end: now + SECONDS * 1000, ...(subject === undefined ? {} : { subject }) };
    return context.json({ access_token: TOKENS.issue(grant), expires_in: SECONDS, token_type: "Bearer" });
  });
  return app;
}

/** The claims of a JWT that our service account signed and that is valid now; throws `invalid_grant` otherwise. */
function verified(text: string, tenant: GoogleTenant, now: number): Readonly<Record<string, unknown>> {
  const jwt = readJwt(text);
  if (jwt?.header.alg !== "RS256") throw refusal(400, "invalid_grant", "Bad Request");
  const { claims } = jwt;
  if (claims.iss !== tenant.serviceAccount) throw refusal(400, "invalid_grant", "Invalid grant: account not found");
  if (!jwt.isSignedBy(tenant.keys().publicKey)) throw refusal(400, "invalid_grant", "Invalid JWT Signature.");
  if (claims.aud !== TOKEN_URI) throw refusal(400, "invalid_grant", "The audience in ID Token does not match.");
  const [issued, end, seconds] = [Number(claims.iat), Number(claims.exp), now / 1000];
  if (!(issued <= seconds + SKEW && end > seconds - SKEW && end - issued <= HOUR))
    throw refusal(
      400,
      "invalid_grant",
      "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.",
    );
  return claims;
}

/** Acting for somebody takes scopes that an administrator allowed, and somebody who exists. */
function refuseDelegation(
  subject: string,
  scopes: readonly string[],
  { company }: Setting,
  tenant: GoogleTenant,
): void {
  if (scopes.some((scope) => !tenant.scopes.has(scope)))
    throw refusal(
      401,
      "unauthorized_client",
      "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.",
    );
  const known = [tenant.admin, ...[...company.okta.users.values()].map(({ login }) => login)];
  if (!known.includes(subject.toLowerCase())) throw refusal(400, "invalid_grant", "Invalid email or User ID");
}

function refusal(status: number, error: string, message: string): VendorError {
  return new VendorError(status, message, { code: error });
}

const renderError: Dialect["renderError"] = (error: VendorError, context: Context) => {
  for (const [name, value] of Object.entries(error.headers)) context.header(name, value);
  const code = error.code ?? (error.status >= 500 ? "internal_failure" : "invalid_request");
  return context.json({ error: code, error_description: error.message }, error.status as 400);
};
