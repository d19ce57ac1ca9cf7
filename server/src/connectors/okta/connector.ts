/** Reads an Okta organization: groups by pattern, by name and by id, and the members of the groups that are asked for. */

import type { Group, Principal } from "../../core/model/directory.ts";
import { isComplete, type Knowledge, unite, unknown, weaken } from "../../core/model/knowledge.ts";
import type { DirectoryConfig } from "../../core/model/project.ts";
import type { DirectoryConnector } from "../../core/sync/connector.ts";
import type { HttpClient } from "../../http/client.ts";
import { malformed } from "../../http/failures.ts";
import { incomplete } from "../../http/listing.ts";
import { oktaOrigin, refused } from "../../http/origins.ts";
import { type DirectorySource, nothingKnown, readThrough } from "../directoryRead.ts";
import { suggest } from "../suggest.ts";
import {
  findGroupsById,
  findGroupsByName,
  listDeactivated,
  listGroups,
  listMembers,
  listUsers,
  suggestGroups,
  toSearch,
  type WireGroup,
} from "./api.ts";
import { type ChangedListing, cursorAt, followChanges, updateListing } from "./changes.ts";
import { toGroup, toPrincipal } from "./convert.ts";
import { readCredentials } from "./credentials.ts";
import { contradictsCount } from "./quirks.ts";
import { NEEDS, type Okta, readRows, toList } from "./rows.ts";
import { markFed, readFedGroups } from "./rules.ts";

/**
 * Nothing is sent before the first question. A domain that is no host of Okta's makes everything unknown, and no
 * credential leaves for it.
 */
export function openOkta(config: DirectoryConfig, http: HttpClient): DirectoryConnector {
  const origin = oktaOrigin(config.domain);
  const noHost = refused(config.name, `"${config.domain ?? ""}" is not the host of an Okta organization`);
  return {
    readDirectory: async (query, context) => {
      if (!origin) return nothingKnown(config, query, noHost);
      const okta = { address: { connection: config.name, origin }, http, context };
      return readThrough(createSource(config, okta), config, query, context, http.now());
    },
    async readPeople(context) {
      if (!origin) return unknown(noHost);
      const okta = { address: { connection: config.name, origin }, http, context };
      const [here, left] = await Promise.all([
        readRows(okta, listUsers(okta.address), "people", toPrincipal, true),
        readRows(okta, listDeactivated(okta.address), "people who left", toPrincipal),
      ]);
      return unite(here, left);
    },
    async suggestGroups(beginning, most, context) {
      if (!origin) return { ok: false, why: noHost };
      const system = config.name;
      const request = suggestGroups({ connection: system, origin }, beginning, most);
      const toPage = (json: unknown) => {
        const items = toList<WireGroup>(json, system, "groups");
        return { items, isLast: items.length < most };
      };
      return suggest(http, { system, request, needs: NEEDS, beginning, toPage, convert: toGroup }, context);
    },
  };
}

function createSource(config: DirectoryConfig, okta: Okta): DirectorySource {
  const { address, http } = okta;
  const started = http.now();
  let updated: ChangedListing | undefined;
  let fed: Promise<ReadonlyMap<string, string>> | undefined;

  /** Rules are asked for once, and not before some group was read: without a credential one failure is enough. */
  async function withRules(groups: Knowledge<Group>): Promise<Knowledge<Group>> {
    if (groups.state === "unknown" || groups.items.size === 0) return groups;
    fed ??= readFedGroups(okta);
    return markFed(groups, await fed);
  }

  return {
    async listGroups(since) {
      updated = await updateListing(okta, config.groups, since);
      if (updated) return withRules(updated.groups);
      return withRules(await readRows(okta, listGroups(address, toSearch(config.groups)), "groups", toGroup, true));
    },
    findByName: async (name) =>
      withRules(await readRows(okta, findGroupsByName(address, name), `groups named "${name}"`, toGroup)),
    async findByIds(ids) {
      const answers = findGroupsById(address, ids).map(async ({ ids: some, request }) => {
        const rows = await readRows(okta, request, "groups by id", toGroup);
        const found = await withRules(doubtForeign(rows, some, config.name));
        return some.map((id) => [id, only(found, id)] as const);
      });
      return new Map((await Promise.all(answers)).flat());
    },
    readCredentials: () => readCredentials(okta),
    follow: (_, since) => followChanges(okta, updated, since, cursorAt(started)),
    async readMembers(group) {
      const what = `members of ${group.name}`;
      return {
        members: doubt(await readRows(okta, listMembers(address, group.id), what, toPrincipal), group, config.name),
      };
    },
  };
}

/** Groups that nobody asked for answer another question, and say nothing about those that are missing. */
function doubtForeign(found: Knowledge<Group>, ids: readonly string[], system: string): Knowledge<Group> {
  const isAsked = new Set(ids);
  if (found.state === "unknown" || [...found.items.keys()].every((id) => isAsked.has(id))) return found;
  return weaken(found, malformed(system, `${system} was asked for groups by id and answered with others`));
}

function only(found: Knowledge<Group>, id: string): Knowledge<Group> {
  if (found.state === "unknown") return found;
  const group = found.items.get(id);
  return { ...found, items: new Map(group ? [[id, group]] : []) };
}

/** A list of members is checked against the group's own count. */
function doubt(members: Knowledge<Principal>, group: Group, system: string): Knowledge<Principal> {
  const { memberCount = 0 } = group;
  if (!isComplete(members) || !contradictsCount(members.items.size, memberCount)) return members;
  const gap = incomplete(
    system,
    `${system} counts ${memberCount} members of ${group.name} and listed ${members.items.size}`,
  );
  return members.items.size === 0 ? unknown(gap) : weaken(members, gap);
}
