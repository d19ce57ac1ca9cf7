/**
 * The Okta requests we send and the fields of their answers we use. https://developer.okta.com/docs/api/ (2026-11)
 *
 * Permissions: `okta.groups.read` and `okta.users.read`. For a service app they are scopes that an administrator grants,
 * and the app needs an administrator role besides that may see the groups and users; a custom role can be limited to
 * some groups. An API token has whatever rights its owner has, so it should belong to a read-only administrator.
 * Optional, each for one list of credentials: `okta.apiTokens.read`, `okta.apps.read`, `okta.appGrants.read`.
 */

import type { ExtraScope, HttpRequest } from "../../core/model/http.ts";
import { BARE_PAGE_SIZE, IDS_PER_REQUEST, NAME_PARAMETER, PAGE_SIZE } from "./quirks.ts";

export interface WireGroup {
  readonly id?: string;
  readonly type?: string;
  readonly lastUpdated?: string;
  readonly lastMembershipUpdated?: string;
  readonly profile?: { readonly name?: string; readonly description?: string | null };
  readonly _embedded?: { readonly stats?: { readonly usersCount?: number } };
}

export interface WireUser {
  readonly id?: string;
  readonly status?: string;
  readonly profile?: {
    readonly login?: string;
    readonly email?: string;
    readonly firstName?: string | null;
    readonly lastName?: string | null;
    readonly displayName?: string | null;
  };
}

/** A rule that puts people into groups by their attributes. */
export interface WireRule {
  readonly id?: string;
  readonly status?: string;
  readonly conditions?: { readonly expression?: { readonly value?: string } };
  readonly actions?: { readonly assignUserToGroups?: { readonly groupIds?: readonly string[] } };
}

/** An API token without its secret. Each use moves `expiresAt` to `tokenWindow` later. */
export interface WireApiToken {
  readonly id?: string;
  readonly name?: string;
  readonly userId?: string;
  /** A span, e.g. `P30D`. */
  readonly tokenWindow?: string;
  readonly created?: string;
  readonly expiresAt?: string;
}

export interface WireApp {
  readonly id?: string;
  readonly label?: string;
  readonly settings?: { readonly oauthClient?: { readonly application_type?: string } };
}

/** The public half of a key with which an application proves itself. */
export interface WireAppKey {
  readonly id?: string;
  readonly kid?: string;
  readonly status?: string;
  readonly created?: string;
}

export interface WireGrant {
  readonly scopeId?: string;
}

/** Where requests go and whose credential they carry. */
export interface OktaAddress {
  /** Name of the directory in accessmap.yaml. */
  readonly connection: string;
  /** `https://<domain>`. */
  readonly origin: string;
}

/** Groups whose name matches the server-side part of a glob, with their member counts. */
export function listGroups(address: OktaAddress, search: string | undefined): HttpRequest {
  return request(address, "/api/v1/groups", {
    ...(search && { [NAME_PARAMETER]: search }),
    limit: `${PAGE_SIZE}`,
    expand: "stats",
  });
}

/** Groups whose names begin with a text: what `q` is meant for. It knows no pages, and `search` would come seconds late. */
export function suggestGroups(address: OktaAddress, beginning: string, most: number): HttpRequest {
  return request(address, "/api/v1/groups", { q: beginning, limit: `${most}`, expand: "stats" });
}

/** The same groups without their counts, many to a page. */
export function listBareGroups(address: OktaAddress, search: string | undefined): HttpRequest {
  return request(address, "/api/v1/groups", {
    ...(search && { [NAME_PARAMETER]: search }),
    limit: `${BARE_PAGE_SIZE}`,
  });
}

/** Groups with exactly this name as far as Okta compares; names are not unique across sources, and case is ignored. */
export function findGroupsByName(address: OktaAddress, name: string): HttpRequest {
  return listGroups(address, `profile.name eq ${JSON.stringify(name)}`);
}

/** Requests for groups by id, several ids each. */
export function findGroupsById(address: OktaAddress, ids: readonly string[]): readonly IdRequest[] {
  const requests: IdRequest[] = [];
  for (let start = 0; start < ids.length; start += IDS_PER_REQUEST) {
    const some = ids.slice(start, start + IDS_PER_REQUEST);
    const filter = some.map((id) => `id eq ${JSON.stringify(id)}`).join(" or ");
    requests.push({
      ids: some,
      request: request(address, "/api/v1/groups", { filter, limit: `${PAGE_SIZE}`, expand: "stats" }),
    });
  }
  return requests;
}

export interface IdRequest {
  readonly ids: readonly string[];
  readonly request: HttpRequest;
}

