/**
 * Who is in a SCIM group. The group itself tells, if the service returns `members`; else the people's own rows do, if they
 * name their groups; else each person is asked for. A group whose members nobody tells is unknown, never empty.
 */

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
import { push } from "../../core/model/maps.ts";
import { toFailure } from "../../http/failures.ts";
import { incomplete } from "../../http/listing.ts";
import { findGroupsOf, listUsers, NEEDS, readGroup } from "./api.ts";
import { valuesOf } from "./attributes.ts";
import { type Member, type Person, toGroup, toMember, toPerson, toPrincipal } from "./convert.ts";
import { readResources, type Scim } from "./list.ts";
import { NOBODY } from "./quirks.ts";

export interface MemberReader {
  readMembers(group: Group): Promise<Knowledge<Principal>>;
}

/** Reads members within one read of the directory: people are listed once, when the first group needs them. */
export function createMemberReader(scim: Scim, groups: () => Knowledge<Group>, canFilter: boolean): MemberReader {
  const system = scim.address.connection;
  let listedPeople: Promise<Knowledge<Person>> | undefined;
  let askedMemberships: Promise<Memberships> | undefined;
  const people = () => (listedPeople ??= readResources(scim, listUsers(scim.address, scim.count), "users", toPerson));

  async function readMembers(group: Group): Promise<Knowledge<Principal>> {
    const asOf = scim.http.now();
    const persons = await people();
    if (persons.state === "unknown") return persons;
    const walk = await walkGroup(scim, group.id, groups());
    if ("failure" in walk) return unknown(walk.failure);
    if (walk.untold.length === 0) return toMembers(walk.ids, persons, asOf, group);
    const named = [...persons.items.values()].filter((person) => (person.groups?.length ?? 0) > 0);
    if (named.length > 0) {
      const ids = named.filter(({ groups: own }) => walk.untold.some((id) => own?.includes(id))).map(({ id }) => id);
      const members = toMembers([...walk.ids, ...ids], persons, asOf, group);
      return [...persons.items.values()].some(({ isVague }) => isVague) ? weaken(members, vague(system)) : members;
    }
    if (!canFilter) return unknown(nobodyTells(system, group.name));
    askedMemberships ??= askEachPerson(scim, persons);
    const memberships = await askedMemberships;
    if ("failure" in memberships) return unknown(memberships.failure ?? nobodyTells(system, group.name));
    const ids = walk.untold.flatMap((id) => memberships.byGroup.get(id) ?? []);
    return toMembers([...walk.ids, ...ids], persons, asOf, group);
  }

  /** Ids without a person cannot be found in a target, where it would look as if they were in no group: a gap. */
  function toMembers(
    ids: readonly string[],
    persons: Knowledge<Person>,
    asOf: string,
    group: Group,
  ): Knowledge<Principal> {
    const known = itemsOf(persons);
    const found = ids.flatMap((id) => known.get(id) ?? []);
    const members = complete(system, asOf, new Map(found.map((person) => [person.id, toPrincipal(person)])));
    const lost = new Set(ids).size - members.items.size;
    const gap =
      gapOf(persons) ??
      (lost === 0
        ? undefined
        : incomplete(system, `${lost} members of ${group.name} are not among the users of ${system}`));
    if (!gap) return members;
    return members.items.size === 0 ? unknown(gap) : weaken(members, gap);
  }

  return { readMembers };
}

interface Walk {
  /** Ids of people, as far as the groups tell. */
  readonly ids: readonly string[];
  /** Ids of groups that do not tell who is in them: their people have to. */
  readonly untold: readonly string[];
}

/** The people in a group and in the groups inside it, each visited once. */
async function walkGroup(
  scim: Scim,
  start: string,
  groups: Knowledge<Group>,
): Promise<Walk | { readonly failure: Failure }> {
  const visited = new Set([start]);
  const ids = new Set<string>();
  const untold: string[] = [];
  for (const groupId of visited) {
    const members = await readOwnMembers(scim, groupId);
    if ("failure" in members) return members;
    if ("untold" in members) {
      untold.push(groupId);
      continue;
    }
    for (const { id, kind } of members) {
      const isGroup = kind === "group" || (kind === "unknown" && itemsOf(groups).has(id));
      (isGroup ? visited : ids).add(id);
    }
  }
  return { ids: [...ids], untold };
}

async function readOwnMembers(
  scim: Scim,
  id: string,
): Promise<readonly Member[] | { readonly failure: Failure } | { readonly untold: true }> {
  const { address, http, context } = scim;
  try {
    const { json } = await http.sendJson(readGroup(address, id), context.signal, { needs: NEEDS });
    const values = valuesOf(json, "members");
    if (values === undefined) return { untold: true };
    const members = values.map(toMember);
    if (members.every((member) => member !== undefined)) return members;
    return { failure: incomplete(address.connection, `${address.connection} lists members without an id`) };
  } catch (error) {
    return { failure: toFailure(error, address.connection) };
  }
}

type Memberships =
  | { readonly byGroup: ReadonlyMap<string, readonly string[]> }
  | { readonly failure: Failure | undefined };

/** One request for each person: slow, and the last resort. Believed only when the filter tells people apart. */
async function askEachPerson(scim: Scim, persons: Knowledge<Person>): Promise<Memberships> {
  const ask = (id: string) =>
    readResources(scim, findGroupsOf(scim.address, id, scim.count), "groups of a person", toGroup);
  const nobody = await ask(NOBODY);
  if (!isComplete(nobody) || nobody.items.size > 0) return { failure: undefined };
  const byGroup = new Map<string, string[]>();
  const answers = await Promise.all([...itemsOf(persons).keys()].map(async (id) => [id, await ask(id)] as const));
  for (const [id, groups] of answers) {
    const gap = gapOf(groups);
    if (gap) return { failure: gap };
    for (const groupId of itemsOf(groups).keys()) push(byGroup, groupId, id);
  }
  // Nobody in any group is what a service answers that ignores the question.
  return byGroup.size === 0 ? { failure: undefined } : { byGroup };
}

function vague(system: string): Failure {
  return incomplete(system, `${system} names groups of its people without their ids`);
}

function nobodyTells(system: string, group: string): Failure {
  return incomplete(
    system,
    `${system} does not tell who is in ${group}: neither the group nor its people name each other`,
  );
}
