/** Datadog's SCIM endpoints, which no client library has. Authorization is the application key as bearer. */

import type { Cancellation, HttpRequest } from "../../core/model/http.ts";
import { isRecord, isText } from "../../core/model/json.ts";
import type { Failure } from "../../core/model/knowledge.ts";
import type { ScimGroup } from "../../core/model/target.ts";
import type { HttpClient, JsonResponse } from "../../http/client.ts";
import { type CountedPage, readIndexed } from "../../http/countedPages.ts";
import { malformed, RequestError } from "../../http/failures.ts";
import type { Listing } from "../../http/listing.ts";
import { type GroupOperation, MEMBERS_PER_PATCH, type MemberPath, SCIM, SCIM_PAGE_SIZE, scimFilter } from "./quirks.ts";
import type { DatadogAddress } from "./transport.ts";

/** Every call but `listGroups` throws `RequestError`. https://docs.datadoghq.com/api/latest/scim/ (2026-09) */
export interface ScimClient {
  listGroups(filter?: GroupFilter): Promise<Listing<ScimGroup>>;
  createGroup(group: NewScimGroup): Promise<ScimGroup>;
  replaceRoles(userId: string, roleIds: readonly string[]): Promise<void>;
  /** The new user's id. */
  createUser(user: NewScimUser): Promise<string>;
  setActive(userId: string, active: boolean): Promise<void>;
  /** Adds those who are not members yet. */
  addMembers(groupId: string, userIds: readonly string[]): Promise<void>;
  /** Removes those who are members. */
  removeMembers(groupId: string, userIds: readonly string[]): Promise<void>;
}

export type NewScimGroup = Omit<ScimGroup, "id"> & { readonly externalId: string };

/** `userName` is an address: Datadog takes no other. */
export interface NewScimUser {
  readonly userName: string;
  readonly name: string;
  readonly roleIds: readonly string[];
}

export interface GroupFilter {
  readonly by: "externalId" | "displayName";
  readonly value: string;
}

const USER_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User";
const SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Group";
const PATCH_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
const NEEDS = { needs: "the permissions user_access_invite and user_access_manage" };

/** SCIM of one organization, for the credential and origin of the address. */
export function createScimClient(http: HttpClient, address: DatadogAddress, signal: Cancellation): ScimClient {
  const system = address.connection;

  function send(method: HttpRequest["method"], path: string, body?: object): Promise<JsonResponse> {
    const request: HttpRequest = {
      method,
      url: `${address.origin}${SCIM.path}${path}`,
      credential: { connection: system, use: address.use, scheme: SCIM.scheme },
      ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    };
    return http.sendJson(request, signal, NEEDS);
  }

  async function patchGroup(groupId: string, operations: readonly GroupOperation[]): Promise<void> {
    await send("PATCH", `/Groups/${encodeURIComponent(groupId)}`, { schemas: [PATCH_SCHEMA], Operations: operations });
  }

  async function patchUser(userId: string, path: string, value: unknown): Promise<void> {
    const body = { schemas: [PATCH_SCHEMA], Operations: [{ op: "replace", path, value }] };
    await send("PATCH", `/Users/${encodeURIComponent(userId)}`, body);
  }

  async function readMembers(groupId: string): Promise<ReadonlySet<string>> {
    const { json } = await send("GET", `/Groups/${encodeURIComponent(groupId)}`);
    return new Set(toScimGroup(json, system).memberIds);
  }

  async function readGroups(startIndex: number, filter?: GroupFilter): Promise<CountedPage<ScimGroup>> {
    const search = filter ? `&${scimFilter(filter.by, filter.value)}` : "";
    const { json } = await send("GET", `/Groups?startIndex=${startIndex}&count=${SCIM_PAGE_SIZE}${search}`);
    if (!isRecord(json)) throw unexpected(system, "no list of SCIM groups");
    // RFC 7644, 3.4.2: `Resources` may be missing when nothing was found. Numbers arrive as text from some services.
    const rows = Array.isArray(json.Resources) ? json.Resources : [];
    const total = Number(json.totalResults ?? Number.NaN);
    return { items: rows.map((row) => toScimGroup(row, system)), total: Number.isInteger(total) ? total : undefined };
  }

  return {
    async listGroups(filter) {
      const counted = { system, what: "SCIM groups", idOf: (group: ScimGroup) => group.id };
      const listing = await readIndexed((startIndex) => readGroups(startIndex, filter), counted);
      // Services have answered prefix matches, or ignored a filter; what was asked for is checked here again.
      return filter
        ? { ...listing, items: listing.items.filter((group) => group[filter.by] === filter.value) }
        : listing;
    },
    async createGroup({ displayName, externalId, memberIds }) {
      const members = memberIds.map((value) => ({ value }));
      const { json } = await send("POST", "/Groups", { schemas: [SCHEMA], displayName, externalId, members });
      return toScimGroup(json, system);
    },
    replaceRoles: (userId, roleIds) => patchUser(userId, "roles", rolesOf(roleIds)),
    async createUser({ userName, name, roleIds }) {
      const { json } = await send("POST", "/Users", {
        schemas: [USER_SCHEMA],
        userName,
        active: true,
        name: { formatted: name },
        emails: [{ value: userName, type: "work", primary: true }],
        roles: rolesOf(roleIds),
      });
      if (!isRecord(json) || typeof json.id !== "string") throw unexpected(system, "a SCIM user without id");
      return json.id;
    },
    setActive: (userId, active) => patchUser(userId, "active", active),
    async addMembers(groupId, userIds) {
      const present = await readMembers(groupId);
      const absent = [...new Set(userIds)].filter((id) => !present.has(id));
      await inChunks(absent, (ids) => patchGroup(groupId, [toAddition(ids)]));
    },
    async removeMembers(groupId, userIds) {
      const present = await readMembers(groupId);
      const leaving = [...new Set(userIds)].filter((id) => present.has(id));
      await inChunks(leaving, (ids) =>
        patchGroup(
          groupId,
          ids.map((id) => toRemoval(id, system)),
        ),
      );
    },
  };
}

