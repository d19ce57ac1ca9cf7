/** Reads one Datadog organization. The parts are independent: what cannot be read is unknown, the rest stands. */

import { type Failure, type Knowledge, partial, unknown } from "../../core/model/knowledge.ts";
import type { OrganizationConfig } from "../../core/model/project.ts";
import type { AuthnMapping, TargetInventory, TeamMember } from "../../core/model/target.ts";
import type { ReadContext, TargetConnector, TargetExtra, TargetQuery } from "../../core/sync/connector.ts";
import type { HttpClient } from "../../http/client.ts";
import { toFailure } from "../../http/failures.ts";
import { datadogOrigin, refused } from "../../http/origins.ts";
import type { UserResponse } from "./api.ts";
import { includedPermissions } from "./convert.ts";
import { preflight } from "./preflight.ts";
import { createReader, type Reader } from "./reader.ts";
import { openDatadogWriter } from "./writer.ts";

export function openDatadog(config: OrganizationConfig, http: HttpClient): TargetConnector {
  return {
    readTarget: (query, context) => readTarget(config, http, query, context),
    openWriter: () => openDatadogWriter(config, http),
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
  const wanted = new Set(query.teams);
  const asked = teams.state === "known" ? [...teams.items.values()].filter((team) => wanted.has(team.handle)) : [];
  const members = await Promise.all(
    asked.map(
      async (team): Promise<[string, Knowledge<TeamMember>]> => [team.id, await reader.readTeamMembers(team.id)],
    ),
  );
  return {
    permissions,
    roles,
    accounts,
    teams,
    teamMembers: new Map(members),
    mappings: union(...mappings),
    switches,
    ...extras,
  };
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

/** Two halves of one list: whole only if both are. */
function union(a: Knowledge<AuthnMapping>, b: Knowledge<AuthnMapping>): Knowledge<AuthnMapping> {
  const [known, other] = a.state === "known" ? [a, b] : [b, a];
  if (known.state === "unknown") return known;
  if (other.state === "unknown") return partial(known.source, known.asOf, known.items, other.why);
  const items = new Map([...known.items, ...other.items]);
  return {
    ...known,
    ...other,
    complete: known.complete && other.complete,
    items,
    asOf: known.asOf,
    ...pickGap(known.gap ?? other.gap),
  };
}

function pickGap(gap: Failure | undefined): { readonly gap?: Failure } {
  return gap ? { gap } : {};
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
