/**
 * What changed in an Entra tenant since the last read, from delta queries: of the wanted groups, and of people.
 * Graph tells direct members alone, so a group that holds other groups counts as moved always.
 */

import type { Group, Principal } from "../../core/model/directory.ts";
import type { Failure } from "../../core/model/knowledge.ts";
import type { DirectoryChanges, Following, Since } from "../directoryRead.ts";
import { continueDelta, followGroups, followUsers, type WireGroupChange, type WireUserChange } from "./api.ts";
import { deletedPrincipal, patchPrincipal } from "./convert.ts";
import { type Cursor, isSameSet, parseCursor, renderCursor } from "./cursor.ts";
import { type Graph, readDelta } from "./graph.ts";
import { IDS_PER_DELTA, isExpiredDelta, MOST_DELTAS } from "./quirks.ts";

/**
 * Goes on from the cursor, or begins to follow the wanted groups. A cursor that has expired is no failure: everything is
 * read again. Any other failure keeps the cursor, so that a tenant that throttles is not asked for everything. `tenantSize`
 * is the number of its groups, where that is known.
 */
export async function followChanges(
  graph: Graph,
  wanted: readonly Group[],
  since: Since | undefined,
  tenantSize: number | undefined,
): Promise<Following> {
  const cursor = since && parseCursor(since.cursor, graph.address.origin);
  const told = cursor && (await readChanges(graph, cursor));
  if (told?.failure && !isExpiredDelta(told.failure)) return { cursor: since?.cursor ?? "", failure: told.failure };
  const ids = wanted.map(({ id }) => id);
  const isKnown = told?.cursor && isSameSet(told.cursor.ids, ids);
  const next = isKnown ? told.cursor : await begin(graph, ids, told?.cursor, tenantSize);
  return {
    ...(next && { cursor: renderCursor(next) }),
    ...(told?.changes && { changes: told.changes }),
  };
}

interface Told {
  readonly changes?: DirectoryChanges;
  readonly cursor?: Cursor;
  readonly failure?: Failure;
}

async function readChanges(graph: Graph, cursor: Cursor): Promise<Told> {
  const links = [...cursor.groups, cursor.users].map((link) =>
    readDelta<object>(graph, continueDelta(graph.address, link)),
  );
  const listings = await Promise.all(links);
  const failure = listings.find(({ gap }) => gap)?.gap;
  if (failure) return { failure };
  const ends = listings.flatMap(({ deltaLink }) => deltaLink ?? []);
  const rows = listings.slice(0, -1).flatMap(({ items }) => items as readonly WireGroupChange[]);
  const people = (listings.at(-1)?.items ?? []) as readonly WireUserChange[];
  const followed = new Set(cursor.ids);
  const moved = new Set(rows.flatMap(({ id }) => id ?? []));
  const nested = mergeNested(cursor.nested, rows, cursor.ids);
  return {
    changes: {
      hasMoved: (id) => moved.has(id) || !followed.has(id) || (nested.get(id)?.size ?? 0) > 0,
      people: new Map(people.flatMap((row) => (row.id ? [[row.id, patchOf(row)] as const] : []))),
    },
    cursor: { ids: cursor.ids, groups: ends.slice(0, -1), users: ends.at(-1) ?? "", nested },
  };
}

function patchOf(row: WireUserChange): (before: Principal) => Principal {
  return (before) => (row["@removed"] ? deletedPrincipal(before) : patchPrincipal(before, row));
}

/** Follows these groups from now on. Undefined when that is not possible: the next read is then whole. */
async function begin(
  graph: Graph,
  ids: readonly string[],
  before: Cursor | undefined,
  tenantSize: number | undefined,
): Promise<Cursor | undefined> {
  const users = before?.users ?? (await readDelta(graph, followUsers(graph.address))).deltaLink;
  if (users === undefined) return undefined;
  const chunks = chunksOf(ids, tenantSize);
  const listings = await Promise.all(
    chunks.map((some) => readDelta<WireGroupChange>(graph, followGroups(graph.address, some))),
  );
  const groups = listings.flatMap(({ deltaLink }) => deltaLink ?? []);
  if (groups.length < chunks.length) return undefined;
  const nested = mergeNested(
    new Map(),
    listings.flatMap(({ items }) => items),
    ids,
  );
  return { ids, groups, users, nested };
}

/** What is asked in one delta query each. */
function chunksOf(ids: readonly string[], tenantSize: number | undefined): readonly (readonly string[] | "all")[] {
  const count = Math.ceil(ids.length / IDS_PER_DELTA);
  if (count > MOST_DELTAS && tenantSize !== undefined && ids.length * 4 >= tenantSize) return ["all"];
  return Array.from({ length: count }, (_, index) => ids.slice(index * IDS_PER_DELTA, (index + 1) * IDS_PER_DELTA));
}

/**
 * Groups inside the followed ones. A group comes in several slices, in any order, and slices may repeat, so each row adds to what is
 * known or takes from it. A member of no stated type could be a group.
 */
function mergeNested(
  before: Cursor["nested"],
  rows: readonly WireGroupChange[],
  ids: readonly string[],
): Map<string, Set<string>> {
  const nested = new Map([...before].map(([id, inner]) => [id, new Set(inner)]));
  const followed = new Set(ids);
  for (const row of rows) {
    if (!row.id || !followed.has(row.id)) continue;
    const inner = nested.get(row.id) ?? new Set<string>();
    for (const member of row["members@delta"] ?? []) {
      if (!member.id) continue;
      if (member["@removed"]) inner.delete(member.id);
      else if ((member["@odata.type"] ?? "#microsoft.graph.group") === "#microsoft.graph.group") inner.add(member.id);
    }
    if (inner.size > 0) nested.set(row.id, inner);
    else nested.delete(row.id);
  }
  return nested;
}
