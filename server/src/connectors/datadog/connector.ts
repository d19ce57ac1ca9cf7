/** Reads one Datadog organization. The parts are independent: what cannot be read is unknown, the rest stands. */

import { type Fact, type Failure, type Knowledge, partial, unknown } from "../../core/model/knowledge.ts";
import type { OrganizationConfig } from "../../core/model/project.ts";
import type { Actor, AuthnMapping, TargetInventory, TeamMember } from "../../core/model/target.ts";
import type { ReadContext, TargetConnector, TargetQuery } from "../../core/sync/connector.ts";
import type { HttpClient } from "../../http/client.ts";
import { toFailure } from "../../http/failures.ts";
import { datadogOrigin, refused } from "../../http/origins.ts";
import type { UserResponse } from "./api.ts";
import { toActor } from "./convert.ts";
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
    const self = await readSelf(reader);
    if ("why" in self && isFinal(self.why)) return nothing(config, self.why);
    const actor = toActorFact(config, self, asOf);
    const wrong = actor.state === "known" ? findWrongOrganization(config, actor.value) : undefined;
    if (wrong) return { ...nothing(config, wrong), actor };
    return { name: config.name, site: config.site.value, actor, ...(await readParts(reader, self, query)) };
  } catch (error) {
    return nothing(config, toFailure(error, config.name));
  }
}

type Self = { readonly response: UserResponse } | { readonly why: Failure };

/** Who the credential is: needs no permission, so it tells bad keys from weak ones. */
async function readSelf(reader: Reader): Promise<Self> {
  try {
    return { response: await reader.api.readCurrentUser() };
  } catch (error) {
    return { why: toFailure(error, reader.system) };
  }
}

async function readParts(reader: Reader, self: Self, query: TargetQuery) {
  const [{ roles, permissions }, accounts, teams, mappings, roleMapping, teamSource] = await Promise.all([
    reader.readRoles("response" in self ? self.response : undefined),
    reader.readAccounts(),
    reader.readTeams(),
    Promise.all([reader.readMappings("role"), reader.readMappings("team")]),
    reader.readRoleMapping(),
    reader.readTeamSource(),
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
    switches: { roleMapping, teamSource },
  };
}

function toActorFact(config: OrganizationConfig, self: Self, asOf: string): Fact<Actor> {
  if ("why" in self) return unknown(self.why);
  const actor = toActor(self.response);
  if (actor) return { state: "known", value: actor, asOf };
  const message = `${config.name} did not say which user and organization the keys belong to`;
  return unknown({ kind: "malformed", system: config.name, message });
}

/** Reading another organization than the files mean would make every finding wrong, so nothing of it is taken. */
function findWrongOrganization(config: OrganizationConfig, actor: Actor): Failure | undefined {
  const expected = config.id?.value;
  if (expected === undefined || expected.toLowerCase() === actor.organizationId.toLowerCase()) return undefined;
  return refused(
    config.name,
    `the keys for ${config.name} belong to the organization "${actor.organizationName}" (${actor.organizationId}), but accessmap.yaml names ${expected}; use other keys or correct the id`,
  );
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

/** After these every other request would fail alike. A 403 may be a narrow key that can still read other parts. */
function isFinal(why: Failure): boolean {
  const kinds: readonly Failure["kind"][] = ["not-configured", "refused", "cancelled", "unreachable", "throttled"];
  return kinds.includes(why.kind) || why.status === 401;
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
    switches: { roleMapping: none, teamSource: none },
  };
}
