/** `admin.googleapis.com`: groups, their members and users of the Directory API, to be read. 2026-11 */

import type { Context, Hono, MiddlewareHandler } from "hono";
import { createFrame, type Env, type Setting } from "../http/frame.ts";
import { createRateLimiter } from "../http/rateLimit.ts";
import { VendorError } from "../http/vendorError.ts";
import { forbidden, renderError } from "./errors.ts";
import { addGroups } from "./groups.ts";
import { type GoogleTenant, type Grant, TOKENS } from "./tenant.ts";
import { addUsers } from "./users.ts";

export type GoogleEnv = Env & { Variables: { grant: Grant } };
export type GoogleApp = Hono<GoogleEnv>;
export type GoogleContext = Context<GoogleEnv>;

/** Everything below `/admin/directory/v1`, for tokens that `createTokenServer` gave out. */
export function createGoogleDirectory(setting: Setting, tenant: GoogleTenant): GoogleApp {
  const app = createFrame<GoogleEnv>(setting, { system: "google", renderError });
  app.use("/admin/directory/v1/*", authenticated(setting, tenant));
  app.use("/admin/directory/v1/*", limited(setting));
  addGroups(app, setting, tenant);
  addUsers(app, setting, tenant);
  return app;
}

function authenticated({ company, now }: Setting, tenant: GoogleTenant): MiddlewareHandler<GoogleEnv> {
  return async (context, next) => {
    const [, token = ""] = /^Bearer (.+)$/.exec(context.req.header("authorization") ?? "") ?? [];
    const grant = TOKENS.read(token);
    if (!grant || grant.end <= now().getTime()) throw new VendorError(401, "Invalid Credentials");
    if (context.req.method !== "GET") throw new VendorError(403, "The sandbox only reads.");
    // 2026-11: a service account that acts for nobody has no administrator's rights in the Workspace.
    if (grant.subject === undefined || !isAdmin(grant.subject)) throw forbidden();
    context.set("grant", grant);
    await next();
  };

  function isAdmin(subject: string): boolean {
    const admins = [...company.okta.groups.values()].find(({ name }) => name === "Okta Administrators")?.members ?? [];
    return subject === tenant.admin || admins.some((id) => company.okta.users.get(id)?.login === subject);
  }
}

/** 2026-11: 2,400 requests a minute for one person, answered as 403 with a reason. */
function limited({ now, limited: isOn }: Setting): MiddlewareHandler<GoogleEnv> {
  const limiter = createRateLimiter(isOn);
  return async (context, next) => {
    const { allowed } = limiter.count(context.get("grant").subject ?? "", 2400, 60, now().getTime());
    if (!allowed)
      throw new VendorError(403, "Quota exceeded for quota metric 'Queries' and limit 'Queries per minute per user'.", {
        code: "userRateLimitExceeded",
      });
    await next();
  };
}
