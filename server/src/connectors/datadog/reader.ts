/** The single reads of an organization, each ending in knowledge: pages gathered, rows converted, failures kept. */

import type { CredentialRef } from "../../core/model/http.ts";
import { type Fact, type Knowledge, unknown } from "../../core/model/knowledge.ts";
import type { Account, AuthnMapping, Team, TeamMember } from "../../core/model/target.ts";
import type { ReadContext } from "../../core/sync/connector.ts";
import type { HttpClient } from "../../http/client.ts";
import { type Page, readNumbered } from "../../http/countedPages.ts";
import { malformed, toFailure } from "../../http/failures.ts";
import { convertAll, type Listing, toKnowledge } from "../../http/listing.ts";
import type { DatadogApi, UserResponse } from "./api.ts";
import { toAccount, toMapping, toRoleMapping, toTeam, toTeamMember } from "./convert.ts";
import { PAGE_SIZE, ROLE_MAPPING } from "./quirks.ts";
import { type RoleRead, readRoles } from "./roles.ts";
import type { DatadogAddress } from "./transport.ts";

export interface Reader {
  readonly system: string;
  readonly api: DatadogApi;
  /** Roles, and the permissions that explain them. */
  readRoles(self: UserResponse | undefined): Promise<RoleRead>;
  readAccounts(): Promise<Knowledge<Account>>;
  readTeams(): Promise<Knowledge<Team>>;
  readTeamMembers(teamId: string): Promise<Knowledge<TeamMember>>;
  readMappings(kind: "role" | "team"): Promise<Knowledge<AuthnMapping>>;
  readRoleMapping(): Promise<Fact<boolean>>;
  readTeamSource(): Promise<Fact<string>>;
}

/** Loads the official client if this is the first live read. */
export async function createReader(address: DatadogAddress, http: HttpClient, context: ReadContext): Promise<Reader> {
  const { createDatadogApi } = await import("./api.ts");
  const api = createDatadogApi(http, address, context.signal);
  const system = address.connection;

  function gather<W extends { readonly id?: string | undefined }>(
    what: string,
    readPage: (page: number) => Promise<Page<W>>,
    quiet = false,
  ): Promise<Listing<W>> {
    const report = (done: number, total?: number) =>
      context.report?.({ what, done, ...(total !== undefined && { total }) });
    const counted = { system, what, idOf: (row: W) => row.id, report: quiet ? undefined : report };
    return readNumbered(readPage, PAGE_SIZE, counted);
  }

  async function list<W extends { readonly id?: string | undefined }, T>(
    what: string,
    readPage: (page: number) => Promise<Page<W>>,
    convert: (row: W) => T | undefined,
    keyOf: (item: T) => string,
    quiet = false,
  ): Promise<Knowledge<T>> {
    const asOf = http.now();
    const listing = await gather(what, readPage, quiet);
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
    readRoles: (self) => readRoles(api, system, http.now, () => gather("roles", api.readRoles), self),
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
