/**
 * The Microsoft Graph requests we send and the fields of their answers we use (v1.0, 2026-11).
 *
 * Permissions: `GroupMember.Read.All` for groups, members and changes, and `User.Read.All` for people's names and whether
 * they may sign in. With `User.ReadBasic.All` names come without the latter, and everybody's state is unknown; with neither,
 * members are bare ids. Application permissions for a service, delegated ones for a person. No write permission is ever of use.
 * Optional: `Application.Read.All` for the secrets and certificates of applications, which come without what is secret.
 */

import type { HttpRequest } from "../../core/model/http.ts";
import { PAGE_SIZE } from "./quirks.ts";

export const NEEDS = "the Microsoft Graph permissions GroupMember.Read.All and User.Read.All";

export interface WireGroup {
  readonly id?: string;
  readonly displayName?: string | null;
  readonly description?: string | null;
  readonly groupTypes?: readonly string[] | null;
  readonly visibility?: string | null;
  readonly membershipRule?: string | null;
  readonly onPremisesSyncEnabled?: boolean | null;
}

export interface WireUser {
  readonly id?: string;
  readonly displayName?: string | null;
  readonly userPrincipalName?: string | null;
  readonly mail?: string | null;
  readonly accountEnabled?: boolean | null;
  readonly userType?: string | null;
  readonly externalUserState?: string | null;
}

/** A row of `/groups/delta`: some of a group's members, or that it is gone. */
export interface WireGroupChange {
  readonly id?: string;
  readonly "@removed"?: object;
  readonly "members@delta"?: readonly {
    readonly id?: string;
    readonly "@odata.type"?: string;
    readonly "@removed"?: object;
  }[];
}

export interface WireUserChange extends WireUser {
  readonly "@removed"?: object;
}

/** A client secret or certificate, without what is secret. */
export interface WireSecret {
  readonly keyId?: string | null;
  readonly displayName?: string | null;
  readonly startDateTime?: string | null;
  readonly endDateTime?: string | null;
  /** Of certificates: `Verify` proves the application, `Sign` signs what it says of people. */
  readonly usage?: string | null;
  /** Of certificates: the same for the halves of one. */
  readonly customKeyIdentifier?: string | null;
}

export interface WireApplication {
  readonly id?: string;
  readonly appId?: string;
  readonly displayName?: string | null;
  readonly passwordCredentials?: readonly WireSecret[] | null;
  readonly keyCredentials?: readonly WireSecret[] | null;
}

/** An application as this tenant knows it, whether it is registered here or elsewhere. */
export interface WireServicePrincipal extends WireApplication {
  readonly servicePrincipalType?: string | null;
  /** The tenant it is registered in. */
  readonly appOwnerOrganizationId?: string | null;
  readonly replyUrls?: readonly string[] | null;
}

/** The service principal of Graph itself, with the permissions it can give. */
export interface WireGraphItself {
  readonly id?: string;
  readonly appRoles?: readonly { readonly id?: string; readonly value?: string | null }[] | null;
}

/** An application permission that somebody was given. */
export interface WireAssignment {
  readonly id?: string;
  readonly appRoleId?: string;
  readonly principalId?: string;
}

/** Where requests go and whose credential they carry. */
export interface GraphAddress {
  /** Name of the directory in accessmap.yaml. */
  readonly connection: string;
  /** Origin of the cloud's Graph. */
  readonly origin: string;
}

const GROUP_FIELDS = "id,displayName,description,groupTypes,visibility,membershipRule,onPremisesSyncEnabled";
const USER_FIELDS = "id,displayName,userPrincipalName,mail,accountEnabled,userType,externalUserState";

/** Groups that match an OData filter, counted. */
export function listGroups(address: GraphAddress, filter: string | undefined): HttpRequest {
  return counted(address, "/groups", { ...(filter && { $filter: filter }), $select: GROUP_FIELDS });
}

/** Names are compared without regard to case, and several groups may have one. */
export function findGroupsByName(address: GraphAddress, name: string): HttpRequest {
  return listGroups(address, `displayName eq ${quote(name)}`);
}

/** One page of groups whose names begin with a text; without a count it takes no header and costs least. */
export function suggestGroups(address: GraphAddress, beginning: string, most: number): HttpRequest {
  const filter = `startswith(displayName,${quote(beginning)})`;
  return request(address, "/groups", { $filter: filter, $select: GROUP_FIELDS, $top: `${most}` });
}

/** One group by its object id. */
export function findGroup(address: GraphAddress, id: string): HttpRequest {
  return request(address, `/groups/${encodeURIComponent(id)}`, { $select: GROUP_FIELDS });
}

