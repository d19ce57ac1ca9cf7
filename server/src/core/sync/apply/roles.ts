/** Performs one `set-roles` change through SCIM: looks, writes the whole set, reads back, takes away what stayed. */

import type { Account } from "../../model/target.ts";
import type { Attempt } from "../connector.ts";
import type { Named, SetRoles } from "../plan.ts";
import { joinAnd } from "../render/words.ts";
import {
  asWanted,
  failedBy,
  idsOf,
  isSame,
  isUnsent,
  lookAfter,
  mayHaveArrived,
  notAsWanted,
  notSeen,
  type Performed,
  type Run,
  readBack,
  type Sent,
  sendSurely,
  standing,
  unverified,
  WHOLE_STEP,
} from "./run.ts";

/**
 * One write of the whole set. Roles that Datadog leaves in place although the set lacks them are taken one by one; a
 * set with something missing is never touched again, but told as failed.
 */
export async function applyRoles({ context, interrupted }: Run, change: SetRoles): Promise<Performed> {
  const { writer } = context;
  const { account } = change;
  const after = idsOf(change.after);
  const live = await writer.readAccount(account.id, WHOLE_STEP);
  if (!live.ok) return failedBy(live.why, "not written, because it could not be read first: ");
  const moved = whyMoved(change, live.value, interrupted.has(change));
  if (moved) return { result: "failed", detail: `not written: ${moved}` };
  if (isSame(new Set(live.value.roleIds), after)) return { result: "already", detail: "" };

  const write = await sendSurely(() => writer.replaceRoles(account.id, [...after], WHOLE_STEP));
  if (isUnsent(write)) return failedBy(write.why);
  const read = () => writer.readAccount(account.id, WHOLE_STEP);
  const seen = await lookAfter(context, write, read, ({ roleIds }) => isSame(new Set(roleIds), after));
  if (seen.isAsWanted) return asWanted(write);
  if (!seen.value || seen.why) return notSeen(write, seen.why);
  const leftovers = change.revokes.filter(({ id }) => seen.value?.roleIds.includes(id));
  const lacking = change.after.filter(({ id }) => !seen.value?.roleIds.includes(id));
  if (leftovers.length === 0 || lacking.length > 0 || !write.ok) return differs(change, seen.value, write);
  return removeLeftovers(change, leftovers, { context, read });
}

/** Why an account is not what the plan was made for, or undefined when it is. */
export function whyMoved(change: SetRoles, live: Account, isInterrupted: boolean): string | undefined {
  const state = standing(new Set(live.roleIds), idsOf(change.before), idsOf(change.after));
  if (state === "moved" || (state === "between" && !isInterrupted))
    return `the roles of ${change.account.name} changed since the plan was made`;
  if (live.status === "disabled" && state !== "after" && change.grants.length > 0)
    return `${change.account.name} was disabled since the plan was made`;
  return undefined;
}

/**
 * Updates through SCIM have been seen to add without taking away, so what stayed is taken role by role through the
 * roles API. Only after everything that was to be given is there. (2026-09)
 */
async function removeLeftovers(
  change: SetRoles,
  leftovers: readonly Named[],
  { context, read }: { context: Run["context"]; read: () => Promise<Attempt<Account>> },
): Promise<Performed> {
  const names = joinAnd(leftovers.map(({ name }) => name));
  for (const { id } of leftovers) {
    const removal = await context.writer.removeRole(change.account.id, id, WHOLE_STEP);
    if (!removal.ok && !mayHaveArrived(removal.why))
      return failedBy(removal.why, `${names} stayed after Datadog answered 200, and could not be taken away: `);
  }
  const after = idsOf(change.after);
  const seen = await readBack(context, read, ({ roleIds }) => isSame(new Set(roleIds), after));
  if (seen.isAsWanted)
    return { result: "done", detail: `${names} stayed after the write and was taken away by itself` };
  return seen.value && !seen.why ? differs(change, seen.value, { ok: true, value: undefined }) : unverified(seen.why);
}

/** Datadog said yes, or nothing, and the account is something else: that is a failure, whatever the status was. */
export function differs(change: SetRoles, live: Account, write: Sent): Performed {
  const held = new Set(live.roleIds);
  const known = new Set([...change.before, ...change.after].map(({ id }) => id));
  const lacking = change.after.filter(({ id }) => !held.has(id)).map(({ name }) => name);
  const staying = change.revokes.filter(({ id }) => held.has(id)).map(({ name }) => name);
  const foreign = live.roleIds.filter((id) => !known.has(id));
  const parts = [
    lacking.length > 0 ? `lacks ${joinAnd(lacking)}` : "",
    staying.length > 0 ? `still holds ${joinAnd(staying)}` : "",
    foreign.length > 0 ? `holds ${joinAnd(foreign)} besides, which this plan did not give` : "",
  ].filter((part) => part !== "");
  return notAsWanted(write, `${change.account.name} ${joinAnd(parts)}`);
}
