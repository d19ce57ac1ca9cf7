/** `/api/v1/api-tokens`, and applications with their keys and grants. What is secret is nowhere in the answers. 2026-11 */

import { daysAgo } from "../ago.ts";
import type { OktaUser } from "../company.ts";
import type { Setting } from "../http/frame.ts";
import { VendorError } from "../http/vendorError.ts";
import type { OktaApp } from "./app.ts";
import { pageOf } from "./paging.ts";
import type { OktaClient, OktaServiceApp } from "./serviceApp.ts";

const WINDOW_DAYS = 30;

/** Each list takes a scope of its own. */
export function addCredentials(app: OktaApp, { company, now }: Setting, serviceApp: OktaServiceApp): void {
  app.get("/api/v1/api-tokens", (context) => {
    const users = [...company.okta.users.values()];
    const rows = serviceApp.apiTokens.map(({ name, owner, createdDaysAgo, usedDaysAgo }) => ({
      id: `00T${Buffer.from(name).toString("hex").padEnd(17, "0").slice(0, 17)}`,
      name,
      userId: ownerOf(users, owner)?.id ?? null,
      clientName: "Okta API",
      tokenWindow: `P${WINDOW_DAYS}D`,
      network: { connection: "ANYWHERE" },
      created: daysAgo(now(), createdDaysAgo),
      lastUpdated: daysAgo(now(), usedDaysAgo),
      // Each use moves the end.
      expiresAt: daysAgo(now(), usedDaysAgo - WINDOW_DAYS),
      _links: {},
    }));
    return context.json(rows);
  });

  app.get("/api/v1/apps", (context) => {
    const [, name] = /^name eq "([^"]*)"$/.exec(context.req.query("filter") ?? "") ?? [];
    const rows = serviceApp.clients.filter(() => name === undefined || name === "oidc_client").map(toApp);
    return context.json(pageOf(context, rows, { fallback: 20, most: 200 }));
  });

  app.get("/api/v1/apps/:id/credentials/jwks", (context) =>
    context.json(
      clientOf(context.req.param("id")).keys.map(({ id, createdDaysAgo, isActive }) => ({
        id: `pks${id}`,
        kid: id,
        kty: "RSA",
        alg: "RS256",
        use: "sig",
        status: isActive ? "ACTIVE" : "INACTIVE",
        created: daysAgo(now(), createdDaysAgo),
        lastUpdated: daysAgo(now(), createdDaysAgo),
        e: "AQAB",
        n: "sandbox",
      })),
    ),
  );

  app.get("/api/v1/apps/:id/grants", (context) =>
    context.json(
      clientOf(context.req.param("id"))
        .scopes()
        .map((scopeId) => ({
          id: `oag${scopeId}`,
          status: "ACTIVE",
          issuer: `https://${company.okta.domain}`,
          clientId: context.req.param("id"),
          scopeId,
          source: "ADMIN",
        })),
    ),
  );

  function clientOf(id: string): OktaClient {
    const client = serviceApp.clients.find((some) => some.id === id);
    if (!client) throw new VendorError(404, `Not found: Resource not found: ${id} (AppInstance)`);
    return client;
  }
}

/** Who made the token: an administrator of that name, else the first one there is. */
function ownerOf(users: readonly OktaUser[], owner: string): OktaUser | undefined {
  return users.find(({ login }) => login === owner) ?? users[0];
}

function toApp({ id, label, type }: OktaClient) {
  return {
    id,
    name: "oidc_client",
    label,
    status: "ACTIVE",
    signOnMode: "OPENID_CONNECT",
    settings: { oauthClient: { application_type: type, grant_types: ["client_credentials"] } },
  };
}
