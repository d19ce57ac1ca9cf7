/** The single reads of an organization, each ending in knowledge: pages gathered, rows converted, failures kept. */

import { type Fact, type Knowledge, unknown } from "../../core/model/knowledge.ts";
import type { Account, Audit, AuthnMapping, Credentials, Switches, Team, TeamMember } from "../../core/model/target.ts";
import type { ReadContext, TargetQuery } from "../../core/sync/connector.ts";
import type { HttpClient } from "../../http/client.ts";
import { type CountedPage, readNumbered } from "../../http/countedPages.ts";
import { malformed, toFailure } from "../../http/failures.ts";
import { convertAll, type Listing, toKnowledge } from "../../http/listing.ts";
import type { DatadogApi, UserResponse } from "./api.ts";
import { readAudit } from "./audit.ts";
import { toAccount, toMapping, toRoleMapping, toTeam, toTeamMember } from "./convert.ts";
import { readCredentials } from "./credentials.ts";
import { createGet, type Get } from "./get.ts";
import { readJustInTime } from "./justInTime.ts";
import { type MappingKind, PAGE_SIZE, ROLE_MAPPING } from "./quirks.ts";
import { type RoleRead, readRoles } from "./roles.ts";
import type { DatadogAddress } from "./transport.ts";

export interface Reader {
  readonly system: string;
  readonly api: DatadogApi;
  readonly get: Get;
  /** Roles, and the permissions that explain them. */
  readRoles(self: UserResponse | undefined): Promise<RoleRead>;
  readAccounts(): Promise<Knowledge<Account>>;
  readTeams(): Promise<Knowledge<Team>>;
  readTeamMembers(teamId: string): Promise<Knowledge<TeamMember>>;
  readMappings(kind: MappingKind): Promise<Knowledge<AuthnMapping>>;
  readSwitches(): Promise<Switches>;
  readCredentials(): Promise<Credentials>;
  readAudit(window: TargetQuery["window"]): Promise<Audit>;
}

/** Loads the official client if this is the first live read. */
export async function createReader(address: DatadogAddress, http: HttpClient, context: ReadContext): Promise<Reader> {
  const { createDatadogApi } = await import("./api.ts");
  const api = createDatadogApi(http, address, context.signal);
  const get = createGet(http, address, context.signal);
  const system = address.connection;

  function gather<W extends { readonly id?: string | undefined }>(
    what: string,
    readPage: (page: number) => Promise<CountedPage<W>>,
    quiet = false,
  ): Promise<Listing<W>> {
    const report = (done: number, total?: number) =>
      context.report?.({ what, done, ...(total !== undefined && { total }) });
    const counted = { system, what, idOf: (row: W) => row.id, report: quiet ? undefined : report };
    return readNumbered(readPage, PAGE_SIZE, counted);
  }

  async function list<W extends { readonly id?: string | undefined }, T>(
    what: string,
    readPage: (page: number) => Promise<CountedPage<W>>,
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
    get,
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
    async readSwitches() {
      const [roleMapping, teamSource, justInTime] = await Promise.all([
        fact("whether role mapping is on", async () => {
          const path = `${ROLE_MAPPING.path}?preference_type=${ROLE_MAPPING.name}`;
          return toRoleMapping(await get(path, "the permission org_management"));
        }),
        fact("how teams are provisioned", async () => {
          const value = await api.readTeamSource();
          return typeof value === "string" ? value : undefined;
        }),
        fact("whether it makes accounts at a first login", () => readJustInTime(get)),
      ]);
      return { roleMapping, teamSource, justInTime };
    },
    readCredentials: () =>
      readCredentials(get, system, http.now(), (what, readPage, convert) =>
        list(what, readPage, convert, ({ id }) => id),
      ),
    readAudit: (window) =>
      readAudit(http, address, context.signal, window, (done) => context.report?.({ what: "audit events", done })),
  };
}
