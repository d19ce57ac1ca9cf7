/** Collects what a plan leaves alone: the same thing for the same reason is one entry, however many people it concerns. */

import { compareText } from "../model/order.ts";
import type { Cause, HeldBack } from "./plan.ts";
import { foldPeople } from "./render/words.ts";

/** Entries by what people do (`keep SRE`) and why; handles are gathered. */
export type HeldBackTable = Map<string, { readonly verbs: Verbs; readonly why: string; readonly people: Set<string> }>;

/** The same words for one person and for several: `["keeps SRE", "keep SRE"]`. */
export type Verbs = readonly [one: string, many: string];

/**
 * Reasons that wait for somebody else. Datadog then matches the files as far as it can: what is missing is an account,
 * not a push.
 */
export const WAITS_FOR = {
  account: "no Datadog account yet; the identity provider creates accounts, the next push gives them their access",
  enabling: "disabled in Datadog",
} as const;

/** True when Datadog does not differ from the files because of this entry. */
export function isWaiting({ why }: HeldBack): boolean {
  return why === WAITS_FOR.account || why === WAITS_FOR.enabling;
}

/** Nothing held back yet. */
export function newHolding(): HeldBackTable {
  return new Map();
}

/** One more person for whom this is left alone, for this reason. `verbs` and `why` together are the entry. */
export function holdPerson(holding: HeldBackTable, handle: string, verbs: Verbs, why: string): void {
  const key = `${verbs[0]}\n${why}`;
  const entry = holding.get(key);
  if (entry) entry.people.add(handle);
  else holding.set(key, { verbs, why, people: new Set([handle]) });
}

/** Sorted by what and why: vendors list accounts and roles in no order that lasts. */
export function toHeldBack(holding: HeldBackTable): readonly HeldBack[] {
  return [...holding]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, { verbs, why, people }]) => {
      const handles = [...people].sort(compareText);
      return { what: `${foldPeople(handles)} ${verbs[handles.length === 1 ? 0 : 1]}`, why, people: handles };
    });
}

/** An entry about a thing rather than people. */
export function holdThing(what: string, why: string, cause?: Cause): HeldBack {
  return { what, why, people: [], ...placeOf(cause) };
}

/** Where in the files a cause stands, or nothing when it stands nowhere. */
export function placeOf(cause: Cause | undefined): Pick<Cause, "place" | "line"> {
  if (!cause?.place) return {};
  return cause.line === undefined ? { place: cause.place } : { place: cause.place, line: cause.line };
}
