/** `login.microsoftonline.com`: client credentials by secret or by the token of a CI system, as documented in 2026-11. */

import type { Context, Hono } from "hono";
import { createFrame, type Dialect, type Env, type Setting } from "../http/frame.ts";
import { readJwt } from "../http/jwt.ts";
import { textAt } from "../http/query.ts";
import { VendorError } from "../http/vendorError.ts";
import { guid } from "../ids.ts";
import { type EntraTenant, TOKENS } from "./tenant.ts";

const SCOPE = "https://graph.microsoft.com/.default";
const JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const SECONDS = 3599;

/** One endpoint. A token holds whatever the application was granted: a scope narrows nothing. */
export function createLogin(setting: Setting, tenant: EntraTenant): Hono<Env> {
  const app = createFrame<Env>(setting, {
    system: "entra",
    renderError: renderErrorAt(setting),
  });
  app.post("/:tenant/oauth2/v2.0/token", async (context) => {
    const asked = context.req.param("tenant");
    if (asked !== tenant.id && asked !== tenant.domain)
      throw refusal(400, "invalid_request", 90002, `Tenant '${asked}' not found.`);
    const form = new URLSearchParams(await context.req.text());
    if (form.get("grant_type") !== "client_credentials")
      throw refusal(400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type.");
    if (form.get("client_id") !== tenant.clientId)
      throw refusal(400, "unauthorized_client", 700016, "Application was not found in the directory 'Acme'.");
    if (form.get("scope") !== SCOPE)
      throw refusal(
        400,
        "invalid_scope",
        1002012,
        "The provided value for scope is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier.",
      );
    refuseCredential(form, tenant, setting.now().getTime());
    const expiresAt = setting.now().getTime() + SECONDS * 1000;
    return context.json({
      token_type: "Bearer",
      expires_in: SECONDS,
      ext_expires_in: SECONDS,
      access_token: TOKENS.issue({ tenant: tenant.id, end: expiresAt }),
    });
  });
  return app;
}

/** Throws unless the form holds the secret or a token that the federated credential accepts. */
function refuseCredential(form: URLSearchParams, tenant: EntraTenant, now: number): void {
  const assertion = form.get("client_assertion");
  if (assertion === null) {
    if (form.get("client_secret") === tenant.clientSecret) return;
    if (form.has("client_secret")) throw refusal(401, "invalid_client", 7000215, "Invalid client secret provided.");
    throw refusal(
      401,
      "invalid_client",
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    );
  }
  if (form.get("client_assertion_type") !== JWT_BEARER)
    throw refusal(
      400,
      "invalid_request",
      900144,
      "The request body must contain the following parameter: 'client_assertion_type'.",
    );
  const claims = readJwt(assertion)?.claims;
  // Who signed is not looked at: the keys of CI systems are out in the world, and this server never asks it.
  if (!claims || Number(claims.exp) * 1000 <= now)
    throw refusal(401, "invalid_client", 700024, "Client assertion is not within its valid time range.");
  if (textAt(claims, "aud") !== "api://AzureADTokenExchange" || textAt(claims, "sub") !== tenant.federatedSubject)
    throw refusal(401, "invalid_client", 70021, "No matching federated identity record found for presented assertion.");
}

function refusal(status: number, error: string, number: number, message: string): VendorError {
  return new VendorError(status, `AADSTS${number}: ${message}`, { code: error });
}

function renderErrorAt({ now }: Setting): Dialect["renderError"] {
  return (error: VendorError, context: Context) => {
    for (const [name, value] of Object.entries(error.headers)) context.header(name, value);
    const time = now().toISOString().slice(0, 19).replace("T", " ");
    const [trace, correlation] = [guid("trace", time), guid("correlation", time)];
    const number = Number(/^AADSTS(\d+)/.exec(error.message)?.[1] ?? 90033);
    const body = {
      error: error.code ?? (error.status >= 500 ? "temporarily_unavailable" : "invalid_request"),
      error_description: `${error.message} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${time}Z`,
      error_codes: [number],
      timestamp: `${time}Z`,
      trace_id: trace,
      correlation_id: correlation,
    };
    return context.json(body, error.status as 400);
  };
}
