/** Why somebody loses something, and the names that changes go by. */

import { itemsOf } from "../model/knowledge.ts";
import { compareText } from "../model/order.ts";
import type { Role } from "../model/target.ts";
import { accountById, type Desired, keyOf } from "./desire/desired.ts";
import type { Cause, Named } from "./plan.ts";
import { foldPeople } from "./render/words.ts";

export const NOT_ADOPTED =
  "the organization is not adopted yet, so nothing is removed; `accessmap lock --adopt` allows it";

/** Why somebody loses a role or a place in a team: their own end, else what the groups say. */
export function lossCause(desired: Desired, kind: "role" | "team", id: string, name: string, accountId: string): Cause {
  const own = desired.former.get(keyOf(kind, id, accountId));
  if (own) return own;
  const givers = desired.givers.get(keyOf(kind, id)) ?? [];
  const [only] = givers;
  if (!only) return { text: `no mapping gives ${name}` };
  if (givers.length === 1) return { ...only.because, text: `not a member of ${only.group}` };
  return { text: `a member of none of ${foldPeople([...new Set(givers.map(({ group }) => group))])}` };
}

/** Undefined for a role that is gone, or that could not be read. */
export function roleOf(desired: Desired, roleId: string): Role | undefined {
  return itemsOf(desired.target.roles).get(roleId);
}

/** The live name of a role; its id stands in where it is not known. */
export function nameOf(desired: Desired, roleId: string): string {
  return roleOf(desired, roleId)?.name ?? roleId;
}

/** A role as changes hold it. */
export function namedRole(desired: Desired, roleId: string): Named {
  return { id: roleId, name: nameOf(desired, roleId) };
}

/** An account by its handle, which is what people know it by. */
export function namedAccount(desired: Desired, id: string): Named {
  return { id, name: accountById(desired, id)?.handle ?? id };
}

/** For `sort`: by name, then id, the same on every machine. */
export function byName(a: Named, b: Named): number {
  return compareText(a.name, b.name) || compareText(a.id, b.id);
}
