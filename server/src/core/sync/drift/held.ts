/** Differences that no apply settles: the plan holds them back, and says why. */

import { indexBy, push } from "../../model/maps.ts";
import { keyOf } from "../desire/desired.ts";
import type { Diff } from "../diff/diff.ts";
import type { Change, HeldBack } from "../plan.ts";
import type { HoldingDifference } from "./drift.ts";

/** What a plan does and leaves, made ready to be asked about many differences. */
export interface Settling {
  /** By `keyOf`, a team by its handle. */
  readonly settled: ReadonlySet<string>;
  /** What is held back of each person, by handle. */
  readonly people: ReadonlyMap<string, readonly HeldBack[]>;
  /** Why whole teams are left alone, by `team sre`. */
  readonly things: ReadonlyMap<string, readonly HeldBack[]>;
}

/** What a plan of these changes settles. */
export function settlingOf({ changes, heldBack }: Pick<Diff, "changes" | "heldBack">): Settling {
  const people = new Map<string, HeldBack[]>();
  for (const held of heldBack) for (const handle of held.people) push(people, handle, held);
  return { settled: new Set(changes.flatMap(keysOf)), people, things: indexBy(heldBack, ({ what }) => what) };
}

/** Undefined for what an apply settles. */
export function whyHeldBack(
  { settled, people, things }: Settling,
  { kind, what, account }: Pick<HoldingDifference, "kind" | "what" | "account">,
): string | undefined {
  if (settled.has(keyOf(kind, what.id, account.id))) return undefined;
  const about = people.get(account.name) ?? [];
  const own = about.filter((held) => held.what.includes(what.name));
  const whole = kind === "team" ? (things.get(`team ${what.name}`) ?? []) : [];
  const found = [own, whole, about].find((some) => some.length > 0) ?? [];
  const reasons = [...new Set(found.map(({ why }) => why))];
  return reasons.length > 0 ? reasons.join("; ") : "a plan leaves it as it is";
}

function keysOf(change: Change): readonly string[] {
  switch (change.action) {
    case "set-roles":
      return [...change.grants, ...change.revokes].map(({ id }) => keyOf("role", id, change.account.id));
    case "set-members":
      return [...change.grants, ...change.revokes].map(({ id }) => keyOf("team", change.team.name, id));
    case "set-active":
      return change.roles.map(({ id }) => keyOf("role", id, change.account.id));
    default:
      return [];
  }
}
