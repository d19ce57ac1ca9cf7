/** What changed in an Okta organization since the last read, from the dates that groups and people carry. */

import { matchesGlob } from "../../core/analysis/glob.ts";
import type { Group, Principal } from "../../core/model/directory.ts";
import { complete, gapOf, isComplete, itemsOf, type Knowledge } from "../../core/model/knowledge.ts";
import type { Instant } from "../../core/model/time.ts";
import type { Following, Since } from "../directoryRead.ts";
import { findGroupsById, listBareGroups, listChangedGroups, listChangedUsers, toSearch } from "./api.ts";
import { toGroup, toPrincipal } from "./convert.ts";
import { BARE_PAGE_SIZE, OVERLAP_MS } from "./quirks.ts";
import { type Okta, readRows } from "./rows.ts";

/** The listing brought up to date, and the groups that changed on the way. */
export interface ChangedListing {
  readonly groups: Knowledge<Group>;
  readonly changed: ReadonlySet<string>;
}

/** Cursor of a read that began at `instant`. */
export function cursorAt(instant: Instant): string {
  return `since ${instant}`;
}

/**
 * The previous listing with what changed since. A date tells nothing about groups that are gone, so groups whose members
 * are known are looked up by id; others may be listed although they are gone, until the next whole read. Undefined when
 * there is nothing whole to start from, and when a group seems to be gone: only a whole listing says that.
 */
export async function updateListing(
  okta: Okta,
  glob: string | undefined,
  since: Since | undefined,
): Promise<ChangedListing | undefined> {
  const from = since && startOf(since.cursor);
  const before = since?.previous.groups;
  if (from === undefined || !isComplete(before) || since?.previous.filter !== glob) return undefined;
  const asOf = okta.http.now();
  const rows = await readRows(okta, listChangedGroups(okta.address, from), "changed groups", toGroup);
  if (rows.state === "unknown") return { groups: rows, changed: new Set() };
  if (!isComplete(rows)) return undefined;
  const items = new Map(before.items);
  for (const [id, group] of rows.items) {
    if (glob === undefined || matchesGlob(glob, group.name)) items.set(id, group);
    else items.delete(id);
  }
  const known = [...(since?.previous.members.keys() ?? [])].filter((id) => items.has(id) && !rows.items.has(id));
  if (!(await areAllThere(okta, known, items.size, glob))) return undefined;
  return { groups: complete(okta.address.connection, asOf, items), changed: new Set(rows.items.keys()) };
}

/** People who changed since, and the groups of `updated` that did; without it everything may have changed. */
export async function followChanges(
  okta: Okta,
  updated: ChangedListing | undefined,
  since: Since | undefined,
  cursor: string,
): Promise<Following> {
  const from = since && startOf(since.cursor);
  if (!updated || from === undefined) return { cursor };
  const people = await readRows(okta, listChangedUsers(okta.address, from), "changed people", toPrincipal);
  const failure = gapOf(people);
  if (failure) return { cursor: since?.cursor ?? cursor, failure };
  return {
    cursor,
    changes: {
      // Groups outside the listing's pattern are among the changed ones too: the question has no pattern.
      hasMoved: (id) => updated.changed.has(id),
      people: new Map([...itemsOf(people)].map(([id, person]) => [id, (_: Principal) => person])),
    },
  };
}

/**
 * True when every id was found; false too when that cannot be told. Looked up by id, or in a bare listing of the `listed`
 * groups, whichever takes fewer requests.
 */
async function areAllThere(
  okta: Okta,
  ids: readonly string[],
  listed: number,
  glob: string | undefined,
): Promise<boolean> {
  const lookUps = findGroupsById(okta.address, ids).map(({ request }) => request);
  const isListingCheaper = Math.ceil(listed / BARE_PAGE_SIZE) < lookUps.length;
  const requests = isListingCheaper ? [listBareGroups(okta.address, toSearch(glob))] : lookUps;
  const answers = await Promise.all(requests.map((request) => readRows(okta, request, "groups by id", toGroup)));
  const present = new Set(answers.flatMap((answer) => [...itemsOf(answer).keys()]));
  return ids.every((id) => present.has(id));
}

function startOf(cursor: string): Instant | undefined {
  const ms = Date.parse(/^since (\S+)$/.exec(cursor)?.[1] ?? "");
  return Number.isNaN(ms) ? undefined : new Date(ms - OVERLAP_MS).toISOString();
}
