/**
 * The Datadog endpoints we use, through the official client. Loaded on the first live read: the client is large.
 *
 * Permissions: an application key scoped to `user_access_read` and `teams_read` reads roles, users, teams and mappings.
 * With `api_keys_read`, `org_app_keys_read` and `audit_logs_read` besides, keys are judged and changes of roles told; the
 * switches of SAML take `org_management`, which no key for reading should have. What a key may not read is unknown.
 * Pushing takes another key, best of a service account, with `user_access_manage`, `user_access_invite` and `teams_manage`.
 */

// @datadog/datadog-api-client: typed by the vendor, follows its API; slimmed at build time by scripts/slimDatadog.mjs.
import { Configuration } from "@datadog/datadog-api-client/dist/packages/datadog-api-client-common/configuration.js";
import { BaseServerConfiguration } from "@datadog/datadog-api-client/dist/packages/datadog-api-client-common/servers.js";
import { AuthNMappingsApi } from "@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/apis/AuthNMappingsApi.js";
import { OrganizationsApi } from "@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/apis/OrganizationsApi.js";
import { RolesApi } from "@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/apis/RolesApi.js";
import { TeamsApi } from "@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/apis/TeamsApi.js";
import { UsersApi } from "@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/apis/UsersApi.js";
import type { AuthNMapping } from "@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/models/AuthNMapping.js";
import type { Permission } from "@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/models/Permission.js";
import type { Role } from "@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/models/Role.js";
import type { Team } from "@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/models/Team.js";
import type { User } from "@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/models/User.js";
import type { UserResponse } from "@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/models/UserResponse.js";
import type { UserTeam } from "@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/models/UserTeam.js";
import type { Cancellation } from "../../core/model/http.ts";
import type { HttpClient } from "../../http/client.ts";
import type { CountedPage } from "../../http/countedPages.ts";
import { malformed, RequestError } from "../../http/failures.ts";
import { type MappingKind, PAGE_SIZE, TEAM_SOURCE, totalOfTeams } from "./quirks.ts";
import { createHttpApi, type DatadogAddress } from "./transport.ts";

export type { AuthNMapping, Permission, Role, Team, User, UserResponse, UserTeam };

/** Every call throws `RequestError`, or the client's own exception when an answer lacks a required field. */
export interface DatadogApi {
  readCurrentUser(): Promise<UserResponse>;
  readUser(id: string): Promise<User>;
  readPermissions(): Promise<readonly Permission[]>;
  readRoles(page: number): Promise<CountedPage<Role>>;
  readRolePermissions(roleId: string): Promise<readonly Permission[]>;
  readUsers(page: number): Promise<CountedPage<User>>;
  readTeams(page: number): Promise<CountedPage<Team>>;
  readMemberships(teamId: string, page: number): Promise<CountedPage<UserTeam>>;
  readMappings(kind: MappingKind, page: number): Promise<CountedPage<AuthNMapping>>;
  /** Value of the organization setting that says where teams come from. */
  readTeamSource(): Promise<unknown>;
  /** The first page of users whose handle, name or address contains the text. */
  findUsers(text: string): Promise<readonly User[]>;
}

/** Writes, for the write credential alone. */
export interface DatadogWriteApi {
  addUserToRole(userId: string, roleId: string): Promise<void>;
  removeUserFromRole(userId: string, roleId: string): Promise<void>;
  addTeamMember(teamId: string, userId: string): Promise<void>;
  removeTeamMember(teamId: string, userId: string): Promise<void>;
  createUser(user: NewUser): Promise<User>;
  setDisabled(userId: string, disabled: boolean): Promise<void>;
  readMapping(id: string): Promise<AuthNMapping>;
  createMapping(mapping: MappingBody): Promise<AuthNMapping>;
  updateMapping(id: string, mapping: MappingBody): Promise<void>;
  deleteMapping(id: string): Promise<void>;
}

export interface NewUser {
  readonly email: string;
  readonly name: string;
  readonly roleIds: readonly string[];
}

export interface MappingBody {
  readonly key: string;
  readonly value: string;
  readonly grants: { readonly roleId: string } | { readonly teamId: string };
}

/**
 * Reads with the address's credential. Pages count from 0 and hold `PAGE_SIZE` rows at most; rows stay the vendor's.
 * Every call throws `RequestError`, also for an answer of 200 without the list it was asked for.
 */
