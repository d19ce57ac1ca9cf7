/** Answers by route for connector tests, and the configurations they read. */

import type { HttpRequest, HttpResponse } from "../../server/src/core/model/http.ts";
import type { Knowledge } from "../../server/src/core/model/knowledge.ts";
import type { DirectoryConfig, OrganizationConfig } from "../../server/src/core/model/project.ts";
import { type Bench, bench, json, NEVER, type Reply } from "../http/support.ts";

export const SPAN = { start: 0, end: 0 };
export const CONTEXT = { signal: NEVER };

export function oktaConfig(groups?: string): DirectoryConfig {
  return { name: "okta", span: SPAN, type: "okta", domain: "acme.okta.com", claim: "name", ...(groups && { groups }) };
}

export function datadogConfig(more: Partial<OrganizationConfig> = {}): OrganizationConfig {
  const push = { roles: "scim", teams: "scim", users: "off" } as const;
  const linked = { teams: [], connections: [] };
  return { name: "prod", span: SPAN, site: { value: "datadoghq.eu", span: SPAN }, push, linked, ...more };
}

export type Route = Reply | ((request: HttpRequest, query: URLSearchParams) => Reply);

/** A client over routes such as `GET /api/v2/roles`; `*` stands for one path part. An unknown route answers 404. */
export function routes(table: Record<string, Route>): Bench {
  const patterns = Object.entries(table).map(([key, route]) => {
    const pattern = key.replace(/[.?+^$()[\]{}|\\]/g, "\\$&").replaceAll("*", "[^/]+");
    return { pattern: new RegExp(`^${pattern}$`), route };
  });
  return bench((request) => {
    const url = new URL(request.url);
    const found = patterns.find(({ pattern }) => pattern.test(`${request.method} ${url.pathname}`));
    if (!found) return notFound();
    return typeof found.route === "function" ? found.route(request, url.searchParams) : found.route;
  });
}

export function notFound(): HttpResponse {
  return json({ errors: ["Not found"] }, 404);
}

/** Texts of a collection's keys, for short expectations. */
export function keysOf(knowledge: Knowledge<unknown> | undefined): readonly string[] {
  return knowledge?.state === "known" ? [...knowledge.items.keys()] : [];
}

export function itemOf<T>(knowledge: Knowledge<T> | undefined, key: string): T | undefined {
  return knowledge?.state === "known" ? knowledge.items.get(key) : undefined;
}