/** People in the group and in the groups inside it; devices and service principals are left out by the cast. */
export function listMembers(address: GraphAddress, groupId: string): HttpRequest {
  const path = `/groups/${encodeURIComponent(groupId)}/transitiveMembers/microsoft.graph.user`;
  return counted(address, path, { $select: USER_FIELDS });
}

/** Everybody in the tenant, guests included. */
export function listUsers(address: GraphAddress): HttpRequest {
  return counted(address, "/users", { $select: USER_FIELDS });
}

/** Those who were deleted in the last thirty days. https://learn.microsoft.com/en-us/graph/api/directory-deleteditems-list (2026-11) */
export function listDeletedUsers(address: GraphAddress): HttpRequest {
  return request(address, "/directory/deletedItems/microsoft.graph.user", { $select: USER_FIELDS });
}

/** The id of Microsoft Graph in every tenant and cloud. (2026-11) */
const GRAPH_APP = "00000003-0000-0000-c000-000000000000";

/**
 * Microsoft Graph as the tenant's service principal: its id there, and the permissions that its application roles stand
 * for.
 */
export function findGraphItself(address: GraphAddress): HttpRequest {
  return request(address, "/servicePrincipals", {
    $filter: `appId eq ${quote(GRAPH_APP)}`,
    $select: "id,appId,appRoles",
  });
}

/** Who holds application permissions on Graph: everything that can act on the directory without a person. */
export function listAssignments(address: GraphAddress, graphId: string): HttpRequest {
  const path = `/servicePrincipals/${encodeURIComponent(graphId)}/appRoleAssignedTo`;
  return request(address, path, { $top: `${PAGE_SIZE}` });
}

/** Applications registered in the tenant. */
export function listApplications(address: GraphAddress): HttpRequest {
  return counted(address, "/applications", { $select: "id,appId,displayName,passwordCredentials,keyCredentials" });
}

/**
 * Applications as they act in the tenant, those of other tenants included; `replyUrls` tells which of them sign people
 * in to Datadog.
 */
export function listServicePrincipals(address: GraphAddress): HttpRequest {
  const fields =
    "id,appId,displayName,servicePrincipalType,appOwnerOrganizationId,replyUrls,passwordCredentials,keyCredentials";
  return counted(address, "/servicePrincipals", { $select: fields });
}

/** Who may put a new secret on an application or service principal, by its object id. */
export function listOwners(address: GraphAddress, kind: "applications" | "servicePrincipals", id: string): HttpRequest {
  const path = `/${kind}/${encodeURIComponent(id)}/owners`;
  return request(address, path, { $select: "id,displayName,userPrincipalName" });
}

/** Begins to follow up to 50 groups (`IDS_PER_DELTA`), or all of the tenant. */
export function followGroups(address: GraphAddress, ids: readonly string[] | "all"): HttpRequest {
  const filter = ids === "all" ? undefined : ids.map((id) => `id eq ${quote(id)}`).join(" or ");
  const query = { $select: "displayName,description,members", ...(filter && { $filter: filter }) };
  return request(address, "/groups/delta", query);
}

/** Begins to follow people from now on, without listing them first. */
export function followUsers(address: GraphAddress): HttpRequest {
  return request(address, "/users/delta", { $select: USER_FIELDS, $deltatoken: "latest" });
}

/** Goes on from a link that an earlier delta answer gave. */
export function continueDelta(address: GraphAddress, link: string): HttpRequest {
  return { ...request(address, "/", {}), url: link };
}

/**
 * The narrowest filter that Graph can evaluate for a glob: `dd-*` is a beginning, a plain name itself. Undefined when only
 * we can judge; every answer is matched against the glob afterwards.
 */
export function toFilter(glob: string | undefined): string | undefined {
  if (glob === undefined) return undefined;
  const [, prefix = "", rest = ""] = /^([^*?[\]{}()!+@|\\]*)(.*)$/.exec(glob) ?? [];
  if (rest === "") return `displayName eq ${quote(prefix)}`;
  return prefix === "" ? undefined : `startswith(displayName,${quote(prefix)})`;
}

/** OData's text: a quote inside is doubled. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Graph counts only with both, and the header must be sent again with every page. https://learn.microsoft.com/en-us/graph/paging (2026-11) */
function counted(address: GraphAddress, path: string, query: Record<string, string>): HttpRequest {
  const base = request(address, path, { ...query, $top: `${PAGE_SIZE}`, $count: "true" });
  return { ...base, headers: { consistencylevel: "eventual" } };
}

function request(address: GraphAddress, path: string, query: Record<string, string>): HttpRequest {
  const text = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return {
    method: "GET",
    url: `${address.origin}/v1.0${path}?${text.join("&")}`,
    credential: { connection: address.connection, use: "read", scheme: "bearer" },
  };
}
