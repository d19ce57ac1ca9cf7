/** Datadog's API around access: users, roles, teams, mappings, keys, switches, audit trail, and SCIM. */

import type { Context, MiddlewareHandler } from "hono";
import { createFrame, type Dialect, type Setting } from "../http/frame.ts";
import { createRateLimiter } from "../http/rateLimit.ts";
import { VendorError } from "../http/vendorError.ts";
import { addScim } from "../scim/app.ts";
import { addAudit } from "./audit.ts";
import { type DatadogApp, type DatadogEnv, withBearer, withKeyPair } from "./caller.ts";
import { addKeys } from "./keys.ts";
import { logIn } from "./login.ts";
import { addMappings } from "./mappings.ts";
import { addMemberships } from "./memberships.ts";
import { addOrganization } from "./organization.ts";
import { addRoleContents } from "./roleContents.ts";
import { addRoles } from "./roles.ts";
import { addSaml } from "./saml.ts";
import { addTeams } from "./teams.ts";
import { addUsers } from "./users.ts";
import { addValidation } from "./validation.ts";

/**
 * The whole server. The order is the vendor's: limits count before keys are looked at, and SCIM takes another kind of
 * credential than the rest.
 */
export function createDatadogServer(setting: Setting): DatadogApp {
  const app = createFrame<DatadogEnv>(setting, { system: "datadog", renderError });
  addLogins(app, setting);
  app.use("/api/*", limited(setting));
  addValidation(app, setting);
  app.use("/api/v2/scim/*", withBearer(setting));
  addScim(app, setting);
  app.use("/api/*", withKeyPair(setting));
  for (const add of [
    addOrganization,
    addUsers,
    addRoles,
    addRoleContents,
    addTeams,
    addMemberships,
    addMappings,
    addSaml,
    addKeys,
    addAudit,
  ])
    add(app, setting);
  return app;
}

/** For drills: everybody logs in once, so that mappings take their effect. */
function addLogins(app: DatadogApp, { company, now }: Setting): void {
  app.post("/__sandbox/logins", (context) => {
    const people = [...company.datadog.users.values()].filter(({ serviceAccount }) => !serviceAccount);
    const locked = people.filter((user) => !logIn(company, user, now().toISOString()));
    return context.json({ loggedIn: people.length - locked.length, locked: locked.map(({ handle }) => handle) });
  });
}

/** 2026-09: `errors` is a list of texts nearly everywhere; conflicts of team membership use objects. */
const renderError: Dialect["renderError"] = (error: VendorError, context: Context) => {
  for (const [name, value] of Object.entries(error.headers)) context.header(name, value);
  const status = error.status as 400;
  if (error.code === undefined) return context.json({ errors: [error.message] }, status);
  return context.json({ errors: [{ status: String(status), title: error.code, detail: error.message }] }, status);
};

/** Real limits are not published for these endpoints; this one is wide enough for ordinary work. */
const LIMIT = { requests: 1200, seconds: 60 };

function limited({ now, limited: isOn }: Setting): MiddlewareHandler {
  const limiter = createRateLimiter(isOn);
  return async (context, next) => {
    const name = nameOf(context.req.method, context.req.path);
    const window = limiter.count(name, LIMIT.requests, LIMIT.seconds, now().getTime());
    const seconds = Math.max(0, Math.ceil((window.resetsAt - now().getTime()) / 1000));
    const headers = {
      "x-ratelimit-limit": String(window.limit),
      "x-ratelimit-period": String(LIMIT.seconds),
      "x-ratelimit-remaining": String(window.remaining),
      // A span, where Okta's header is a moment.
      "x-ratelimit-reset": String(seconds),
      "x-ratelimit-name": name,
    };
    if (!window.allowed) {
      const message = `Rate limit of ${LIMIT.requests} requests in ${LIMIT.seconds} seconds reached. Please try again later.`;
      return renderError(new VendorError(429, message, { headers }), context);
    }
    await next();
    for (const [header, value] of Object.entries(headers)) context.header(header, value);
  };
}

/** E.g. `get_users`: limits count per kind of object, not per object. */
function nameOf(method: string, path: string): string {
  const parts = path.split("/").filter((part) => part !== "" && !/^(api|v\d)$/.test(part) && !/[0-9]/.test(part));
  return [method.toLowerCase(), ...parts].join("_");
}
