/**
 * `groups/delta`: all groups page by page, then what changed since. The same group may stand on several pages with a part
 * of its members on each; tokens of directory objects live for seven days. 2026-11
 */

import type { Context } from "hono";
import type { OktaGroup } from "../company.ts";
import { directMembers, isHidden } from "../directory.ts";
import type { Setting } from "../http/frame.ts";
import { VendorError } from "../http/vendorError.ts";
import { badRequest } from "./list.ts";
import type { EntraTenant } from "./tenant.ts";
import { GROUP_PROPERTIES, groupId, toGroup, userId } from "./wire.ts";

const DAYS = 7;
const PAGE = 40;
const SLICE = 60;
const MOST_IDS = 50;
/** Rounds that are remembered; older tokens are as good as expired. */
const MOST_ROUNDS = 100;

/** What a client was told of one group. */
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

/** The handler of one server, with the rounds its clients are in. */
export function createDelta({ company, now }: Setting, tenant: EntraTenant): (context: Context) => Response {
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
    if (token === undefined) return pageOf(context, begin(interestOf(context), new Map()), 0);
    if (token === "latest") return pageOf(context, begin(interestOf(context), undefined), 0);
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
      headers: { location: `${origin}/v1.0/groups/delta?$deltatoken=` },
    });
  }

  function tell({ properties, members, ids }: Interest): ReadonlyMap<string, Told> {
    const groups = [...company.okta.groups.values()].filter((group) => !ids || ids.includes(groupId(group)));
    return new Map(
      groups.map((group) => {
        const row = toGroup(group, company.okta, tenant);
        const chosen = Object.fromEntries(properties.map((name) => [name, row[name]]));
        return [row.id, { properties: chosen, members: members ? membersOf(group) : new Map() }];
      }),
    );
  }

  function membersOf(group: OktaGroup): ReadonlyMap<string, string> {
    if (isHidden(group) && !tenant.permissions.has("Member.Read.Hidden")) return new Map();
    const { people, groups } = directMembers(company.okta, group);
    return new Map([
      ...people.map((user) => [userId(user), "#microsoft.graph.user"] as const),
      ...groups.map((inner) => [groupId(inner), "#microsoft.graph.group"] as const),
    ]);
  }

  function pageOf(context: Context, id: string, start: number): Response {
    const { items } = recall(context, id);
    const { origin } = new URL(context.req.url);
    const link = `${origin}/v1.0/groups/delta?`;
    const isLast = start + PAGE >= items.length;
    return context.json({
      "@odata.context": `${origin}/v1.0/$metadata#groups`,
      ...(isLast
        ? { "@odata.deltaLink": `${link}$deltatoken=${id}` }
        : { "@odata.nextLink": `${link}$skiptoken=${id}-${start + PAGE}` }),
      value: items.slice(start, start + PAGE),
    });
  }
}

function interestOf(context: Context): Interest {
  const select = context.req
    .query("$select")
    ?.split(",")
    .map((name) => name.trim());
  const filter = context.req.query("$filter");
  const unknown = select?.find((name) => name !== "members" && !GROUP_PROPERTIES.includes(name));
  if (unknown !== undefined) throw badRequest(`Could not find a property named '${unknown}'.`);
  return {
    properties: select?.filter((name) => name !== "members") ?? GROUP_PROPERTIES,
    members: select === undefined || select.includes("members"),
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
    // Groups can be restored for thirty days, which is what `changed` says.
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
