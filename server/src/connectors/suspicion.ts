/**
 * Doubt of sudden emptiness. Directories have answered 200 with nothing when something was wrong inside, and tools removed
 * everybody; so nothing, where there was something, is believed the second time only.
 */

import type { DirectoryInventory } from "../core/model/directory.ts";
import { type Failure, isComplete, itemsOf, type Knowledge, unknown } from "../core/model/knowledge.ts";
import type { Instant } from "../core/model/time.ts";

/** Two answers within a minute may come from the same hiccup, so the second must be later than that. */
export const CONFIRM_AFTER_MS = 60_000;

/** `emptied` knows the listing by this name, and look-ups by their text after a prefix; ids of groups look like neither. */
const LISTING = "groups";
const LOOKUP = "lookup ";

/**
 * The inventory with collections taken back to unknown that are empty though `previous` holds something there, and with
 * the time of the first such answer in `emptied`. A look-up counts as well: a search that is out of order finds nothing
 * for every name, and the people of all those groups would lose what they have.
 */
export function doubtEmptiness(next: DirectoryInventory, previous: DirectoryInventory | undefined): DirectoryInventory {
  if (!previous) return next;
  const emptied = new Map<string, Instant>();
  const doubt = <T>(key: string, what: string, now: Knowledge<T>, before: Knowledge<T> | undefined): Knowledge<T> => {
    if (!isComplete(now) || now.items.size > 0 || itemsOf(before).size === 0) return now;
    const first = previous.emptied?.get(key) ?? now.asOf;
    if (Date.parse(now.asOf) - Date.parse(first) >= CONFIRM_AFTER_MS) return now;
    emptied.set(key, first);
    return unknown(suddenlyEmpty(next.name, what, itemsOf(before).size));
  };
  const isComparable = next.filter === previous.filter;
  const groups = isComparable ? doubt(LISTING, "groups", next.groups, previous.groups) : next.groups;
  const named = new Map(
    [...next.named].map(([text, now]) => [
      text,
      doubt(LOOKUP + text, `group "${text}"`, now, previous.named.get(text)),
    ]),
  );
  const members = new Map(
    [...next.members].map(([id, now]) => [id, doubt(id, `members of ${id}`, now, previous.members.get(id))]),
  );
  return { ...next, groups, named, members, ...(emptied.size > 0 && { emptied }) };
}

function suddenlyEmpty(system: string, what: string, before: number): Failure {
  return {
    kind: "incomplete",
    system,
    message: `${system} answered with no ${what}, where there were ${before}; this is believed when a later read says so too`,
  };
}
