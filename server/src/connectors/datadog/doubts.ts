/**
 * Lists that cannot be right, because Datadog's other answers contradict them: a hiccup has answered 200 with nothing before.
 * Whoever reads them finds a gap instead, also where there is no earlier read to compare with.
 */

import { isComplete, type Knowledge, unknown } from "../../core/model/knowledge.ts";
import type { Team } from "../../core/model/target.ts";
import { incomplete } from "../../http/listing.ts";

/** Datadog's own roles cannot be deleted, and whoever asks has an account (2026-09). */
export function neverEmpty<T>(system: string, what: string, found: Knowledge<T>): Knowledge<T> {
  if (!isComplete(found) || found.items.size > 0) return found;
  return unknown(incomplete(system, `${system} answered with no ${what}, and no organization is without`));
}

/** The team's own count may lag, so it contradicts nothing but an empty list. */
export function doubtNobody<T>(system: string, { handle, userCount = 0 }: Team, members: Knowledge<T>): Knowledge<T> {
  if (!isComplete(members) || members.items.size > 0 || userCount === 0) return members;
  return unknown(incomplete(system, `${system} counts ${userCount} members of team ${handle} and listed none`));
}
