/** The single reads of an organization, each ending in knowledge: pages gathered, rows converted, failures kept. */

import type { CredentialRef } from "../../core/model/http.ts";
import { complete, type Fact, type Knowledge, partial, unknown } from "../../core/model/knowledge.ts";
import type { Account, AuthnMapping, Permission, Role, Team, TeamMember } from "../../core/model/target.ts";
import type { ReadContext } from "../../core/sync/connector.ts";
import type { HttpClient } from "../../http/client.ts";
import { type Page, readNumbered } from "../../http/countedPages.ts";
import { malformed, toFailure } from "../../http/failures.ts";
import { convertAll, type Listing, toKnowledge } from "../../http/listing.ts";
import type { DatadogApi, UserResponse } from "./api.ts";
import {
  includedPermissions,
  toAccount,
  toMapping,
  toPermission,
  toRole,
  toRoleMapping,
  toTeam,
  toTeamMember,
} from "./convert.ts";
import { PAGE_SIZE, ROLE_MAPPING } from "./quirks.ts";
import type { DatadogAddress } from "./transport.ts";

export interface Reader {
  readonly system: string;
  readonly api: DatadogApi;
  readPermissions(self: UserResponse | undefined): Promise<PermissionRead>;
  readRoles(names: ReadonlyMap<string, string>): Promise<Knowledge<Role>>;
  readAccounts(): Promise<Knowledge<Account>>;
  readTeams(): Promise<Knowledge<Team>>;
  readTeamMembers(teamId: string): Promise<Knowledge<TeamMember>>;
  readMappings(kind: "role" | "team"): Promise<Knowledge<AuthnMapping>>;
  readRoleMapping(): Promise<Fact<boolean>>;
  readTeamSource(): Promise<Fact<string>>;
}

export interface PermissionRead {
  /** By name. */
  readonly knowledge: Knowledge<Permission>;
  /** Permission id to name. */
  readonly names: ReadonlyMap<string, string>;
}

/** Loads the official client if this is the first live read. */
export async function createReader(address: DatadogAddress, http: HttpClient, context: ReadContext): Promise<Reader> {
  const { createDatadogApi } = await import("./api.ts");
  const api = createDatadogApi(http, address, context.signal);
  const system = address.connection;

  async function list<W extends { readonly id?: string | undefined }, T>(
    what: string,
    readPage: (page: number) => Promise<Page<W>>,
    convert: (row: W) => T | undefined,
    keyOf: (item: T) => string,
    quiet = false,
  ): Promise<Knowledge<T>> {
    const asOf = http.now();
    const report = (done: number, total?: number) =>
      context.report?.({ what, done, ...(total !== undefined && { total }) });
    const counted = { system, what, idOf: (row: W) => row.id, report: quiet ? undefined : report };
    const listing = await readNumbered(readPage, PAGE_SIZE, counted);
    return toKnowledge(convertAll(listing, convert, system, what), system, asOf, keyOf);
  }

  async function fact<T>(what: string, read: () => Promise<T | undefined>): Promise<Fact<T>> {
    const asOf = http.now();
    try {
      const value = await read();
      if (value !== undefined) return { state: "known", value, asOf };
      return unknown(malformed(system, `${system} did not say ${what}`));
    } catch (error) {
      return unknown(toFailure(error, system));
    }
  }

  return {
    system,
    api,
    readPermissions: (self) => readPermissions(api, system, http.now(), self),
    readRoles: (names) =>
      list(
        "roles",
        api.readRoles,
        (row) => toRole(row, names),
        (role) => role.id,
      ),
    readAccounts: () => list("users", api.readUsers, toAccount, (account) => account.id),
    readTeams: () => list("teams", api.readTeams, toTeam, (team) => team.id),
    readTeamMembers: (teamId) =>
      list(
        "team members",
        (page) => api.readMemberships(teamId, page),
        toTeamMember,
        (member) => member.accountId,
        true,
      ),
    readMappings: (kind) =>
      list(
        `${kind} mappings`,
        (page) => api.readMappings(kind, page),
        toMapping,
        (mapping) => mapping.id,
      ),
    readRoleMapping: () =>
      fact("whether role mapping is on", async () => {
        const credential: CredentialRef = { connection: system, use: address.use, scheme: "datadog-keys" };
        const url = `${address.origin}${ROLE_MAPPING.path}?preference_type=${ROLE_MAPPING.name}`;
        const options = { needs: "the permission org_management" };
        return toRoleMapping((await http.sendJson({ method: "GET", url, credential }, context.signal, options)).json);
      }),
    readTeamSource: () =>
      fact("how teams are provisioned", async () => {
        const value = await api.readTeamSource();
        return typeof value === "string" ? value : undefined;
      }),
  };
}

/**
 * The organization's list, laid over the records that come with the current user, which include unlisted permissions.
 * Complete means the listed ones; a role may still hold an id that neither explains (`Role.unresolved`).
 */
async function readPermissions(
  api: DatadogApi,
  system: string,
  asOf: string,
  self: UserResponse | undefined,
): Promise<PermissionRead> {
  const held: Listing<Parameters<typeof toPermission>[0]> = { items: self ? includedPermissions(self) : [] };
  const listed = await api.readPermissions().then(
    (items): Listing<(typeof held.items)[number]> => ({ items }),
    (error) => ({ items: [], gap: toFailure(error, system) }),
  );
  const converted = convertAll(
    { ...listed, items: [...held.items, ...listed.items] },
    toPermission,
    system,
    "permissions",
  );
  const names = new Map(converted.items.map(({ id, permission }) => [id, permission.name]));
  const items = new Map(converted.items.map(({ permission }) => [permission.name, permission]));
  if (!converted.gap && listed.items.length > 0) return { knowledge: complete(system, asOf, items), names };
  const gap = converted.gap ?? malformed(system, `${system} answered an empty list of permissions`);
  return { knowledge: items.size === 0 ? unknown(gap) : partial(system, asOf, items, gap), names };
}
