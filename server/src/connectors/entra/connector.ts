/** Reads an Entra tenant: groups by pattern, by name and by id, and everybody inside the groups that are asked for. */

import { countOf } from "../../core/analysis/words.ts";
import type { Group, Principal } from "../../core/model/directory.ts";
import type { HttpRequest } from "../../core/model/http.ts";
import { isRecord } from "../../core/model/json.ts";
import {
  complete,
  type Failure,
  isComplete,
  type Knowledge,
  unite,
  unknown,
  weaken,
} from "../../core/model/knowledge.ts";
import type { DirectoryConfig } from "../../core/model/project.ts";
import type { DirectoryConnector } from "../../core/sync/connector.ts";
import type { HttpClient } from "../../http/client.ts";
import { graphOrigin } from "../../http/clouds.ts";
import { malformed, toFailure } from "../../http/failures.ts";
import { convertAll, incomplete, type Listing, toKnowledge } from "../../http/listing.ts";
import { type DirectorySource, readThrough } from "../directoryRead.ts";
import { suggest } from "../suggest.ts";
import {
  findGroup,
  findGroupsByName,
  listDeletedUsers,
  listGroups,
  listMembers,
  listUsers,
  NEEDS,
  suggestGroups,
  toFilter,
  type WireGroup,
  type WireUser,
} from "./api.ts";
import { followChanges } from "./changes.ts";
import { isNameless, isUnaddressed, toDeletedPrincipal, toGroup, toPrincipal } from "./convert.ts";
import { readCredentials } from "./credentials.ts";
import { type Graph, readList, toPage } from "./graph.ts";
import { GUID, HIDDEN, OPEN } from "./quirks.ts";

/** Nothing is sent before the first question. Without a cloud in the configuration it is the public one. */
export function openEntra(config: DirectoryConfig, http: HttpClient): DirectoryConnector {
  const address = { connection: config.name, origin: graphOrigin(config.cloud) };
  return {
    readDirectory: (query, context) =>
      readThrough(createSource(config, { address, http, context }), config, query, context, http.now()),
    readPeople: (context) => readPeople({ address, http, context }),
    suggestGroups(beginning, most, context) {
      const system = config.name;
      const request = suggestGroups(address, beginning, most);
      const toLast = (json: unknown) => {
        const { items, next } = toPage<WireGroup>(json, system, "groups");
        return { items, isLast: next === undefined };
      };
      return suggest(http, { system, request, needs: NEEDS, beginning, toPage: toLast, convert: toGroup }, context);
    },
  };
}

async function readPeople(graph: Graph): Promise<Knowledge<Principal>> {
  const system = graph.address.connection;
  const read = async (request: HttpRequest, what: string, convert: (wire: WireUser) => Principal | undefined) => {
    const asOf = graph.http.now();
    const listing = await readList<WireUser>(graph, request, what, true);
    return toKnowledge(convertAll(listing, convert, system, what), system, asOf, ({ id }) => id);
  };
  const [here, left] = await Promise.all([
    read(listUsers(graph.address), "people", toPrincipal),
    read(listDeletedUsers(graph.address), "people who were deleted", toDeletedPrincipal),
  ]);
  return doubtNameless(unite(here, left), system, "the tenant");
}

function createSource(config: DirectoryConfig, graph: Graph): DirectorySource {
  const system = graph.address.connection;
  /** Groups that hide their members or may do so: their visibility by their id. */
  const hidden = new Map<string, unknown>();
  /** How many groups the tenant has, if all of them were listed. */
  let tenantSize: number | undefined;

  function convertGroups(listing: Listing<WireGroup>, asOf: string): Knowledge<Group> {
    for (const { id, visibility } of listing.items) if (id && mayHide(visibility)) hidden.set(id, visibility);
    return toKnowledge(convertAll(listing, toGroup, system, "groups"), system, asOf, ({ id }) => id);
  }

  async function readGroups(request: HttpRequest, what: string, isReported = false): Promise<Knowledge<Group>> {
    const asOf = graph.http.now();
    return convertGroups(await readList<WireGroup>(graph, request, what, isReported), asOf);
  }

  /** A group that does not exist is a 404, and a text that is no id could not be one. */
  async function readOne(id: string): Promise<Knowledge<Group>> {
    const asOf = graph.http.now();
    if (!GUID.test(id)) return complete(system, asOf, new Map());
    try {
      const { json } = await graph.http.sendJson(findGroup(graph.address, id), graph.context.signal, { needs: NEEDS });
      if (isRecord(json) && String(json.id).toLowerCase() === id.toLowerCase())
        return convertGroups({ items: [{ ...json, id }] }, asOf);
      return unknown(malformed(system, `${system} answered a group with something else`));
    } catch (error) {
      const why = toFailure(error, system);
      return isAbsent(why) ? complete(system, asOf, new Map()) : unknown(why);
    }
  }

  return {
    async listGroups() {
      const groups = await readGroups(listGroups(graph.address, toFilter(config.groups)), "groups", true);
      if (isComplete(groups) && config.groups === undefined) tenantSize = groups.items.size;
      return groups;
    },
    findByName: (name) => readGroups(findGroupsByName(graph.address, name), `groups named "${name}"`),
    findByIds: async (ids) => new Map(await Promise.all(ids.map(async (id) => [id, await readOne(id)] as const))),
    readCredentials: () => readCredentials(graph, config.tenant),
    follow: (wanted, since) => followChanges(graph, wanted, since, tenantSize),
    async readMembers({ id, name }) {
      if (hidden.has(id)) return { members: unknown(hidesMembers(system, name, hidden.get(id))) };
      const asOf = graph.http.now();
      const listing = await readList<WireUser>(graph, listMembers(graph.address, id), `members of ${name}`);
      const converted = convertAll(listing, toPrincipal, system, `members of ${name}`);
      return {
        members: doubtNameless(
          toKnowledge(converted, system, asOf, (person) => person.id),
          system,
          name,
        ),
      };
    },
  };
}

/**
 * Members whose names the application may not see cannot be found in a target, where it would look as if they were in no
 * group; so the list does not count as whole.
 */
function doubtNameless(members: Knowledge<Principal>, system: string, group: string): Knowledge<Principal> {
  if (!isComplete(members)) return members;
  const people = [...members.items.values()];
  const [nameless, unaddressed] = [people.filter(isNameless).length, people.filter(isUnaddressed).length];
  if (nameless > 0)
    return weaken(
      members,
      incomplete(
        system,
        `${system} tells ids and no names for ${countOf(nameless, "member")} of ${group}; the application needs ${NEEDS}`,
      ),
    );
  if (unaddressed === 0) return members;
  const message = `${system} tells no mail address of ${countOf(unaddressed, "guest")} in ${group}, so nobody knows which accounts are theirs; give them one in Entra ID`;
  return weaken(members, incomplete(system, message));
}

/** A 404 that Graph itself gave, and no proxy in between. */
function isAbsent({ kind, status, message }: Failure): boolean {
  return kind === "rejected" && status === 404 && message.includes("ResourceNotFound");
}

/** Left out, or another value than Graph's, it says nothing, and then the members may be hidden. */
function mayHide(visibility: unknown): boolean {
  return !OPEN.has(visibility);
}

function hidesMembers(system: string, group: string, visibility: unknown): Failure {
  const why =
    visibility === HIDDEN
      ? `${group} hides its members in ${system} (${HIDDEN}), so`
      : `${system} tells no visibility of ${group} that is known here, so its members may be hidden, and`;
  return incomplete(system, `${why} nothing is concluded about them`);
}
