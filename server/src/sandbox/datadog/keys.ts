/** Lists of API keys, application keys and access tokens. No answer ever holds a secret. */

import type { AccessToken, ApiKey, ApplicationKey, DatadogUser } from "../company.ts";
import type { Setting } from "../http/frame.ts";
import { VendorError } from "../http/vendorError.ts";
import { type DatadogApp, type DatadogContext, needs, needsAny } from "./caller.ts";
import { pageOf } from "./paging.ts";
import { instant } from "./wire.ts";

/** Each list takes a right of its own; one's own keys take less than everybody's. */
export function addKeys(app: DatadogApp, { company }: Setting): void {
  const keysOf = (owner: string) => company.datadog.applicationKeys.filter((key) => key.createdBy === owner);

  app.get("/api/v2/api_keys", needs("api_keys_read"), (context) => {
    const { rows } = pageOf(context, company.datadog.apiKeys);
    const meta = { page: { total_filtered_count: company.datadog.apiKeys.length }, max_allowed: 200 };
    return context.json({ data: rows.map(toApiKey), meta });
  });

  app.get("/api/v2/application_keys", needs("org_app_keys_read"), (context) =>
    listApplicationKeys(context, company.datadog.applicationKeys, true),
  );

  app.get("/api/v2/application_keys/:id", needs("org_app_keys_read"), (context) => {
    const key = company.datadog.applicationKeys.find(({ id }) => id === context.req.param("id"));
    if (!key) throw new VendorError(404, "Application key not found");
    return context.json({ data: toApplicationKey(key, true) });
  });

  app.get("/api/v2/current_user/application_keys", needs("user_app_keys"), (context) =>
    listApplicationKeys(context, keysOf(context.get("caller").user.id), false),
  );

  app.get("/api/v2/service_accounts/:id/application_keys", needs("service_account_write"), (context) =>
    listApplicationKeys(context, keysOf(context.req.param("id")), false),
  );

  // The page names two permissions and no difference; here who may not see the organization's keys sees only own tokens.
  // https://docs.datadoghq.com/api/latest/key-management/ (2026-11)
  app.get("/api/v2/personal_access_tokens", needsAny("org_app_keys_read", "user_app_keys"), (context) => {
    const { rights, user } = context.get("caller");
    const { tokens, users } = company.datadog;
    const seen = rights.has("org_app_keys_read") ? tokens : tokens.filter(({ ownedBy }) => ownedBy === user.id);
    const data = pageOf(context, seen).rows.map((token) => toToken(token, users.get(token.ownedBy)));
    return context.json({ data, meta: { page: { total_filtered_count: seen.length } } });
  });
}

function listApplicationKeys(context: DatadogContext, keys: readonly ApplicationKey[], withOwner: boolean): Response {
  const { rows } = pageOf(context, keys);
  const meta = { page: { total_filtered_count: keys.length }, max_allowed_per_user: 1000 };
  return context.json({ data: rows.map((key) => toApplicationKey(key, withOwner)), meta });
}

function toApiKey(key: ApiKey) {
  const owner = { data: { type: "users", id: key.createdBy } };
  return {
    type: "api_keys",
    id: key.id,
    attributes: {
      name: key.name,
      created_at: instant(key.createdAt),
      modified_at: instant(key.createdAt),
      last4: key.key.slice(-4),
      category: "default",
      remote_config_read_enabled: true,
      date_last_used: null,
      used_in_last_24_hours: false,
      last_used_date: { timestamp: null, description: "When this key was last used within 90 days, or null" },
    },
    relationships: { created_by: owner, modified_by: owner, leak_information: { data: null } },
  };
}

function toApplicationKey(key: ApplicationKey, withOwner: boolean) {
  return {
    type: "application_keys",
    id: key.id,
    attributes: {
      name: key.name,
      created_at: instant(key.createdAt),
      last4: key.key.slice(-4),
      scopes: key.scopes,
      last_used_at: null,
    },
    relationships: {
      ...(withOwner && { owned_by: { data: { type: "users", id: key.createdBy } } }),
      leak_information: { data: null },
    },
  };
}

/** 2026-05: recordings show another type for the tokens of service accounts, and an owner of another type. */
function toToken(token: AccessToken, owner: DatadogUser | undefined) {
  const isService = owner?.serviceAccount === true;
  return {
    type: isService ? "service_access_tokens" : "personal_access_tokens",
    id: token.id,
    attributes: {
      name: token.name,
      public_portion: token.publicPortion,
      scopes: token.scopes,
      created_at: token.createdAt,
      last_used_at: token.lastUsedAt,
      expires_at: token.expiresAt,
    },
    relationships: { owned_by: { data: { type: isService ? "service_account" : "users", id: token.ownedBy } } },
  };
}
