/** `graph.microsoft.com`, version 1.0, as far as groups and people can be read. 2026-11 */

import type { Context, Hono, MiddlewareHandler } from "hono";
import { createFrame, type Dialect, type Env, type Setting } from "../http/frame.ts";
import { createRateLimiter } from "../http/rateLimit.ts";
import { VendorError } from "../http/vendorError.ts";
import { guid } from "../ids.ts";
import { addApplications } from "./applications.ts";
import { addGroups } from "./groups.ts";
import { type EntraTenant, TOKENS } from "./tenant.ts";
import { addUsers } from "./users.ts";

export type GraphApp = Hono<Env>;

/** Everything below `/v1.0`, for tokens that `createLogin` gave out. */
export function createGraph(setting: Setting, tenant: EntraTenant): GraphApp {
  const app: GraphApp = createFrame(setting, { system: "entra", renderError: renderErrorAt(setting) });
  app.use("/v1.0/*", authenticated(setting, tenant));
  app.use("/v1.0/*", limited(setting));
  addGroups(app, setting, tenant);
  addUsers(app, setting, tenant);
  addApplications(app, setting, tenant);
  return app;
}

function authenticated({ now }: Setting, tenant: EntraTenant): MiddlewareHandler {
  return async (context, next) => {
    const [, token = ""] = /^Bearer (.+)$/.exec(context.req.header("authorization") ?? "") ?? [];
    if (token === "") throw new VendorError(401, "Access token is empty.");
    const grant = TOKENS.read(token);
    if (grant?.tenant !== tenant.id) throw new VendorError(401, "Access token validation failure.");
    if (grant.end <= now().getTime()) throw new VendorError(401, "Lifetime validation failed, the token is expired.");
    if (context.req.method !== "GET")
      throw new VendorError(405, "The sandbox only reads.", { code: "Request_BadRequest" });
    await next();
  };
}

/** 2026-11: a tenant with more than 500 people has 8,000 resource units in ten seconds. */
const UNITS = { most: 8000, seconds: 10 };

function limited({ now, limited: isOn }: Setting): MiddlewareHandler {
  const limiter = createRateLimiter(isOn);
  return async (context, next) => {
    const cost = costOf(context);
    const window = limiter.count("tenant", UNITS.most, UNITS.seconds, now().getTime(), cost);
    if (!window.allowed) {
      const seconds = String(Math.max(1, Math.ceil((window.resetsAt - now().getTime()) / 1000)));
      throw new VendorError(429, "Too many requests", { headers: { "retry-after": seconds } });
    }
    await next();
    context.header("x-ms-resource-unit", String(cost));
  };
}

/** 2026-11: what a request costs depends on its path, and `$select` makes it one cheaper. */
function costOf(context: Context): number {
  const path = context.req.path;
  const base = path.includes("/transitiveMembers")
    ? 5
    : path.includes("/members")
      ? 3
      : path.includes("/users")
        ? 2
        : 1;
  return Math.max(1, base - (context.req.query("$select") === undefined ? 0 : 1));
}

const CODES: Readonly<Record<number, string>> = {
  400: "Request_BadRequest",
  401: "InvalidAuthenticationToken",
  403: "Authorization_RequestDenied",
  404: "Request_ResourceNotFound",
  410: "resyncRequired",
  429: "TooManyRequests",
  500: "InternalServerError",
  502: "BadGateway",
  503: "ServiceUnavailable",
  504: "GatewayTimeout",
};

function renderErrorAt({ now }: Setting): Dialect["renderError"] {
  return (error: VendorError, context: Context) => {
    for (const [name, value] of Object.entries(error.headers)) context.header(name, value);
    const date = now().toISOString().slice(0, 19);
    const request = guid("request", `${date} ${context.req.url}`);
    const code = error.code ?? CODES[error.status] ?? "UnknownError";
    const innerError = { date, "request-id": request, "client-request-id": request };
    return context.json({ error: { code, message: error.message, innerError } }, error.status as 400);
  };
}
