/** Reads one Datadog organization. The parts are independent: what cannot be read is unknown, the rest stands. */

import { type Failure, type Knowledge, unite, unknown } from "../../core/model/knowledge.ts";
import type { OrganizationConfig } from "../../core/model/project.ts";
import type { TargetInventory, Team, TeamMember } from "../../core/model/target.ts";
import type { ReadContext, TargetConnector, TargetExtra, TargetQuery } from "../../core/sync/connector.ts";
import type { HttpClient } from "../../http/client.ts";
import { toFailure } from "../../http/failures.ts";
import { datadogOrigin, refused } from "../../http/origins.ts";
import type { UserResponse } from "./api.ts";
import { includedPermissions } from "./convert.ts";
import { doubtNobody, neverEmpty } from "./doubts.ts";
import { createGet } from "./get.ts";
import { preflight } from "./preflight.ts";
import { createReader, type Reader } from "./reader.ts";
import { readUserTeams } from "./userTeams.ts";
import { openDatadogWriter } from "./writer.ts";

/** Nothing is sent, and no client loaded, before the first question. */
export function openDatadog(config: OrganizationConfig, http: HttpClient): TargetConnector {
  return {
    readTarget: (query, context) => readTarget(config, http, query, context),
    readTeamsOf: (accountIds, context) => readTeamsOf(config, http, accountIds, context),
    openWriter: async () => openDatadogWriter(config, http),
  };
}

async function readTarget(
  config: OrganizationConfig,
  http: HttpClient,
  query: TargetQuery,
  context: ReadContext,
): Promise<TargetInventory> {
  const origin = datadogOrigin(config.site.value);
  if (!origin) return nothing(config, refused(config.name, `"${config.site.value}" is none of Datadog's sites`));
  const asOf = http.now();
  try {
    const reader = await createReader({ connection: config.name, origin, use: "read" }, http, context);
    const { actor, self, stop } = await preflight(config, reader, asOf);
    if (stop) return { ...nothing(config, stop), actor };
    return { name: config.name, site: config.site.value, actor, ...(await readParts(reader, self, query)) };
  } catch (error) {
    return nothing(config, toFailure(error, config.name));
  }
}

async function readParts(reader: Reader, self: UserResponse | undefined, query: TargetQuery) {
  const [{ roles, permissions }, accounts, teams, mappings, switches, extras] = await Promise.all([
    reader.readRoles(self),
    reader.readAccounts(),
    reader.readTeams(),
    Promise.all([reader.readMappings("role"), reader.readMappings("team")]),
    reader.readSwitches(),
    readExtras(reader, self, query),
  ]);
  const asked = teams.state === "known" ? wantedTeams([...teams.items.values()], query) : [];
  const members = await Promise.all(
    asked.map(
      async (team): Promise<[string, Knowledge<TeamMember>]> => [
        team.id,
        doubtNobody(reader.system, team, await reader.readTeamMembers(team.id)),
      ],
    ),
  );
  return {
    permissions,
    roles: neverEmpty(reader.system, "roles", roles),
    accounts: neverEmpty(reader.system, "accounts", accounts),
    teams,
    teamMembers: new Map(members),
    mappings: unite(...mappings),
    switches,
    ...extras,
  };
}

function wantedTeams(all: readonly Team[], { teams, moreTeams = 0 }: TargetQuery): readonly Team[] {
  const named = new Set(teams);
  const more = new Set([...all].sort((a, b) => (a.handle < b.handle ? -1 : 1)).slice(0, moreTeams));
  return all.filter((team) => named.has(team.handle) || more.has(team));
}

/** Permissions of which one at least makes it worth while to ask. */
const EXTRA_PERMISSIONS: Readonly<Record<TargetExtra, readonly string[]>> = {
  credentials: ["api_keys_read", "org_app_keys_read"],
  audit: ["audit_logs_read"],
};

/** What an ordinary refresh does not ask for, as far as the key's owner may see it. */
async function readExtras(
  reader: Reader,
  self: UserResponse | undefined,
  { include = [], window }: TargetQuery,
): Promise<Pick<TargetInventory, "credentials" | "audit">> {
  const held = self && new Set(includedPermissions(self).map(({ attributes }) => attributes?.name));
  const isAsked = (extra: TargetExtra) =>
    include.includes(extra) && (!held?.size || EXTRA_PERMISSIONS[extra].some((name) => held.has(name)));
  const [credentials, audit] = await Promise.all([
    isAsked("credentials") ? reader.readCredentials() : undefined,
    isAsked("audit") ? reader.readAudit(window) : undefined,
  ]);
  const lists = credentials && [credentials.apiKeys, credentials.applicationKeys, credentials.tokens];
  return {
    ...(lists?.some(isAnswered) && { credentials }),
    ...(audit && isAnswered(audit.events) && { audit }),
  };
}

/** False when a read broke: that is no answer for a day. What is left out is asked for again by the next refresh. */
function isAnswered(knowledge: Knowledge<unknown>): boolean {
  return knowledge.state === "known" || knowledge.why.kind === "denied" || knowledge.why.kind === "rejected";
}

/** One request for each account: the teams that the files name are no answer to where somebody is. */
async function readTeamsOf(
  config: OrganizationConfig,
  http: HttpClient,
  accountIds: readonly string[],
  context: ReadContext,
): Promise<ReadonlyMap<string, Knowledge<string>>> {
  const origin = datadogOrigin(config.site.value);
  if (!origin) {
    const why = refused(config.name, `"${config.site.value}" is none of Datadog's sites`);
    return new Map(accountIds.map((id) => [id, unknown(why)]));
  }
  const address = { connection: config.name, origin, use: "read" } as const;
  const get = createGet(http, address, context.signal);
  let done = 0;
  const read = async (id: string) => {
    const teams = await readUserTeams(get, config.name, id, http.now());
    context.report?.({ what: "lists of teams", done: ++done, total: accountIds.length });
    return [id, teams] as const;
  };
  return new Map(await Promise.all(accountIds.map(read)));
}

function nothing(config: OrganizationConfig, why: Failure): TargetInventory {
  const none = unknown(why);
  return {
    name: config.name,
    site: config.site.value,
    actor: none,
    permissions: none,
    roles: none,
    accounts: none,
    teams: none,
    teamMembers: new Map(),
    mappings: none,
    switches: { roleMapping: none, teamSource: none, justInTime: none },
  };
}