function rolesOf(roleIds: readonly string[]) {
  return roleIds.map((value) => ({ value }));
}

/** Chunks of 50; a chunk that is rejected as a whole is sent person by person, so that one does not hold up the others. */
async function inChunks(ids: readonly string[], patch: (ids: readonly string[]) => Promise<void>): Promise<void> {
  let rejected: unknown;
  for (let start = 0; start < ids.length; start += MEMBERS_PER_PATCH) {
    const chunk = ids.slice(start, start + MEMBERS_PER_PATCH);
    try {
      await patch(chunk);
    } catch (error) {
      if (!isRejection(error)) throw error;
      if (chunk.length === 1) rejected ??= error;
      else rejected ??= await oneByOne(chunk, patch);
    }
  }
  if (rejected !== undefined) throw rejected;
}

/** The first rejection, or undefined when all went through. */
async function oneByOne(ids: readonly string[], patch: (ids: readonly string[]) => Promise<void>): Promise<unknown> {
  let rejected: unknown;
  for (const id of ids) {
    try {
      await patch([id]);
    } catch (error) {
      if (!isRejection(error)) throw error;
      rejected ??= error;
    }
  }
  return rejected;
}

function isRejection(error: unknown): boolean {
  return error instanceof RequestError && error.failure.kind === "rejected";
}

function toAddition(ids: readonly string[]): GroupOperation {
  return { op: "add", value: { members: ids.map((value) => ({ value })) } };
}

/** An id with a quote in it could end the filter early and widen the removal, so ids are checked. */
function toRemoval(id: string, system: string): GroupOperation {
  if (!/^[A-Za-z0-9_.-]+$/.test(id)) throw unexpected(system, "a member id with characters that no id has");
  const path: MemberPath = `members[value eq "${id}"]`;
  return { op: "remove", path };
}

function toScimGroup(json: unknown, system: string): ScimGroup {
  if (!isRecord(json) || typeof json.id !== "string" || typeof json.displayName !== "string")
    throw unexpected(system, "a SCIM group without id or displayName");
  const members = Array.isArray(json.members) ? json.members : [];
  const ids = members
    .map((member) => (isRecord(member) ? member.value : undefined))
    .filter((id) => typeof id === "string");
  return {
    id: json.id,
    displayName: json.displayName,
    memberIds: [...new Set(ids)],
    ...(isText(json.externalId) && { externalId: json.externalId }),
  };
}

function unexpected(system: string, what: string): RequestError {
  const failure: Failure = malformed(system, `${system} answered ${what}`);
  return new RequestError(failure);
}
