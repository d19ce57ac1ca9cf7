/** Reads a Google Workspace customer: groups by address pattern, by address and by id, and the members that are asked for. */

import type { Group, Principal } from "../../core/model/directory.ts";
import { itemsOf, unite } from "../../core/model/knowledge.ts";
import type { DirectoryConfig } from "../../core/model/project.ts";
import type { DirectoryConnector } from "../../core/sync/connector.ts";
import type { HttpClient } from "../../http/client.ts";
import { type DirectorySource, readThrough } from "../directoryRead.ts";
import { noSuggestions, suggest } from "../suggest.ts";
import { listGroups, listUsers, NEEDS, suggestGroups, toQuery, type WireGroup, type WireUser } from "./api.ts";
import { toGroup, toPrincipal } from "./convert.ts";
import { readCredentials } from "./credentials.ts";
import { type Google, parsePage, readRows } from "./list.ts";
import { createMemberReader } from "./members.ts";
import { readOne } from "./one.ts";

/**
 * Nothing is sent before the first question. Without a customer in the configuration it is the one that the credential
 * belongs to.
 */
export function openGoogle(config: DirectoryConfig, http: HttpClient): DirectoryConnector {
  const address = { connection: config.name, customer: config.customer ?? "my_customer" };
  return {
    readDirectory: (query, context) =>
      readThrough(createSource(config, { address, http, context }), config, query, context, http.now()),
    async readPeople(context) {
      const google = { address, http, context };
      const [here, left] = await Promise.all([
        readRows(google, listUsers(address), "people", toPrincipal, true),
        readRows(google, listUsers(address, true), "people who were deleted", toDeleted),
      ]);
      return unite<Principal>(here, left);
    },
    async suggestGroups(beginning, most, context) {
      const system = config.name;
      const list = suggestGroups(address, beginning, most);
      if (!list) return noSuggestions();
      const toPage = (json: unknown) => {
        const { rows, token } = parsePage<WireGroup>(json, list.key, system, "groups");
        return { items: rows, isLast: token === undefined };
      };
      return suggest(
        http,
        { system, request: list.request, needs: NEEDS, beginning, toPage, convert: toGroup },
        context,
      );
    },
  };
}

function toDeleted(wire: WireUser): Principal | undefined {
  const found = toPrincipal(wire);
  return found && { ...found, state: "deactivated" };
}

/** There is no list of changes and members carry no dates, so every read is whole. */
function createSource(config: DirectoryConfig, google: Google): DirectorySource {
  let listed: ReadonlyMap<string, Group> = new Map();
  const { readMembers } = createMemberReader(google, (id) => listed.get(id));
  return {
    async listGroups() {
      const groups = await readRows(
        google,
        listGroups(google.address, toQuery(config.groups)),
        "groups",
        toGroup,
        true,
      );
      listed = itemsOf(groups);
      return groups;
    },
    findByName: (name) => readOne(google, name, (group) => group.name === name),
    findByIds: async (ids) =>
      new Map(
        await Promise.all(ids.map(async (id) => [id, await readOne(google, id, (group) => group.id === id)] as const)),
      ),
    readMembers,
    readCredentials: () => readCredentials(google, config.serviceAccount),
  };
}
