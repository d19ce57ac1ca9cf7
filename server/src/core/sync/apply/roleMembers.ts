/** Performs one `set-roles` change through the roles API: gives role by role, sees them there, then takes role by role. */

import type { Account } from "../../model/target.ts";
import type { Attempt } from "../connector.ts";
import type { Named, SetRoles } from "../plan.ts";
import { differs, whyMoved } from "./roles.ts";
import {
  failedBy,
  idsOf,
  isSame,
  isUnsent,
  lookAfter,
  notSeen,
  type Performed,
  type Run,
  type Seen,
  type Sent,
  WHOLE_STEP,
} from "./run.ts";

/**
 * Gives first and takes last, each seen before the next is sent. Stops at the first write that does not show; the
 * result then tells what was reached.
 */
export async function applyRoleMembers(run: Run, change: SetRoles): Promise<Performed> {
  const { writer } = run.context;
  const { account } = change;
  const live = await writer.readAccount(account.id, WHOLE_STEP);
  if (!live.ok) return failedBy(live.why, "not written, because it could not be read first: ");
  const moved = whyMoved(change, live.value, run.interrupted.has(change));
  if (moved) return { result: "failed", detail: `not written: ${moved}` };
  if (isSame(new Set(live.value.roleIds), idsOf(change.after))) return { result: "already", detail: "" };
  const given = await writeEach(run, change, {
    isOpen: ({ id }, { roleIds }) => change.grants.some((grant) => grant.id === id) && !roleIds.includes(id),
    send: ({ id }) => writer.addRole(account.id, id, WHOLE_STEP),
    from: live.value,
  });
  if (!("account" in given)) return given;
  const taken = await writeEach(run, change, {
    isOpen: ({ id }, { roleIds }) => change.revokes.some((revoke) => revoke.id === id) && roleIds.includes(id),
    send: ({ id }) => writer.removeRole(account.id, id, WHOLE_STEP),
    from: given.account,
  });
  if (!("account" in taken)) return taken;
  if (isSame(new Set(taken.account.roleIds), idsOf(change.after))) return { result: "done", detail: "" };
  return differs(change, taken.account, { ok: true, value: undefined });
}

interface RoleWrites {
  /** The role is still to be written on an account like this. */
  readonly isOpen: (role: Named, live: Account) => boolean;
  readonly send: (role: Named) => Promise<Attempt<void>>;
  readonly from: Account;
}

/** Sends what is open and reads back. What a lost answer left open is sent once more, after that look. */
async function writeEach(
  run: Run,
  change: SetRoles,
  { isOpen, send, from }: RoleWrites,
): Promise<Performed | { readonly account: Account }> {
  const openOn = (live: Account) => [...change.grants, ...change.revokes].filter((role) => isOpen(role, live));
  let live = from;
  for (let tries = 1; openOn(live).length > 0; tries++) {
    let bad: Extract<Sent, { ok: false }> | undefined;
    for (const role of openOn(live)) {
      const sent: Sent = await send(role);
      if (isUnsent(sent)) return failedBy(sent.why);
      if (!sent.ok && (!bad || isRefused(sent))) bad = sent;
    }
    const answer: Sent = bad ?? { ok: true, value: undefined };
    const seen: Seen<Account> = await lookAfter(
      run.context,
      answer,
      () => run.context.writer.readAccount(change.account.id, WHOLE_STEP),
      (account) => openOn(account).length === 0,
    );
    if (!seen.value || seen.why) return notSeen(answer, seen.why);
    live = seen.value;
    if (!seen.isAsWanted && (!bad || isRefused(bad) || tries > 1)) return differs(change, live, answer);
  }
  return { account: live };
}

function isRefused(sent: Sent): boolean {
  return !sent.ok && sent.why.kind === "rejected";
}
