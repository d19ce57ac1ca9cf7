/** Who is in a Google group: the groups inside it walked one by one, and everybody when it holds the whole domain. */

import type { Group, Principal } from "../../core/model/directory.ts";
import {
  complete,
  type Failure,
  gapOf,
  isComplete,
  itemsOf,
  type Knowledge,
  unknown,
  weaken,
} from "../../core/model/knowledge.ts";
import { incomplete } from "../../http/listing.ts";
import type { GroupMembers } from "../directoryRead.ts";
import { listMembers, listUsers, type WireMember } from "./api.ts";
import { toPrincipal, toStranger } from "./convert.ts";
import { type Google, readRows } from "./list.ts";
import { readOne } from "./one.ts";
import { contradictsCount, EVERYBODY, MAY_ADD, OUTSIDER } from "./quirks.ts";

export interface MemberReader {
  readMembers(group: Group): Promise<GroupMembers>;
}

/** A row of a member list that has an id. */
type Member = WireMember & { readonly id: string };

/** A group that the directory's own list shows, by its id. */
export type FindListed = (id: string) => Group | undefined;

/** Reads members within one read of the directory: users are listed once, when the first group needs them. */
export function createMemberReader(google: Google, findListed: FindListed): MemberReader {
  const system = google.address.connection;
  let listed: Promise<Knowledge<Principal>> | undefined;
  const users = () => (listed ??= readRows(google, listUsers(google.address), "users", toPrincipal));

  /**
   * A row of type CUSTOMER means every user of the customer, so the members are exactly those: reporting none would
   * make the broadest group there is look like the narrowest. Nothing is known while the users are not.
   */
  async function readMembers(group: Group): Promise<GroupMembers> {
    const asOf = google.http.now();
    const walk = await walkGroup(google, group, findListed);
    if (walk.why && walk.rows.size === 0) return { members: unknown(walk.why) };
    const isEveryone = [...walk.rows.values()].some(({ type }) => type === EVERYBODY);
    const people = walk.rows.size === 0 ? undefined : await users();
    if (isEveryone && people?.state === "unknown") return { members: people, isEveryone };
    const rows = [...walk.rows.values()].filter(({ type }) => type !== EVERYBODY);
    const found = rows.map((row) => itemsOf(people).get(row.id) ?? toStranger(row));
    const members = new Map([
      ...(isEveryone ? itemsOf(people) : []),
      ...found.flatMap((person) => (person ? [[person.id, person] as const] : [])),
    ]);
    const lost = found.filter((person) => person === undefined).length;
    // Of an outsider there is no row in any case; anybody else who has none may stand in what could not be read.
    const isUnread = rows.some(({ id, type }) => type !== OUTSIDER && !itemsOf(people).has(id));
    const gap =
      walk.why ??
      ((isEveryone || isUnread) && people ? gapOf(people) : undefined) ??
      (lost > 0
        ? incomplete(system, `${lost} members of ${group.name} have no address in ${system}, or are of no known type`)
        : undefined);
    const known = complete(system, asOf, members);
    const rest = { isEveryone, owners: walk.owners, nested: walk.nested };
    if (!gap) return { members: known, ...rest };
    return { members: members.size === 0 ? unknown(gap) : weaken(known, gap), ...rest };
  }

  return { readMembers };
}

interface Walk {
  /** Rows that are no groups, by id. */
  readonly rows: ReadonlyMap<string, Member>;
  /** Ids of the first group's own owners and managers. */
  readonly owners: readonly string[];
  /** Ids of rows that stand in an inner group only, with its address. */
  readonly nested: ReadonlyMap<string, string>;
  /** Why some are missing. */
  readonly why: Failure | undefined;
}

/**
 * Each group is visited once, so groups that hold each other end the walk. Google would flatten them itself, but has
 * answered with fewer people than there are (`includeDerivedMembership`, https://github.com/GAM-team/GAM/issues/1210, 2026-11).
 */
async function walkGroup(google: Google, start: Group, findListed: FindListed): Promise<Walk> {
  const visited = new Map([[start.id, start.name]]);
  const rows = new Map<string, Member>();
  const owners: string[] = [];
  const nested = new Map<string, string>();
  let why: Failure | undefined;
  for (const [id, name] of visited) {
    const what = id === start.id ? `members of ${start.name}` : `members of a group inside ${start.name}`;
    const listed = await readRows<WireMember, Member>(google, listMembers(google.address, id), what, toMember);
    for (const row of itemsOf(listed).values()) {
      if (row.type === "GROUP") {
        if (!visited.has(row.id)) visited.set(row.id, row.email ?? row.id);
        continue;
      }
      // The first group comes first, so whoever is met later and not yet known comes through an inner one alone.
      if (id === start.id && MAY_ADD.has(row.role ?? "")) owners.push(row.id);
      if (id !== start.id && !rows.has(row.id)) nested.set(row.id, name);
      rows.set(row.id, row);
    }
    why ??= gapOf(listed) ?? (await doubt(google, listed, id === start.id ? start : (findListed(id) ?? id)));
  }
  return { rows, owners, nested, why };
}

/** A list against the count of its group, which is asked for by its id where the directory's own list does not show it. */
async function doubt(google: Google, listed: Knowledge<Member>, group: Group | string): Promise<Failure | undefined> {
  const system = google.address.connection;
  if (typeof group !== "string") return doubtCount(listed, group, system);
  const inner = await readOne(google, group, ({ id }) => id === group);
  const found = itemsOf(inner).get(group);
  return gapOf(inner) ?? (found ? doubtCount(listed, found, system) : undefined);
}

function doubtCount(listed: Knowledge<Member>, { name, memberCount = 0 }: Group, system: string): Failure | undefined {
  if (!isComplete(listed) || !contradictsCount(listed.items.size, memberCount)) return undefined;
  return incomplete(system, `${system} counts ${memberCount} members of ${name} and listed ${listed.items.size}`);
}

function toMember(wire: WireMember): Member | undefined {
  return typeof wire.id === "string" && wire.id !== "" ? { ...wire, id: wire.id } : undefined;
}
