/** How old an answer is, and what to say where there is none. */

import { countOf } from "../../analysis/words.ts";
import type { Failure } from "../../model/knowledge.ts";
import { type Instant, minutesBetween, renderInstant } from "../../model/time.ts";
import { code, prose } from "../support/markdown.ts";

/** `Read from okta at 14:02 UTC, 3 minutes ago.` */
export function readAt(source: string, asOf: Instant, now: Instant): string {
  return `Read from ${code(source)} at ${renderInstant(asOf, now)}, ${ago(asOf, now)}.`;
}

/** `Members not checked: timeout.`, with the time of the last good answer where there was one. */
export function notChecked(what: string, why: Failure, now: Instant, lastGood?: Instant): string {
  const since = lastGood === undefined ? "" : ` since ${renderInstant(lastGood, now)}`;
  return `${what} not checked${since}: ${prose(why.message)}.`;
}

/** `just now`, `3 minutes ago`. */
export function ago(asOf: Instant, now: Instant): string {
  const minutes = minutesBetween(asOf, now);
  if (minutes < 1) return "just now";
  if (minutes < 120) return `${countOf(minutes, "minute")} ago`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} hours ago` : `${Math.floor(minutes / 1440)} days ago`;
}
