/**
 * The requests we send to Google's Directory API (Admin SDK, directory_v1, 2026-11) and the fields we use.
 *
 * Scopes: `admin.directory.group.readonly` for groups and members, `admin.directory.user.readonly` for people's names and
 * whether they may sign in. A service account gets them by domain-wide delegation, for an administrator (`admin`) whose
 * role may read groups and users; a custom role with exactly that is enough.
 */

import type { HttpRequest } from "../../core/model/http.ts";
import { GOOGLE_IAM_ORIGIN, GOOGLE_ORIGIN, keysConnection } from "../../http/origins.ts";
import { GROUPS_PER_PAGE, MEMBERS_PER_PAGE, USERS_PER_PAGE } from "./quirks.ts";

export const NEEDS =
  "the scopes admin.directory.group.readonly and admin.directory.user.readonly, and an administrator who may read groups and users";

export interface WireGroup {
  readonly id?: string;
  readonly email?: string;
  readonly name?: string;
  readonly description?: string;
  /** A number as text; groups inside count as one each. */
  readonly directMembersCount?: string;
}

export interface WireMember {
  readonly id?: string;
  readonly email?: string;
  readonly type?: string;
  readonly role?: string;
  readonly status?: string;
}

export interface WireUser {
  readonly id?: string;
  readonly primaryEmail?: string;
  readonly name?: { readonly fullName?: string };
  readonly suspended?: boolean;
  readonly archived?: boolean;
  readonly deletionTime?: string;
  readonly isGuestUser?: boolean;
  readonly isEnrolledIn2Sv?: boolean;
}

/** A key of a service account, without its private half. https://cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts.keys (2026-11) */
export interface WireKey {
  /** `projects/<project>/serviceAccounts/<address>/keys/<id>`. */
  readonly name?: string;
  readonly validAfterTime?: string;
  readonly validBeforeTime?: string;
  readonly disabled?: boolean;
}

/** Where requests go and whose credential they carry. */
export interface GoogleAddress {
  /** Name of the directory in accessmap.yaml. */
  readonly connection: string;
  readonly customer: string;
}

/** A list as it is asked for: the key its rows stand under, and the kind that an answer must be of. */
export interface ListRequest {
  readonly request: HttpRequest;
  readonly key: "groups" | "members" | "users";
}

/** Groups of the customer, all of them without a query. `most` is the size of a page. */
export function listGroups(
  { connection, customer }: GoogleAddress,
  query: string | undefined,
  most = GROUPS_PER_PAGE,
): ListRequest {
  const fields = `kind,nextPageToken,groups(${GROUP_FIELDS})`;
  const parameters = { customer, ...(query && { query }), maxResults: `${most}`, fields };
  return { key: "groups", request: request(connection, "/groups", parameters) };
}

/** Groups whose addresses begin with a text; undefined when Google's query cannot say it. */
export function suggestGroups(address: GoogleAddress, beginning: string, most: number): ListRequest | undefined {
  return /^[A-Za-z0-9._@-]+$/.test(beginning) ? listGroups(address, `email:${beginning}*`, most) : undefined;
}

/** `key` is an address or an id. */
export function findGroup({ connection }: GoogleAddress, key: string): HttpRequest {
  return request(connection, `/groups/${encodeURIComponent(key)}`, { fields: GROUP_FIELDS });
}

/** Members that stand in the group itself; groups inside are rows of their own. */
export function listMembers({ connection }: GoogleAddress, groupId: string): ListRequest {
  const fields = "kind,nextPageToken,members(id,email,type,role,status)";
  const path = `/groups/${encodeURIComponent(groupId)}/members`;
  return { key: "members", request: request(connection, path, { maxResults: `${MEMBERS_PER_PAGE}`, fields }) };
}

/** Everybody, or those who were deleted in the last twenty days. https://developers.google.com/workspace/admin/directory/reference/rest/v1/users/list (2026-11) */
export function listUsers({ connection, customer }: GoogleAddress, areDeleted = false): ListRequest {
  const row = "id,primaryEmail,name/fullName,suspended,archived,deletionTime,isGuestUser,isEnrolledIn2Sv";
  const fields = `kind,nextPageToken,users(${row})`;
  return {
    key: "users",
    request: request(connection, "/users", {
      customer,
      ...(areDeleted && { showDeleted: "true" }),
      maxResults: `${USERS_PER_PAGE}`,
      fields,
    }),
  };
}

/**
 * Keys that people made for a service account, all in one answer; Google rotates those of its own. At another host, so with
 * another credential: one that may do `iam.serviceAccountKeys.list` there (2026-11).
 */
export function listKeys({ connection }: GoogleAddress, serviceAccount: string): HttpRequest {
  const path = `/v1/projects/-/serviceAccounts/${encodeURIComponent(serviceAccount)}/keys`;
  return {
    method: "GET",
    url: `${GOOGLE_IAM_ORIGIN}${path}?keyTypes=USER_MANAGED`,
    credential: { connection: keysConnection(connection).name, use: "read", scheme: "bearer" },
  };
}

/** The narrowest question Google understands for a glob over addresses: their beginning, when it is plain. */
export function toQuery(glob: string | undefined): string | undefined {
  // In `@(a|b)` the sign is part of the pattern and not of the address.
  const [, prefix = "", rest = ""] = /^((?:[A-Za-z0-9._-]|@(?!\())*)(.*)$/.exec(glob ?? "") ?? [];
  if (prefix === "") return undefined;
  return rest === "" && prefix.includes("@") ? `email=${prefix}` : `email:${prefix}*`;
}

const GROUP_FIELDS = "id,email,name,description,directMembersCount";

function request(connection: string, path: string, query: Record<string, string>): HttpRequest {
  const text = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return {
    method: "GET",
    url: `${GOOGLE_ORIGIN}/admin/directory/v1${path}?${text.join("&")}`,
    credential: { connection, use: "read", scheme: "bearer" },
  };
}
