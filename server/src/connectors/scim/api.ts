/**
 * The SCIM 2.0 requests we send (RFC 7643, 7644, 9865).
 *
 * Permissions: reading Users, Groups and, where there is one, ServiceProviderConfig. Services rarely offer tokens that
 * can only read; whatever the token may do, it is sent with GET requests alone.
 */

import type { HttpRequest } from "../../core/model/http.ts";

export const NEEDS = "read access to Users and Groups";

/** Where requests go and whose credential they carry. */
export interface ScimAddress {
  /** Name of the directory in accessmap.yaml. */
  readonly connection: string;
  /** Base URL without a slash at its end. */
  readonly base: string;
}

/** What the service says of itself: page sizes, filters, cursors. Optional in practice. */
export function readConfig(address: ScimAddress): HttpRequest {
  return request(address, "/ServiceProviderConfig", {});
}

/** Members are left out: lists of groups stay small, and members are read group by group. */
export function listGroups(address: ScimAddress, count: number): HttpRequest {
  return request(address, "/Groups", { count: `${count}`, excludedAttributes: "members" });
}

/** Groups of exactly this name, as far as the service heeds the filter; whoever asks compares names again. */
export function findGroupsByName(address: ScimAddress, name: string, count: number): HttpRequest {
  return request(address, "/Groups", {
    filter: equals("displayName", name),
    count: `${count}`,
    excludedAttributes: "members",
  });
}

/** Groups whose names begin with a text (RFC 7644, 3.4.2.2); a service that knows `eq` alone refuses or ignores it. */
export function suggestGroups(address: ScimAddress, beginning: string, most: number): HttpRequest {
  return request(address, "/Groups", {
    filter: `displayName sw ${JSON.stringify(beginning)}`,
    count: `${most}`,
    excludedAttributes: "members",
  });
}

/** Groups that one person is in, for services that do not tell the members of a group. */
export function findGroupsOf(address: ScimAddress, userId: string, count: number): HttpRequest {
  return request(address, "/Groups", {
    filter: equals("members.value", userId),
    count: `${count}`,
    attributes: "id,displayName",
  });
}

/** One group by id, with its members as far as the service tells them. */
export function readGroup(address: ScimAddress, id: string): HttpRequest {
  return request(address, `/Groups/${encodeURIComponent(id)}`, {});
}

/** Everybody, with the groups they are in where the service tells that. `count` is the size of a page. */
export function listUsers(address: ScimAddress, count: number): HttpRequest {
  return request(address, "/Users", {
    count: `${count}`,
    attributes: "id,userName,displayName,name,emails,active,groups",
  });
}

/**
 * The address of the next page: by cursor with everything else as it was (RFC 9865), or by index from 1 (RFC 7644, 3.4.2.4).
 */
export function nextPage(url: string, at: { readonly cursor: string } | { readonly startIndex: number }): string {
  const [path = "", query = ""] = url.split("?");
  const kept = query.split("&").filter((part) => part !== "" && !/^(cursor|startIndex)=/.test(part));
  const position = "cursor" in at ? `cursor=${encodeURIComponent(at.cursor)}` : `startIndex=${at.startIndex}`;
  return `${path}?${[...kept, position].join("&")}`;
}

/**
 * Values in filters are JSON texts (RFC 7644, 3.4.2.2), and attribute names are sent in the case of the schema although
 * any case is allowed: a service that disregards the rule finds nothing then, which looks like absence.
 */
function equals(attribute: string, value: string): string {
  return `${attribute} eq ${JSON.stringify(value)}`;
}

function request(address: ScimAddress, path: string, query: Record<string, string>): HttpRequest {
  // Spaces as %20: some services do not read a plus sign as one.
  const text = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return {
    method: "GET",
    url: `${address.base}${path}${text.length > 0 ? "?" : ""}${text.join("&")}`,
    headers: { accept: "application/scim+json, application/json" },
    credential: { connection: address.connection, use: "read", scheme: "bearer" },
  };
}
