/** Accounts, their roles one by one, and members of teams that SCIM does not manage. */

import type { Account } from "../../core/model/target.ts";
import type { NewAccount, TargetWriter } from "../../core/sync/connector.ts";
import { RequestError } from "../../http/failures.ts";
import { refused } from "../../http/origins.ts";
import { toAccount } from "./convert.ts";
import { ALREADY_MEMBER, NO_EMPTY_ROLE_SET, NOT_A_MEMBER, PAGE_SIZE, ROLE_NOT_HELD } from "./quirks.ts";
import type { Reader } from "./reader.ts";
import { acceptStatus, type Call, type Doors, expected, isRejectedWith, postSurely, wholeOf } from "./writing.ts";

type AccountWriter = Pick<
  TargetWriter,
  | "readAccounts"
  | "addRole"
  | "removeRole"
  | "addTeamMembers"
  | "removeTeamMembers"
  | "findAccount"
  | "createAccount"
  | "setActive"
>;

/**
 * What a push does to accounts and to teams that SCIM does not manage. Taking what is not held any more succeeds;
 * adding and creating look before a request is sent again, so that a lost answer makes no second one.
 */
export function accountWriter(call: Call): AccountWriter {
  return {
    readAccounts: (accountIds, context) => call(context, ({ reader }) => readAccounts(reader, accountIds)),
    addRole: (accountId, roleId, context) => call(context, (doors) => addRole(doors, accountId, roleId)),
    removeRole: (accountId, roleId, context) =>
      call(context, ({ api }) => api.removeUserFromRole(accountId, roleId).catch(acceptStatus(ROLE_NOT_HELD))),
    addTeamMembers: (teamId, accountIds, context) =>
      call(context, (doors) => onePerRequest(accountIds, (id) => addTeamMember(doors, teamId, id))),
    removeTeamMembers: (teamId, accountIds, context) =>
      call(context, ({ api }) =>
        onePerRequest(accountIds, (id) => api.removeTeamMember(teamId, id).catch(acceptStatus(NOT_A_MEMBER))),
      ),
    findAccount: (handle, context) => call(context, (doors) => find(doors, handle)),
    createAccount: (account, context) => call(context, (doors) => create(doors, account)),
    setActive: (accountId, active, through, context) =>
      call(context, ({ scim, api }) =>
        through === "scim" ? scim.setActive(accountId, active) : api.setDisabled(accountId, !active),
      ),
  };
}

/** A handful is read one by one; for more, the first page of the listing tells what the whole of it would cost. */
const FEW_ACCOUNTS = 3;

async function readAccounts(reader: Reader, accountIds: readonly string[]): Promise<readonly Account[]> {
  const wanted = new Set(accountIds);
  const isListed = wanted.size > FEW_ACCOUNTS && (await pagesOfUsers(reader)) <= wanted.size;
  if (isListed) return wholeOf(await reader.readAccounts()).filter(({ id }) => wanted.has(id));
  const found = await Promise.all([...wanted].map((id) => reader.api.readUser(id).then(toAccount).catch(toNobody)));
  return found.filter((account) => account !== undefined);
}

function toNobody(error: unknown): undefined {
  if (!(error instanceof RequestError) || !isRejectedWith(404, error)) throw error;
}

async function pagesOfUsers({ api }: Reader): Promise<number> {
  const { total = Number.POSITIVE_INFINITY } = await api.readUsers(0);
  return Math.ceil(total / PAGE_SIZE);
}

async function addRole(doors: Doors, accountId: string, roleId: string): Promise<void> {
  await postSurely(doors, {
    look: async () => toAccount(await doors.reader.api.readUser(accountId))?.roleIds.includes(roleId) || null,
    post: async () => {
      await doors.api.addUserToRole(accountId, roleId);
      return true;
    },
    isLooked: true,
  });
}

/** Who was put in by an earlier try is told by the answer to the next one, so nobody needs to look. */
async function addTeamMember(doors: Doors, teamId: string, accountId: string): Promise<void> {
  await postSurely(doors, {
    look: async () => null,
    post: async () => doors.api.addTeamMember(teamId, accountId).catch(acceptStatus(ALREADY_MEMBER)),
  });
}

/** Without a role Datadog chooses one, so such an account is not made. */
async function create(doors: Doors, { handle, name, roleIds, through }: NewAccount): Promise<Account> {
  const { scim, api, system } = doors;
  if (roleIds.length === 0) throw new RequestError(refused(system, NO_EMPTY_ROLE_SET));
  return postSurely(doors, {
    look: () => find(doors, handle),
    async post() {
      const made =
        through === "scim"
          ? await scim.createUser({ userName: handle, name, roleIds })
          : (await api.createUser({ email: handle, name, roleIds })).id;
      return expected(toAccount(await doors.reader.api.readUser(made ?? "")), system, "a user without a handle");
    },
    isLooked: true,
  });
}

/** The filter finds parts of handles, names and addresses, so what was asked for is checked again here. */
async function find({ reader }: Doors, handle: string): Promise<Account | null> {
  const rows = await reader.api.findUsers(handle);
  return rows.map(toAccount).find((account) => account?.handle === handle.toLowerCase()) ?? null;
}

/** A person who is rejected does not hold up the others; the first rejection is told in the end. */
async function onePerRequest(ids: readonly string[], send: (id: string) => Promise<void>): Promise<void> {
  let rejected: unknown;
  for (const id of new Set(ids)) {
    try {
      await send(id);
    } catch (error) {
      if (!(error instanceof RequestError) || error.failure.kind !== "rejected") throw error;
      rejected ??= error;
    }
  }
  if (rejected !== undefined) throw rejected;
}