export function createDatadogApi(http: HttpClient, address: DatadogAddress, signal: Cancellation): DatadogApi {
  const configure = (needs: string) => describeServer(createHttpApi(http, address, signal, needs), address);
  const read = configure("the permission user_access_read");
  const users = new UsersApi(read);
  const roles = new RolesApi(read);
  const mappings = new AuthNMappingsApi(read);
  const teams = new TeamsApi(configure("the permission teams_read"));
  const organizations = new OrganizationsApi(read);
  const required = requiredOf(address);

  return {
    readCurrentUser: () => users.getCurrentUser(),
    readUser: async (userId) => required((await users.getUser({ userId })).data, "the user"),
    readPermissions: async () => required((await roles.listPermissions()).data, "a list of permissions"),
    async readRoles(pageNumber) {
      const { data, meta } = await roles.listRoles({ pageSize: PAGE_SIZE, pageNumber });
      return { items: required(data, "a list of roles"), total: totalOf(meta?.page) };
    },
    readRolePermissions: async (roleId) =>
      required((await roles.listRolePermissions({ roleId })).data, "the permissions of a role"),
    async readUsers(pageNumber) {
      const { data, meta } = await users.listUsers({ pageSize: PAGE_SIZE, pageNumber });
      return { items: required(data, "a list of users"), total: totalOf(meta?.page) };
    },
    async readTeams(pageNumber) {
      const { data, meta } = await teams.listTeams({ pageSize: PAGE_SIZE, pageNumber });
      return { items: required(data, "a list of teams"), total: totalOfTeams(meta) };
    },
    async readMemberships(teamId, pageNumber) {
      const { data, meta } = await teams.getTeamMemberships({ teamId, pageSize: PAGE_SIZE, pageNumber });
      return { items: required(data, "a list of team members"), total: totalOfTeams(meta) };
    },
    async readMappings(resourceType, pageNumber) {
      const { data, meta } = await mappings.listAuthNMappings({ pageSize: PAGE_SIZE, pageNumber, resourceType });
      return { items: required(data, "a list of AuthN mappings"), total: totalOf(meta?.page) };
    },
    async readTeamSource() {
      const { data } = await organizations.getOrgConfig({ orgConfigName: TEAM_SOURCE });
      return data.attributes.value;
    },
    async findUsers(filter) {
      return required((await users.listUsers({ pageSize: PAGE_SIZE, filter })).data, "a list of users");
    },
  };
}

/**
 * Single writes with the address's credential, none of them read back here. Every call throws `RequestError`, whose
 * text names the permission that the write takes.
 */
export function createDatadogWriteApi(
  http: HttpClient,
  address: DatadogAddress,
  signal: Cancellation,
): DatadogWriteApi {
  const configure = (needs: string) => describeServer(createHttpApi(http, address, signal, needs), address);
  const manage = configure("the permission user_access_manage");
  const [users, roles, mappings] = [new UsersApi(manage), new RolesApi(manage), new AuthNMappingsApi(manage)];
  const invitations = new UsersApi(configure("the permission user_access_invite"));
  const teams = new TeamsApi(configure("the permissions teams_read and teams_manage"));
  const required = requiredOf(address);

  return {
    async addUserToRole(userId, roleId) {
      await roles.addUserToRole({ roleId, body: { data: { id: userId, type: "users" } } });
    },
    async removeUserFromRole(userId, roleId) {
      await roles.removeUserFromRole({ roleId, body: { data: { id: userId, type: "users" } } });
    },
    async addTeamMember(teamId, userId) {
      const user = { data: { id: userId, type: "users" as const } };
      await teams.createTeamMembership({
        teamId,
        body: { data: { type: "team_memberships", relationships: { user } } },
      });
    },
    async removeTeamMember(teamId, userId) {
      await teams.deleteTeamMembership({ teamId, userId });
    },
    async createUser({ email, name, roleIds }) {
      const relationships = { roles: { data: roleIds.map((id) => ({ id, type: "roles" as const })) } };
      const body = { data: { type: "users" as const, attributes: { email, name }, relationships } };
      return required((await invitations.createUser({ body })).data, "the user it created");
    },
    async setDisabled(userId, disabled) {
      await users.updateUser({ userId, body: { data: { id: userId, type: "users", attributes: { disabled } } } });
    },
    async readMapping(authnMappingId) {
      return required((await mappings.getAuthNMapping({ authnMappingId })).data, "the mapping");
    },
    async createMapping(mapping) {
      const body = { data: { type: "authn_mappings" as const, ...toMappingBody(mapping) } };
      return required((await mappings.createAuthNMapping({ body })).data, "the mapping it created");
    },
    async updateMapping(authnMappingId, mapping) {
      const data = { id: authnMappingId, type: "authn_mappings" as const, ...toMappingBody(mapping) };
      await mappings.updateAuthNMapping({ authnMappingId, body: { data } });
    },
    async deleteMapping(authnMappingId) {
      await mappings.deleteAuthNMapping({ authnMappingId });
    },
  };
}

function toMappingBody({ key, value, grants }: MappingBody) {
  const attributes = { attributeKey: key, attributeValue: value };
  if ("roleId" in grants)
    return { attributes, relationships: { role: { data: { id: grants.roleId, type: "roles" as const } } } };
  return { attributes, relationships: { team: { data: { id: grants.teamId, type: "team" as const } } } };
}

/** An answer's main part, or the failure that it came without. */
function requiredOf({ connection }: DatadogAddress) {
  return <T>(value: T | undefined, what: string): T => {
    if (value !== undefined && value !== null) return value;
    throw new RequestError(malformed(connection, `${connection} answered without ${what}`));
  };
}

function describeServer(httpApi: Configuration["httpApi"], address: DatadogAddress): Configuration {
  const server = new BaseServerConfiguration(address.origin, {});
  // In order: server and its index, servers of single operations, transport, credentials (none), its options, debug off,
  // retries off, their three numbers, unstable operations (none), no marker for infrastructure as code.
  return new Configuration(server, 0, {}, httpApi, {}, {}, false, false, 1, 2, 2, {}, false);
}

function totalOf(page: { readonly totalCount?: number; readonly totalFilteredCount?: number } | undefined) {
  return page?.totalFilteredCount ?? page?.totalCount;
}
