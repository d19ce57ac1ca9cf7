/** Performs `create-user` and `set-active` changes, and finds the accounts that a plan created. */

import type { Account } from "../../model/target.ts";
import { type CreateUser, type Named, newHandleOf, type SetActive } from "../plan.ts";
import { joinAnd } from "../render/words.ts";
import {
  asWanted,
  failedBy,
  idsOf,
  isSame,
  isUnsent,
  lookAfter,
  notAsWanted,
  notSeen,
  type Performed,
  type Run,
  sendSurely,
  WHOLE_STEP,
} from "./run.ts";

/** Creates an account with its roles. One that is there already is never changed, only recognized. */
export async function createUser(run: Run, change: CreateUser): Promise<Performed> {
  const { writer } = run.context;
  const { account, displayName, roles, through } = change;
  const before = await writer.findAccount(account.name, WHOLE_STEP);
  if (!before.ok) return failedBy(before.why, "not created, because it could not be looked for first: ");
  if (before.value) return recognize(run, change, before.value);
  const request = { handle: account.name, name: displayName, roleIds: [...idsOf(roles)], through };
  const created = await writer.createAccount(request, WHOLE_STEP);
  if (isUnsent(created)) return failedBy(created.why);
  const seen = await lookAfter(
    run.context,
    created,
    () => writer.findAccount(account.name, WHOLE_STEP),
    (found) => found !== null && whyOther(change, found) === undefined,
  );
  if (seen.value) run.accounts.set(account.id, seen.value.id);
  if (seen.isAsWanted) return asWanted(created);
  if (seen.why) return notSeen(created, seen.why);
  const instead = seen.value ? `the account ${whyOther(change, seen.value)}` : "there is no such account";
  return notAsWanted(created, instead);
}

function recognize(run: Run, change: CreateUser, found: Account): Performed {
  const other = whyOther(change, found);
  if (other) return { result: "failed", detail: `not created: an account with this handle exists, and it ${other}` };
  run.accounts.set(change.account.id, found.id);
  return { result: "already", detail: "" };
}

function whyOther({ roles }: CreateUser, found: Account): string | undefined {
  if (found.serviceAccount) return "is a service account";
  if (found.status === "disabled") return "is disabled";
  if (isSame(new Set(found.roleIds), idsOf(roles))) return undefined;
  const lacking = roles.filter(({ id }) => !found.roleIds.includes(id)).map(({ name }) => name);
  return lacking.length > 0 ? `lacks ${joinAnd(lacking)}` : "holds roles that this plan does not give";
}

/**
 * Switches an account on or off over the door the plan chose. One with other roles than the plan saw is left alone,
 * since switching it would do something else to it.
 */
export async function setActive({ context }: Run, change: SetActive): Promise<Performed> {
  const { writer } = context;
  const { account, active, through } = change;
  const live = await writer.readAccount(account.id, WHOLE_STEP);
  if (!live.ok) return failedBy(live.why, "not written, because it could not be read first: ");
  if (isActive(live.value) === active) return { result: "already", detail: "" };
  const moved = whyActiveMoved(change, live.value);
  if (moved) return { result: "failed", detail: `not written: ${moved}` };
  const sent = await sendSurely(() => writer.setActive(account.id, active, through, WHOLE_STEP));
  if (isUnsent(sent)) return failedBy(sent.why);
  const read = () => writer.readAccount(account.id, WHOLE_STEP);
  const seen = await lookAfter(context, sent, read, (found) => isActive(found) === active);
  if (seen.isAsWanted) return asWanted(sent);
  if (seen.why) return notSeen(sent, seen.why);
  return notAsWanted(sent, `${account.name} is still ${active ? "off" : "on"}`);
}

/** Why an account is not what a plan wanted to switch: whoever was given something since was not looked at. */
export function whyActiveMoved({ account, roles, active }: SetActive, live: Account): string | undefined {
  if (isActive(live) === active || isSame(new Set(live.roleIds), idsOf(roles))) return undefined;
  return `the roles of ${account.name} changed since the plan was made`;
}

function isActive({ status }: Account): boolean {
  return status !== "disabled";
}

/** The same people by the ids they have now; those whose account was not created are left out. */
export function existing<T extends Named>(accounts: ReadonlyMap<string, string>, people: readonly T[]): readonly T[] {
  return people.flatMap((person) => {
    const id = newHandleOf(person.id) === undefined ? person.id : accounts.get(person.id);
    return id === undefined ? [] : [{ ...person, id }];
  });
}
