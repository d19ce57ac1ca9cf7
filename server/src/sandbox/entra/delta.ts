/**
 * `groups/delta` and `users/delta`: everything page by page, then what changed since. The same group may stand on several
 * pages with a part of its members on each; tokens of directory objects live for seven days. 2026-11
 */

import type { Context } from "hono";
import type { Setting } from "../http/frame.ts";
import { VendorError } from "../http/vendorError.ts";
import { badRequest, type Entity, isKnown } from "./list.ts";
import type { Row } from "./wire.ts";

const DAYS = 7;
const PAGE = 40;
const SLICE = 60;
const MOST_IDS = 50;
/** Rounds that are remembered; older tokens are as good as expired. */
const MOST_ROUNDS = 100;

/** Objects whose changes are told. */
export interface Followed {
  readonly entity: Entity;
  /** Groups have members, people have none. */
  readonly hasMembers: boolean;
  /** All of them as they are now. */
  readonly objects: () => readonly { readonly row: Row; readonly members?: () => Told["members"] }[];
}

/** What a client was told of one object. */
interface Told {
  readonly properties: Readonly<Record<string, unknown>>;
  /** Member id and its type. */
  readonly members: ReadonlyMap<string, string>;
}

/** What one client asks for in all its rounds. */
interface Interest {
  readonly properties: readonly string[];
  readonly members: boolean;
  readonly ids: readonly string[] | undefined;
}

interface Round {
  readonly interest: Interest;
  readonly state: ReadonlyMap<string, Told>;
  readonly items: readonly object[];
  readonly at: number;
}

/** The handler of one kind of objects, with the rounds its clients are in. */
export function createDelta({ now }: Setting, followed: Followed): (context: Context) => Response {
  const { entity, objects } = followed;
  const rounds = new Map<string, Round>();
  let begun = 0;

  return (context) => {
    for (const name of ["$top", "$expand", "$orderby", "$search"])
      if (context.req.query(name) !== undefined) throw badRequest(`'${name}' is not supported by delta queries.`);
    const [skip, token] = [context.req.query("$skiptoken"), context.req.query("$deltatoken")];
    if (skip !== undefined) {
      const [id = "", start = "0"] = skip.split("-");
      return pageOf(context, id, Number(start));
    }
    if (token === undefined) return pageOf(context, begin(interestOf(context, followed), new Map()), 0);
    if (token === "latest") return pageOf(context, begin(interestOf(context, followed), undefined), 0);
    const { interest, state } = recall(context, token);
    return pageOf(context, begin(interest, state), 0);
  };

  /** A new round from what the client was told before; without that it begins with nothing to tell. */
  function begin(interest: Interest, before: ReadonlyMap<string, Told> | undefined): string {
    const state = tell(interest);
    const id = `r${++begun}`;
    rounds.set(id, { interest, state, items: before ? changes(before, state) : [], at: now().getTime() });
    for (const old of rounds.keys()) if (rounds.size > MOST_ROUNDS) rounds.delete(old);
    return id;
  }

  function recall(context: Context, id: string): Round {
    const round = rounds.get(id);
    if (round && now().getTime() - round.at < DAYS * 86_400_000) return round;
    const { origin } = new URL(context.req.url);
    throw new VendorError(410, "Sync state is not found or has expired; start over without a token.", {
      code: round ? "resyncRequired" : "syncStateNotFound",
      headers: { location: `${origin}/v1.0/${entity.set}/delta?$deltatoken=` },
    });
  }

  function tell({ properties, members: withMembers, ids }: Interest): ReadonlyMap<string, Told> {
    const wanted = objects().filter(({ row }) => !ids || ids.includes(row.id));
    return new Map(
      wanted.map(({ row, members }) => {
        const chosen = Object.fromEntries(properties.map((name) => [name, row[name]]));
        return [row.id, { properties: chosen, members: (withMembers && members?.()) || new Map() }];
      }),
    );
  }

  function pageOf(context: Context, id: string, start: number): Response {
    const { items } = recall(context, id);
    const { origin } = new URL(context.req.url);
    const link = `${origin}/v1.0/${entity.set}/delta?`;
    const isLast = start + PAGE >= items.length;
    return context.json({
      "@odata.context": `${origin}/v1.0/$metadata#${entity.set}`,
      ...(isLast
        ? { "@odata.deltaLink": `${link}$deltatoken=${id}` }
        : { "@odata.nextLink": `${link}$skiptoken=${id}-${start + PAGE}` }),
      value: items.slice(start, start + PAGE),
    });
  }
}

/** True for the last part of a path that asks for changes. */
export function isDelta(part: string): boolean {
  return /^(microsoft\.graph\.)?delta(\(\))?$/.test(part);
}

function interestOf(context: Context, { entity, hasMembers }: Followed): Interest {
  const select = context.req
    .query("$select")
    ?.split(",")
    .map((name) => name.trim());
  const filter = context.req.query("$filter");
  const isMembers = (name: string) => hasMembers && name === "members";
  const unknown = select?.find((name) => !isMembers(name) && !isKnown(entity, name));
  if (unknown !== undefined) throw badRequest(`Could not find a property named '${unknown}'.`);
  return {
    properties: select?.filter((name) => !isMembers(name)) ?? entity.defaults,
    members: select === undefined || select.some(isMembers),
    ids: filter === undefined ? undefined : idsIn(filter),
  };
}

function idsIn(filter: string): readonly string[] {
  const ids = filter.split(/\s+or\s+/i).map((part) => /^id eq '([^']+)'$/i.exec(part.trim())?.[1]);
  if (ids.length > MOST_IDS || ids.includes(undefined))
    throw badRequest(`The filter of a delta query takes up to ${MOST_IDS} times id eq '…', joined by or.`);
  return ids.map((id) => (id ?? "").toLowerCase());
}

function changes(before: ReadonlyMap<string, Told>, after: ReadonlyMap<string, Told>): readonly object[] {
  const gone = [...before.keys()].filter((id) => !after.has(id));
  return [
    ...[...after].flatMap(([id, told]) => changesOf(id, before.get(id), told)),
    // Groups and users can be restored for thirty days, which is what `changed` says.
    ...gone.map((id) => ({ id, "@removed": { reason: "changed" } })),
  ];
}

function changesOf(id: string, before: Told | undefined, after: Told): readonly object[] {
  const joined = [...after.members].filter(([member]) => !before?.members.has(member));
  const left = [...(before?.members ?? [])].filter(([member]) => !after.members.has(member));
  const rows = [
    ...joined.map(([member, type]) => ({ "@odata.type": type, id: member })),
    ...left.map(([member, type]) => ({ "@odata.type": type, id: member, "@removed": { reason: "deleted" } })),
  ];
  const isSame = before !== undefined && JSON.stringify(before.properties) === JSON.stringify(after.properties);
  if (isSame && rows.length === 0) return [];
  const slices = Math.max(1, Math.ceil(rows.length / SLICE));
  return Array.from({ length: slices }, (_, index) => {
    const slice = rows.slice(index * SLICE, (index + 1) * SLICE);
    return { ...after.properties, id, ...(slice.length > 0 && { "members@delta": slice }) };
  });
}
