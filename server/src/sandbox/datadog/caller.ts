/** Who calls Datadog and what the key in use lets them do. */

import type { Context, Hono, MiddlewareHandler } from "hono";
import type { ApiKey, ApplicationKey, DatadogOrganization, DatadogUser } from "../company.ts";
import type { Env, Setting } from "../http/frame.ts";
import { VendorError } from "../http/vendorError.ts";

export interface Caller {
  readonly user: DatadogUser;
  readonly key: ApplicationKey;
  /** Undefined on SCIM, which takes the application key alone. */
  readonly apiKey: ApiKey | undefined;
  /** What the owner's roles give, cut down to the key's scopes. */
  readonly rights: ReadonlySet<string>;
}

export type DatadogEnv = Env & { Variables: { caller: Caller } };
export type DatadogApp = Hono<DatadogEnv>;
export type DatadogContext = Context<DatadogEnv>;

/** Effective permissions: the union over all roles. */
export function permissionsOf(user: DatadogUser, organization: DatadogOrganization): ReadonlySet<string> {
  return new Set(user.roleIds.flatMap((id) => organization.roles.get(id)?.permissions ?? []));
}

/** The pair of headers that every call but SCIM takes. 2026-09: bad API keys give 401, bad application keys 403. */
export function withKeyPair(setting: Setting): MiddlewareHandler<DatadogEnv> {
  return async (context, next) => {
    const apiKey = findApiKey(setting.company.datadog, context);
    const secret = context.req.header("dd-application-key");
    context.set("caller", callerOf(setting.company.datadog, secret, apiKey, 403));
    await next();
  };
}

/** SCIM takes `Authorization: Bearer <application key>` and nothing else. 2026-08 */
export function withBearer(setting: Setting): MiddlewareHandler<DatadogEnv> {
  return async (context, next) => {
    const [, secret] = /^Bearer (.+)$/.exec(context.req.header("authorization") ?? "") ?? [];
    context.set("caller", callerOf(setting.company.datadog, secret, undefined, 401));
    await next();
  };
}

/** Throws 401 for a key that nobody has. */
export function findApiKey(organization: DatadogOrganization, context: Context): ApiKey {
  const apiKey = organization.apiKeys.find(({ key }) => key === context.req.header("dd-api-key"));
  if (!apiKey) throw new VendorError(401, "Unauthorized");
  return apiKey;
}

/** Lets a request through that holds all of the permissions, or with `any`, one of them. */
export function needs(...permissions: readonly string[]): MiddlewareHandler<DatadogEnv> {
  return checked((rights) => permissions.every((permission) => rights.has(permission)));
}

/** Like `needs`, where one of the permissions is enough. */
export function needsAny(...permissions: readonly string[]): MiddlewareHandler<DatadogEnv> {
  return checked((rights) => permissions.some((permission) => rights.has(permission)));
}

function checked(isAllowed: (rights: ReadonlySet<string>) => boolean): MiddlewareHandler<DatadogEnv> {
  return async (context, next) => {
    if (!isAllowed(context.get("caller").rights)) throw forbidden();
    await next();
  };
}

/** What a key without the right is told; the answer does not say which right. */
export function forbidden(): VendorError {
  return new VendorError(403, "Forbidden");
}

function callerOf(
  organization: DatadogOrganization,
  secret: string | undefined,
  apiKey: ApiKey | undefined,
  status: number,
): Caller {
  const key = organization.applicationKeys.find((candidate) => candidate.key === secret);
  const user = key && organization.users.get(key.createdBy);
  if (!key || !user || user.disabled) throw status === 401 ? new VendorError(401, "Unauthorized") : forbidden();
  const held = permissionsOf(user, organization);
  const rights = key.scopes === null ? held : new Set(key.scopes.filter((scope) => held.has(scope)));
  return { user, key, apiKey, rights };
}
