/** Reads a Google Workspace customer: groups by address pattern, by address and by id, and the members that are asked for. */

import type { Group } from "../../core/model/directory.ts";
import { complete, type Failure, type Knowledge, unknown } from "../../core/model/knowledge.ts";
import type { DirectoryConfig } from "../../core/model/project.ts";
import type { DirectoryConnector } from "../../core/sync/connector.ts";
import type { HttpClient } from "../../http/client.ts";
import { isRecord, malformed, toFailure } from "../../http/failures.ts";
import { type DirectorySource, readThrough } from "../directoryRead.ts";
import { findGroup, listGroups, NEEDS, toQuery } from "./api.ts";
import { toGroup } from "./convert.ts";
import { type Google, readRows } from "./list.ts";
import { createMemberReader } from "./members.ts";
import { explainDenial } from "./quirks.ts";

export function openGoogle(config: DirectoryConfig, http: HttpClient): DirectoryConnector {
  const address = { connection: config.name, customer: config.customer ?? "my_customer" };
  return {
    readDirectory: (query, context) =>
      readThrough(createSource(config, { address, http, context }), config, query, context),
  };
}

/** There is no list of changes and members carry no dates, so every read is whole. */
function createSource(config: DirectoryConfig, google: Google): DirectorySource {
  const { readMembers } = createMemberReader(google);
  return {
    listGroups: () => readRows(google, listGroups(google.address, toQuery(config.groups)), "groups", toGroup, true),
    findByName: (name) => readOne(google, name, (group) => group.name === name),
    findByIds: async (ids) =>
      new Map(
        await Promise.all(ids.map(async (id) => [id, await readOne(google, id, (group) => group.id === id)] as const)),
      ),
    readMembers,
  };
}

/** One group by its key. Keys may also be other addresses of a group; those do not count as its name. */
async function readOne(google: Google, key: string, isMeant: (group: Group) => boolean): Promise<Knowledge<Group>> {
  const { address, http, context } = google;
  const system = address.connection;
  const asOf = http.now();
  try {
    const { json } = await http.sendJson(findGroup(address, key), context.signal, { needs: NEEDS });
    const group = isRecord(json) ? toGroup(json) : undefined;
    if (!group) return unknown(malformed(system, `${system} answered a group with something else`));
    return complete(system, asOf, new Map(isMeant(group) ? [[group.id, group]] : []));
  } catch (error) {
    const why = explainDenial(toFailure(error, system));
    return isAbsent(why) ? complete(system, asOf, new Map()) : unknown(why);
  }
}

/** Google's own 404; or 400 for a key that is neither an address nor an id, which no group can have. */
function isAbsent({ kind, status, message }: Failure): boolean {
  if (kind !== "rejected") return false;
  return (status === 404 && /not found/i.test(message)) || (status === 400 && /invalid input: groupKey/i.test(message));
}
