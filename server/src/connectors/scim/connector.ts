/** Reads any SCIM 2.0 service as a directory: groups, look-ups by name and id, and members. */

import type { Group } from "../../core/model/directory.ts";
import { complete, isComplete, type Knowledge, unknown } from "../../core/model/knowledge.ts";
import type { DirectoryConfig } from "../../core/model/project.ts";
import type { DirectoryConnector, DirectoryQuery, ReadContext } from "../../core/sync/connector.ts";
import type { HttpClient } from "../../http/client.ts";
import { malformed, toFailure } from "../../http/failures.ts";
import { originOf, refused } from "../../http/origins.ts";
import { type DirectorySource, nothingKnown, readThrough } from "../directoryRead.ts";
import { suggest } from "../suggest.ts";
import {
  findGroupsByName,
  listGroups,
  listUsers,
  NEEDS,
  readConfig,
  readGroup,
  type ScimAddress,
  suggestGroups,
} from "./api.ts";
import { toGroup, toPerson, toPrincipal } from "./convert.ts";
import { readResources, type Scim, toScimPage } from "./list.ts";
import { createMemberReader } from "./members.ts";
import { DEFAULT_LIMITS, type Limits, toLimits } from "./quirks.ts";

/** Nothing is sent before the first question. Without a usable URL everything is unknown, and no credential leaves. */
export function openScim(config: DirectoryConfig, http: HttpClient): DirectoryConnector {
  const base = config.url?.replace(/[?#].*$/, "").replace(/\/+$/, "") ?? "";
  const address = { connection: config.name, base };
  const noAddress =
    originOf(base) === undefined
      ? refused(config.name, `"${config.url ?? ""}" is not the address of a SCIM service`)
      : undefined;
  return {
    async readDirectory(query: DirectoryQuery, context: ReadContext) {
      if (noAddress) return nothingKnown(config, query, noAddress);
      const limits = await readLimits(address, http, context);
      return readThrough(
        createSource({ address, http, context, count: limits.count }, limits),
        config,
        query,
        context,
        http.now(),
      );
    },
    async readPeople(context) {
      if (noAddress) return unknown(noAddress);
      const { count } = await readLimits(address, http, context);
      const people = await readResources(
        { address, http, context, count },
        listUsers(address, count),
        "people",
        toPerson,
        true,
      );
      if (people.state === "unknown") return people;
      return { ...people, items: new Map([...people.items].map(([id, person]) => [id, toPrincipal(person)])) };
    },
    async suggestGroups(beginning, most, context) {
      if (noAddress) return { ok: false, why: noAddress };
      const system = config.name;
      const request = suggestGroups(address, beginning, most);
      const toPage = (json: unknown) => {
        const { items, total, next } = toScimPage(json, request.url, system, "groups");
        return { items, isLast: total !== undefined && next === undefined };
      };
      return suggest(http, { system, request, needs: NEEDS, beginning, toPage, convert: toGroup }, context);
    },
  };
}

/** A service that does not describe itself, or cannot be reached, is asked as any other; its lists tell what is wrong. */
async function readLimits(address: ScimAddress, http: HttpClient, context: ReadContext): Promise<Limits> {
  try {
    return toLimits((await http.sendJson(readConfig(address), context.signal)).json);
  } catch {
    return DEFAULT_LIMITS;
  }
}

function createSource(scim: Scim, limits: Limits): DirectorySource {
  const system = scim.address.connection;
  let all: Knowledge<Group> = unknown({ kind: "incomplete", system, message: `${system} was not read yet` });
  const { readMembers } = createMemberReader(scim, () => all, limits.canFilter);

  return {
    /** Services agree on `eq` alone, so a pattern cannot be asked for: everything is listed. */
    async listGroups() {
      all = await readResources(scim, listGroups(scim.address, scim.count), "groups", toGroup, true);
      return all;
    },
    /** The whole list answers, if it is whole; a filter is asked otherwise. Either way the name is compared here. */
    async findByName(name) {
      if (isComplete(all) || !limits.canFilter) return all;
      const request = findGroupsByName(scim.address, name, scim.count);
      return readResources(scim, request, `groups named "${name}"`, toGroup);
    },
    findByIds: async (ids) => new Map(await Promise.all(ids.map(async (id) => [id, await readOne(scim, id)] as const))),
    readMembers: async (group) => ({ members: await readMembers(group) }),
  };
}

/** The list of groups could be read, so the base address is right and a 404 means this group. */
async function readOne({ address, http, context }: Scim, id: string): Promise<Knowledge<Group>> {
  const system = address.connection;
  const asOf = http.now();
  try {
    const group = toGroup((await http.sendJson(readGroup(address, id), context.signal, { needs: NEEDS })).json);
    if (group?.id === id) return complete(system, asOf, new Map([[id, group]]));
    return unknown(malformed(system, `${system} answered a group with something else`));
  } catch (error) {
    const why = toFailure(error, system);
    return why.kind === "rejected" && why.status === 404 ? complete(system, asOf, new Map()) : unknown(why);
  }
}
