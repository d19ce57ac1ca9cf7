/** Performs single steps on a Datadog organization with the write credential. Nothing is thrown, nothing decided here. */

import type { OrganizationConfig } from "../../core/model/project.ts";
import type { ScimGroup } from "../../core/model/target.ts";
import type { TargetWriter } from "../../core/sync/connector.ts";
import type { HttpClient } from "../../http/client.ts";
import { RequestError } from "../../http/failures.ts";
import { datadogOrigin, refused } from "../../http/origins.ts";
import { accountWriter } from "./accountWriter.ts";
import { toAccount, toActor } from "./convert.ts";
import { mappingWriter } from "./mappingWriter.ts";
import { NO_EMPTY_ROLE_SET } from "./quirks.ts";
import type { NewScimGroup } from "./scim.ts";
import type { DatadogAddress } from "./transport.ts";
import { callsTo, type Doors, expected, listingOf, postSurely, wholeOf } from "./writing.ts";

/**
 * The write side of one organization; no client is loaded and nothing sent before the first step. A site that is none
 * of Datadog's is a failure of each step rather than an exception.
 */
export function openDatadogWriter(config: OrganizationConfig, http: HttpClient): TargetWriter {
  const system = config.name;
  const requestsBefore = http.requests(system, "write");
  const throttledBefore = http.throttled(system, "write");

  function address(): DatadogAddress {
    const origin = datadogOrigin(config.site.value);
    if (!origin) throw new RequestError(refused(system, `"${config.site.value}" is none of Datadog's sites`));
    return { connection: system, origin, use: "write" };
  }

  const call = callsTo(http, system, address);
  return {
    ...accountWriter(call),
    ...mappingWriter(call),
    readActor: (context) =>
      call(context, async ({ reader }) =>
        expected(toActor(await reader.api.readCurrentUser()), system, "no user and organization"),
      ),
    readRoles: (context) =>
      call(context, async ({ reader }) => {
        const { roles, permissions } = await reader.readRoles(await reader.api.readCurrentUser());
        wholeOf(permissions);
        return wholeOf(roles);
      }),
    readAccount: (accountId, context) =>
      call(context, async ({ reader }) =>
        expected(toAccount(await reader.api.readUser(accountId)), system, "a user without a handle"),
      ),
    readTeams: (context) => call(context, async ({ reader }) => wholeOf(await reader.readTeams())),
    readTeamMembers: (teamId, context) =>
      call(context, async ({ reader }) => wholeOf(await reader.readTeamMembers(teamId))),
    readScimGroups: (context) => call(context, async ({ scim }) => listingOf(await scim.listGroups())),
    replaceRoles: (accountId, roleIds, context) =>
      call(context, async ({ scim }) => {
        if (roleIds.length === 0) throw new RequestError(refused(system, NO_EMPTY_ROLE_SET));
        await scim.replaceRoles(accountId, roleIds);
      }),
    createScimGroup: (group, context) => call(context, (doors) => createGroup(doors, group)),
    addGroupMembers: (groupId, accountIds, context) =>
      call(context, ({ scim }) => scim.addMembers(groupId, accountIds)),
    removeGroupMembers: (groupId, accountIds, context) =>
      call(context, ({ scim }) => scim.removeMembers(groupId, accountIds)),
    requests: () => http.requests(system, "write") - requestsBefore,
    throttled: () => http.throttled(system, "write") - throttledBefore,
  };
}

/** The group is looked for by our external id, which is ours to adopt, then by its name, which is not. */
function createGroup(doors: Doors, group: NewScimGroup): Promise<ScimGroup> {
  const { scim, system } = doors;
  return postSurely(doors, {
    async look() {
      const [ours] = listingOf(await scim.listGroups({ by: "externalId", value: group.externalId }));
      if (ours) return ours;
      const [other] = listingOf(await scim.listGroups({ by: "displayName", value: group.displayName }));
      if (other) throw new RequestError(refused(system, describeForeign(other)));
      return null;
    },
    post: () => scim.createGroup(group),
  });
}

function describeForeign(group: ScimGroup): string {
  const owner = group.externalId === undefined ? "without external id" : `with the external id "${group.externalId}"`;
  return `a SCIM group named "${group.displayName}" exists ${owner}; it belongs to another writer and is left alone`;
}
