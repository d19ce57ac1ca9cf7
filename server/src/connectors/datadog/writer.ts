/** Performs single steps on a Datadog organization with the write credential. Nothing is thrown, nothing decided here. */

import { gapOf, itemsOf, type Knowledge } from "../../core/model/knowledge.ts";
import type { OrganizationConfig } from "../../core/model/project.ts";
import type { ScimGroup } from "../../core/model/target.ts";
import type { Attempt, ReadContext, TargetWriter } from "../../core/sync/connector.ts";
import type { HttpClient } from "../../http/client.ts";
import { malformed, RequestError, toFailure } from "../../http/failures.ts";
import type { Listing } from "../../http/listing.ts";
import { datadogOrigin, refused } from "../../http/origins.ts";
import { toAccount, toActor } from "./convert.ts";
import { NO_EMPTY_ROLE_SET, ROLE_NOT_HELD } from "./quirks.ts";
import { createReader, type Reader } from "./reader.ts";
import { createScimClient, type ScimClient } from "./scim.ts";
import type { DatadogAddress } from "./transport.ts";

export function openDatadogWriter(config: OrganizationConfig, http: HttpClient): TargetWriter {
  const system = config.name;
  const requestsBefore = http.requests(system, "write");

  function address(): DatadogAddress {
    const origin = datadogOrigin(config.site.value);
    if (!origin) throw new RequestError(refused(system, `"${config.site.value}" is none of Datadog's sites`));
    return { connection: system, origin, use: "write" };
  }

  const withScim = <T>(context: ReadContext, step: (scim: ScimClient) => Promise<T>): Promise<Attempt<T>> =>
    attempt(system, async () => step(createScimClient(http, address(), context.signal)));
  const withReader = <T>(context: ReadContext, step: (reader: Reader) => Promise<T>): Promise<Attempt<T>> =>
    attempt(system, async () => step(await createReader(address(), http, context)));

  return {
    readActor: (context) =>
      withReader(context, async ({ api }) =>
        expected(toActor(await api.readCurrentUser()), system, "no user and organization"),
      ),
    readRoles: (context) =>
      withReader(context, async (reader) => {
        const { roles, permissions } = await reader.readRoles(await reader.api.readCurrentUser());
        wholeOf(permissions);
        return wholeOf(roles);
      }),
    readAccount: (accountId, context) =>
      withReader(context, async ({ api }) =>
        expected(toAccount(await api.readUser(accountId)), system, "a user without a handle"),
      ),
    readTeamMembers: (teamId, context) =>
      withReader(context, async (reader) => wholeOf(await reader.readTeamMembers(teamId))),
    readScimGroups: (context) => withScim(context, async (scim) => listingOf(await scim.listGroups())),
    replaceRoles: (accountId, roleIds, context) =>
      withScim(context, async (scim) => {
        if (roleIds.length === 0) throw new RequestError(refused(system, NO_EMPTY_ROLE_SET));
        await scim.replaceRoles(accountId, roleIds);
      }),
    removeRole: (accountId, roleId, context) =>
      withReader(context, ({ api }) => api.removeUserFromRole(accountId, roleId).catch(acceptAbsence)),
    createScimGroup: (group, context) =>
      withScim(context, (scim) => createGroup(scim, group, (ms) => http.wait(ms, context.signal, system), system)),
    addGroupMembers: (groupId, accountIds, context) =>
      withScim(context, (scim) => scim.addMembers(groupId, accountIds)),
    removeGroupMembers: (groupId, accountIds, context) =>
      withScim(context, (scim) => scim.removeMembers(groupId, accountIds)),
    requests: () => http.requests(system, "write") - requestsBefore,
  };
}

const CREATE_TRIES = 3;
const CREATE_PAUSE_MS = 1000;
/** When Datadog asks for a longer pause, the step fails and apply says so. */
const LONGEST_PAUSE_MS = 60_000;

/**
 * A POST whose answer got lost may have worked, so before each try the group is looked for: by our external id, which is
 * ours to adopt, then by its name, which is not.
 */
async function createGroup(
  scim: ScimClient,
  group: { readonly displayName: string; readonly externalId: string },
  pause: (ms: number) => Promise<void>,
  system: string,
): Promise<ScimGroup> {
  for (let tries = 1; ; tries++) {
    const [ours] = listingOf(await scim.listGroups({ by: "externalId", value: group.externalId }));
    if (ours) return ours;
    const [other] = listingOf(await scim.listGroups({ by: "displayName", value: group.displayName }));
    if (other) throw new RequestError(refused(system, describeForeign(other)));
    try {
      return await scim.createGroup(group);
    } catch (error) {
      if (!(error instanceof RequestError) || tries >= CREATE_TRIES || !mayHaveWorked(error)) throw error;
      const wait = error.retryAfterMs ?? CREATE_PAUSE_MS * tries;
      if (wait > LONGEST_PAUSE_MS) throw error;
      await pause(wait);
    }
  }
}

/** Throttled and unreachable ones are worth another look; so is 409, which says that the group is there. */
function mayHaveWorked({ failure }: RequestError): boolean {
  return (
    failure.kind === "throttled" ||
    failure.kind === "unreachable" ||
    failure.kind === "malformed" ||
    failure.status === 409
  );
}

function describeForeign(group: ScimGroup): string {
  const owner = group.externalId === undefined ? "without external id" : `with the external id "${group.externalId}"`;
  return `a SCIM group named "${group.displayName}" exists ${owner}; it belongs to another writer and is left alone`;
}

/** A user who does not hold the role any more is what was wanted. */
function acceptAbsence(error: unknown): void {
  if (!(error instanceof RequestError) || error.failure.status !== ROLE_NOT_HELD) throw error;
}

function listingOf<T>(listing: Listing<T>): readonly T[] {
  if (listing.gap) throw new RequestError(listing.gap);
  return listing.items;
}

/** The items of a whole read; anything less is a failure here, because apply decides on what is missing. */
function wholeOf<T>(knowledge: Knowledge<T>): readonly T[] {
  const gap = gapOf(knowledge);
  if (gap) throw new RequestError(gap);
  return [...itemsOf(knowledge).values()];
}

async function attempt<T>(system: string, step: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { ok: true, value: await step() };
  } catch (error) {
    return { ok: false, why: toFailure(error, system) };
  }
}

function expected<T>(value: T | undefined, system: string, instead: string): T {
  if (value !== undefined) return value;
  throw new RequestError(malformed(system, `${system} answered ${instead}`));
}
