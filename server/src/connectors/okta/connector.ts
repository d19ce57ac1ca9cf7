/** Reads an Okta organization: groups by pattern, by name and by id, and the members of the groups that are asked for. */

import { matchesGlob } from "../../core/analysis/glob.ts";
import type { DirectoryInventory, Group, Principal } from "../../core/model/directory.ts";
import type { HttpRequest } from "../../core/model/http.ts";
import { type Failure, isComplete, itemsOf, type Knowledge, unknown, weaken } from "../../core/model/knowledge.ts";
import type { DirectoryConfig } from "../../core/model/project.ts";
import type { DirectoryConnector, DirectoryQuery, ReadContext } from "../../core/sync/connector.ts";
import type { HttpClient } from "../../http/client.ts";
import { malformed, RequestError } from "../../http/failures.ts";
import { readLinked } from "../../http/linkedPages.ts";
import { convertAll, incomplete, toKnowledge } from "../../http/listing.ts";
import { oktaOrigin, refused } from "../../http/origins.ts";
import { findGroupsById, findGroupsByName, listGroups, listMembers, type OktaAddress, toSearch } from "./api.ts";
import { toGroup, toPrincipal } from "./convert.ts";
import { contradictsCount } from "./quirks.ts";

/** Groups take the Okta administrator permission `okta.groups.read`, members `okta.users.read` besides (2026-11). */
const NEEDS = "the permissions okta.groups.read and okta.users.read";

export function openOkta(config: DirectoryConfig, http: HttpClient): DirectoryConnector {
  return { readDirectory: (query, context) => readDirectory(config, http, query, context) };
}

async function readDirectory(
  config: DirectoryConfig,
  http: HttpClient,
  query: DirectoryQuery,
  context: ReadContext,
): Promise<DirectoryInventory> {
  const origin = oktaOrigin(config.domain);
  if (!origin)
    return nothing(
      config,
      query,
      refused(config.name, `"${config.domain ?? ""}" is not the host of an Okta organization`),
    );
  const reader = createReader({ connection: config.name, origin }, http, context);
  const groups = await readListed(config, reader);
  // Each further request would fail alike, after as many tries.
  if (groups.state === "unknown" && groups.why.kind !== "malformed") return nothing(config, query, groups.why);
  const named = await readNamed(config, query, groups, reader);
  const members = await readMembers(groups, named, query, reader);
  return {
    name: config.name,
    kind: "okta",
    groups,
    named,
    members,
    ...(config.groups !== undefined && { filter: config.groups }),
  };
}

interface Reader {
  readonly address: OktaAddress;
  read<W, T extends { readonly id: string }>(
    request: HttpRequest,
    what: string,
    convert: (wire: W) => T | undefined,
    quiet?: boolean,
  ): Promise<Knowledge<T>>;
  report(what: string, done: number, total: number): void;
}

function createReader(address: OktaAddress, http: HttpClient, context: ReadContext): Reader {
  const system = address.connection;
  return {
    address,
    report: (what, done, total) => context.report?.({ what, done, total }),
    async read<W, T extends { readonly id: string }>(
      request: HttpRequest,
      what: string,
      convert: (wire: W) => T | undefined,
      quiet = false,
    ) {
      const asOf = http.now();
      const report = quiet ? undefined : (done: number) => context.report?.({ what, done });
      const toItems = (json: unknown) => toRows<W>(json, system, what);
      const listing = await readLinked(http, request, toItems, { system, what, report }, context.signal, {
        needs: NEEDS,
      });
      const converted = convertAll(listing, convert, system, what);
      return toKnowledge(converted, system, asOf, (item) => item.id);
    },
  };
}

/** Groups inside the `groups` glob. The server narrows as far as it can; the glob itself decides. */
async function readListed(config: DirectoryConfig, reader: Reader): Promise<Knowledge<Group>> {
  const isListed = nameFilter(config.groups);
  const found = await reader.read(listGroups(reader.address, toSearch(config.groups)), "groups", toGroup);
  if (found.state === "unknown") return found;
  return { ...found, items: new Map([...found.items].filter(([, group]) => isListed(group.name))) };
}