/** Groups of every type whose profile or membership changed after `instant`. Groups that are gone are not told. */
export function listChangedGroups(address: OktaAddress, instant: string): HttpRequest {
  const after = JSON.stringify(instant);
  const filter = `lastUpdated gt ${after} or lastMembershipUpdated gt ${after}`;
  return request(address, "/api/v1/groups", { filter, limit: `${PAGE_SIZE}`, expand: "stats" });
}

/** People whose status or profile changed after `instant`, deactivated ones included. */
export function listChangedUsers(address: OktaAddress, instant: string): HttpRequest {
  return request(address, "/api/v1/users", {
    filter: `lastUpdated gt ${JSON.stringify(instant)}`,
    limit: `${PAGE_SIZE}`,
  });
}

/** Everybody but those who were deactivated, whom Okta leaves out where no expression asks for them. */
export function listUsers(address: OktaAddress): HttpRequest {
  return request(address, "/api/v1/users", { limit: `${PAGE_SIZE}` });
}

/** Those who were deactivated and not deleted yet. */
export function listDeactivated(address: OktaAddress): HttpRequest {
  return request(address, "/api/v1/users", { filter: `status eq "DEPROVISIONED"`, limit: `${PAGE_SIZE}` });
}

/** Group rules: the expressions that put people into groups by themselves. */
export function listRules(address: OktaAddress): HttpRequest {
  return request(address, "/api/v1/groups/rules", { limit: `${PAGE_SIZE}` });
}

/** All of the organization; the list takes no size. https://developer.okta.com/docs/reference/api/api-tokens (2026-11) */
export function listApiTokens(address: OktaAddress): HttpRequest {
  return scoped(request(address, "/api/v1/api-tokens", {}), "okta.apiTokens.read");
}

/** OpenID Connect applications, service apps among them. Their client secrets are never asked for: that answer holds them. */
export function listOidcApps(address: OktaAddress): HttpRequest {
  const query = { filter: 'name eq "oidc_client"', limit: `${PAGE_SIZE}` };
  return scoped(request(address, "/api/v1/apps", query), "okta.apps.read");
}

/** Public keys of a service app. The answer holds no private part. */
export function listAppKeys(address: OktaAddress, appId: string): HttpRequest {
  const path = `/api/v1/apps/${encodeURIComponent(appId)}/credentials/jwks`;
  return scoped(request(address, path, {}), "okta.apps.read");
}

/** Scopes that an administrator granted to an application. */
export function listGrants(address: OktaAddress, appId: string): HttpRequest {
  return scoped(request(address, `/api/v1/apps/${encodeURIComponent(appId)}/grants`, {}), "okta.appGrants.read");
}

/** One person by id or login. */
export function findUser(address: OktaAddress, id: string): HttpRequest {
  return request(address, `/api/v1/users/${encodeURIComponent(id)}`, {});
}

/** Members of one group; Okta groups hold no groups. */
export function listMembers(address: OktaAddress, groupId: string): HttpRequest {
  return request(address, `/api/v1/groups/${encodeURIComponent(groupId)}/users`, { limit: `${PAGE_SIZE}` });
}

/**
 * The narrowest expression that Okta can evaluate for a glob: `dd-*` is a beginning, `*sre*` a part, a plain name itself.
 * Undefined when only we can judge; every answer is matched against the glob afterwards.
 */
export function toSearch(glob: string | undefined): string | undefined {
  if (glob === undefined) return undefined;
  const [, prefix = "", rest = ""] = /^([^*?[\]{}()!+@|\\]*)(.*)$/.exec(glob) ?? [];
  if (rest === "") return `profile.name eq ${JSON.stringify(prefix)}`;
  // An extended pattern such as `+(a|b)` may begin before its bracket, so the operator character is cut off above.
  if (prefix !== "") return `profile.name sw ${JSON.stringify(prefix)}`;
  const [, part = ""] = /^\*+([^*?[\]{}()!+@|\\]+)\*+$/.exec(rest) ?? [];
  return part === "" ? undefined : `profile.name co ${JSON.stringify(part)}`;
}

function request(address: OktaAddress, path: string, query: Record<string, string>): HttpRequest {
  // Spaces as %20: some gateways do not read a plus sign as one.
  const text = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return {
    method: "GET",
    url: `${address.origin}${path}${text.length === 0 ? "" : `?${text.join("&")}`}`,
    credential: { connection: address.connection, use: "read", scheme: "okta-ssws" },
  };
}

function scoped(asked: HttpRequest, scope: ExtraScope): HttpRequest {
  return asked.credential ? { ...asked, credential: { ...asked.credential, scope } } : asked;
}
