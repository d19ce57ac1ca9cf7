/** Okta's management API as far as it can be read: groups, members, users, rules, and tokens for it. Version 2026.06.3 of its specification. */

import { randomBytes } from "node:crypto";
import type { Context, Hono, MiddlewareHandler } from "hono";
import { createFrame, type Dialect, type Env, type Setting } from "../http/frame.ts";
import { createRateLimiter } from "../http/rateLimit.ts";
import { VendorError } from "../http/vendorError.ts";
import { addCredentials } from "./credentials.ts";
import { addGroups } from "./groups.ts";
import { bucketOf, WINDOW_SECONDS } from "./limits.ts";
import { type OktaServiceApp, scopeFor, TOKENS } from "./serviceApp.ts";
import { addToken, isTokenPath, renderRefusal } from "./token.ts";
import { addUsers } from "./users.ts";

export type OktaApp = Hono<Env>;

/** The whole server, for SSWS tokens and for those that `addToken` gave out. */
export function createOkta(setting: Setting, serviceApp: OktaServiceApp): OktaApp {
  const app: OktaApp = createFrame(setting, { system: "okta", renderError });
  app.use("/api/*", limited(setting));
  app.use("/api/*", authenticated(setting));
  addGroups(app, setting);
  addUsers(app, setting);
  addCredentials(app, setting, serviceApp);
  addToken(app, setting, serviceApp);
  return app;
}

/** 2026-11: Okta's own words for what went wrong; the code stands in `errorLink` too. */
const renderError: Dialect["renderError"] = (error: VendorError, context: Context) => {
  if (isTokenPath(context.req.path)) return renderRefusal(error, context);
  const code = error.code ?? CODES[error.status] ?? "E0000009";
  const body = {
    errorCode: code,
    errorSummary: SUMMARIES[code] ?? error.message,
    errorLink: code,
    errorId: `oae${randomBytes(16).toString("base64url")}`,
    errorCauses: [],
  };
  for (const [name, value] of Object.entries(error.headers)) context.header(name, value);
  return context.json(body, error.status as 400);
};

const CODES: Readonly<Record<number, string>> = {
  400: "E0000001",
  401: "E0000011",
  403: "E0000006",
  404: "E0000007",
  405: "E0000022",
  429: "E0000047",
};

const SUMMARIES: Readonly<Record<string, string>> = {
  E0000006: "You do not have permission to perform the requested action",
  E0000011: "Invalid token provided",
  E0000022: "The endpoint does not support the provided HTTP method",
  E0000047: "API call exceeded rate limit due to too many requests.",
};

function limited({ now, limited: isOn }: Setting): MiddlewareHandler {
  const limiter = createRateLimiter(isOn);
  return async (context, next) => {
    const { name, limit } = bucketOf(context.req.path);
    const window = limiter.count(name, limit, WINDOW_SECONDS, now().getTime());
    if (!window.allowed) {
      setLimitHeaders(context, window);
      return renderError(new VendorError(429, ""), context);
    }
    await next();
    setLimitHeaders(context, window);
  };
}

/** `X-Rate-Limit-Reset` is a moment in seconds since the epoch, not a span. */
function setLimitHeaders(context: Context, window: { limit: number; remaining: number; resetsAt: number }): void {
  context.header("x-rate-limit-limit", String(window.limit));
  context.header("x-rate-limit-remaining", String(window.remaining));
  context.header("x-rate-limit-reset", String(Math.ceil(window.resetsAt / 1000)));
}

/** An API token may do what its owner may; an access token is cut down to its scopes. */
function authenticated({ company, now }: Setting): MiddlewareHandler {
  return async (context, next) => {
    const [, scheme, token = ""] = /^(SSWS|Bearer) (.+)$/.exec(context.req.header("authorization") ?? "") ?? [];
    if (scheme === "Bearer") refuseBearer(token, context.req.path, now().getTime());
    else if (token === "" || token !== company.okta.token) throw new VendorError(401, "");
    if (context.req.method !== "GET") throw new VendorError(405, "");
    await next();
  };
}

function refuseBearer(token: string, path: string, now: number): void {
  const grant = TOKENS.read(token);
  if (!grant || grant.end <= now) throw challenge(401, "invalid_token", "The access token is invalid or has expired.");
  if (!grant.scopes.includes(scopeFor(path)))
    throw challenge(403, "insufficient_scope", "The access token provided does not contain the required scopes.");
}

/** RFC 6750, 3. */
function challenge(status: number, error: string, description: string): VendorError {
  const value = `Bearer error="${error}", error_description="${description}"`;
  return new VendorError(status, description, { headers: { "www-authenticate": value } });
}
