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
import type { Page } from "../../http/countedPages.ts";
import { malformed, RequestError } from "../../http/failures.ts";
import { type MappingKind, PAGE_SIZE, TEAM_SOURCE, totalOfTeams } from "./quirks.ts";
import { createHttpApi, type DatadogAddress } from "./transport.ts";

export type { AuthNMapping, Permission, Role, Team, User, UserResponse, UserTeam };

/** Every call throws `RequestError`, or the client's own exception when an answer lacks a required field. */
export interface DatadogApi {
  readCurrentUser(): Promise<UserResponse>;
  readUser(id: string): Promise<User>;
  readPermissions(): Promise<readonly Permission[]>;
  readRoles(page: number): Promise<Page<Role>>;
  readRolePermissions(roleId: string): Promise<readonly Permission[]>;
  readUsers(page: number): Promise<Page<User>>;
  readTeams(page: number): Promise<Page<Team>>;
  readMemberships(teamId: string, page: number): Promise<Page<UserTeam>>;
  readMappings(kind: MappingKind, page: number): Promise<Page<AuthNMapping>>;
  /** Value of the organization setting that says where teams come from. */
  readTeamSource(): Promise<unknown>;
  removeUserFromRole(userId: string, roleId: string): Promise<void>;
}

export function createDatadogApi(http: HttpClient, address: DatadogAddress, signal: Cancellation): DatadogApi {
  const configure = (needs: string) => describeServer(createHttpApi(http, address, signal, needs), address);
  const read = configure("the permission user_access_read");
  const users = new UsersApi(read);
  const roles = new RolesApi(read);
  const mappings = new AuthNMappingsApi(read);
  const teams = new TeamsApi(configure("the permission teams_read"));
  const organizations = new OrganizationsApi(read);
  const rolesToWrite = new RolesApi(configure("the permission user_access_manage"));
  const required = <T>(value: T | undefined, what: string): T => {
    if (value !== undefined && value !== null) return value;
    throw new RequestError(malformed(address.connection, `${address.connection} answered without ${what}`));
  };

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
    async removeUserFromRole(userId, roleId) {
      await rolesToWrite.removeUserFromRole({ roleId, body: { data: { id: userId, type: "users" } } });
    },
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