/** Names outside the glob and ids that were not listed, looked up directly. A name may stand for several groups. */
async function readNamed(
  config: DirectoryConfig,
  query: DirectoryQuery,
  groups: Knowledge<Group>,
  reader: Reader,
): Promise<Map<string, Knowledge<Group>>> {
  const isListed = nameFilter(config.groups);
  const names = [...new Set(query.names)].filter((name) => !isListed(name));
  const ids = [...new Set(query.ids)].filter((id) => !itemsOf(groups).has(id));
  const byName = names.map(async (name) => {
    const found = await reader.read(findGroupsByName(reader.address, name), `groups named "${name}"`, toGroup, true);
    return [[name, keepOnly(found, (group) => group.name === name)] as const];
  });
  const byId = findGroupsById(reader.address, ids).map(async ({ ids, request }) => {
    const found = await reader.read(request, "groups by id", toGroup, true);
    return ids.map((id) => [id, keepOnly(found, (group) => group.id === id)] as const);
  });
  return new Map((await Promise.all([...byName, ...byId])).flat());
}

/** Members of every group that the query means, each list checked against the group's own count. */
async function readMembers(
  groups: Knowledge<Group>,
  named: ReadonlyMap<string, Knowledge<Group>>,
  query: DirectoryQuery,
  reader: Reader,
): Promise<Map<string, Knowledge<Principal>>> {
  const wanted = new Map<string, Group>();
  const asked = new Set([...query.names, ...query.ids]);
  for (const group of itemsOf(groups).values())
    if (asked.has(group.name) || asked.has(group.id)) wanted.set(group.id, group);
  for (const answer of named.values()) for (const group of itemsOf(answer).values()) wanted.set(group.id, group);
  let done = 0;
  const read = async (group: Group): Promise<[string, Knowledge<Principal>]> => {
    const members = await reader.read(
      listMembers(reader.address, group.id),
      `members of ${group.name}`,
      toPrincipal,
      true,
    );
    reader.report("members", ++done, wanted.size);
    return [group.id, doubt(members, group, reader.address.connection)];
  };
  return new Map(await Promise.all([...wanted.values()].map(read)));
}

function doubt(members: Knowledge<Principal>, group: Group, system: string): Knowledge<Principal> {
  const { memberCount = 0 } = group;
  if (!isComplete(members) || !contradictsCount(members.items.size, memberCount)) return members;
  const gap = incomplete(
    system,
    `${system} counts ${memberCount} members of ${group.name} and listed ${members.items.size}`,
  );
  return members.items.size === 0 ? unknown(gap) : weaken(members, gap);
}

function nameFilter(glob: string | undefined): (name: string) => boolean {
  return glob === undefined ? () => true : (name) => matchesGlob(glob, name);
}

function keepOnly(found: Knowledge<Group>, isMeant: (group: Group) => boolean): Knowledge<Group> {
  if (found.state === "unknown") return found;
  return { ...found, items: new Map([...found.items].filter(([, group]) => isMeant(group))) };
}

function toRows<W>(json: unknown, system: string, what: string): readonly W[] {
  if (Array.isArray(json)) return json.map((row) => (typeof row === "object" && row !== null ? row : {}) as W);
  throw new RequestError(malformed(system, `${system} answered the list of ${what} with something that is no list`));
}

function nothing(config: DirectoryConfig, query: DirectoryQuery, why: Failure): DirectoryInventory {
  const named = new Map([...query.names, ...query.ids].map((name) => [name, unknown(why)] as const));
  return {
    name: config.name,
    kind: config.type,
    groups: unknown(why),
    named,
    members: new Map(),
    ...(config.groups !== undefined && { filter: config.groups }),
  };
}
