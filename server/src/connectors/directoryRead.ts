/** How any directory is read: listing, look-ups, then members of the groups that are meant. Vendors answer the questions. */

import { matchesGlob } from "../core/analysis/glob.ts";
import type { DirectoryCredentials, DirectoryInventory, Group, Principal } from "../core/model/directory.ts";
import {
  complete,
  type Failure,
  isComplete,
  itemsOf,
  type Knowledge,
  unknown,
  weaken,
} from "../core/model/knowledge.ts";
import type { DirectoryConfig } from "../core/model/project.ts";
import { type Shared, shareEqual } from "../core/model/sharing.ts";
import type { Instant } from "../core/model/time.ts";
import type { DirectoryQuery, ReadContext } from "../core/sync/connector.ts";
import { toFailure } from "../http/failures.ts";
import { keepOnly, readNamed } from "./lookUps.ts";
import { doubtEmptiness } from "./suspicion.ts";

/** What a vendor's folder answers. Nothing throws: failures are `unknown` or incomplete knowledge. */
export interface DirectorySource {
  /** Groups inside the `groups` glob as far as the directory can narrow; the glob itself is applied afterwards. */
  listGroups(since: Since | undefined): Promise<Knowledge<Group>>;
  /** Groups by this name as far as the directory compares; others are dropped afterwards. */
  findByName(name: string): Promise<Knowledge<Group>>;
  /** One answer for each id. */
  findByIds(ids: readonly string[]): Promise<ReadonlyMap<string, Knowledge<Group>>>;
  readMembers(group: Group): Promise<GroupMembers>;
  /** Asked once, before members are read: what need not be read again, and from where the next read can go on. */
  follow?(wanted: readonly Group[], since: Since | undefined): Promise<Following>;
  /** Tokens, secrets and keys, by what reports call each list; absent where the vendor has no means to tell. */
  readCredentials?(): Promise<DirectoryCredentials["lists"]>;
}

export interface GroupMembers {
  readonly members: Knowledge<Principal>;
  /** Set when the members tell that the group holds everyone. */
  readonly isEveryone?: boolean;
  /** See `DirectoryInventory`. */
  readonly owners?: readonly string[];
  readonly nested?: ReadonlyMap<string, string>;
}

/** The read that this one continues. */
export interface Since {
  readonly cursor: string;
  readonly previous: DirectoryInventory;
}

export interface Following {
  readonly cursor?: string;
  /** What changed since; absent when everything may have. */
  readonly changes?: DirectoryChanges;
  /** Why the changes could not be had: what is known stays, and proves nothing any more. */
  readonly failure?: Failure;
}

export interface DirectoryChanges {
  /** True when the group's members may differ from those of the previous read. */
  hasMoved(groupId: string): boolean;
  /** People whose rows changed: the row as it is now, from the row as it was. */
  readonly people: ReadonlyMap<string, (before: Principal) => Principal>;
}

/** Reads a directory through its source, at the moment `asOf`. An answer that nobody foresaw makes everything unknown. */
export async function readThrough(
  source: DirectorySource,
  config: DirectoryConfig,
  query: DirectoryQuery,
  context: ReadContext,
  asOf: Instant,
): Promise<DirectoryInventory> {
  try {
    return await readParts(source, config, query, context, asOf);
  } catch (error) {
    return nothingKnown(config, query, toFailure(error, config.name));
  }
}

async function readParts(
  source: DirectorySource,
  config: DirectoryConfig,
  query: DirectoryQuery,
  context: ReadContext,
  asOf: Instant,
): Promise<DirectoryInventory> {
  const since =
    query.cursor !== undefined && query.previous ? { cursor: query.cursor, previous: query.previous } : undefined;
  const isListed = nameFilter(config.groups);
  const groups = keepOnly(await source.listGroups(since), (group) => isListed(group.name));
  // Each further request would fail alike, after as many tries.
  if (groups.state === "unknown" && groups.why.kind !== "malformed") return nothingKnown(config, query, groups.why);
  const named = await readNamed(source, query, groups, isListed);
  const wanted = [...wantedGroups(query, groups, named).values()];
  const following = (await source.follow?.(wanted, since)) ?? {};
  const read = await readMembers(source, wanted, since, following, context);
  const [owners, nested] = [partsOf(read, (group) => group.owners), partsOf(read, (group) => group.nested)];
  const credentials = await readCredentials(source, query, asOf);
  const everyone = new Set([...read].flatMap(([id, { isEveryone }]) => (isEveryone ? [id] : [])));
  const next: DirectoryInventory = {
    ...identityOf(config),
    groups: markEveryone(groups, everyone),
    named: new Map([...named].map(([name, answer]) => [name, markEveryone(answer, everyone)])),
    members: new Map([...read].map(([id, { members }]) => [id, members])),
    ...(owners && { owners }),
    ...(nested && { nested }),
    ...(following.cursor !== undefined && { cursor: following.cursor }),
    ...(credentials && { credentials }),
  };
  return doubtEmptiness(next, query.previous);
}

/** Left out where nobody asked, and where every list broke: that is no answer for a day, so the next read asks again. */
async function readCredentials(
  source: DirectorySource,
  { include = [] }: DirectoryQuery,
  askedAt: Instant,
): Promise<DirectoryCredentials | undefined> {
  if (!include.includes("credentials") || !source.readCredentials) return undefined;
  const lists = await source.readCredentials();
  return [...lists.values()].some(isAnswered) ? { askedAt, lists } : undefined;
}

/** A refusal is an answer; so is that nothing here may ask. */
function isAnswered(list: Knowledge<unknown>): boolean {
  return list.state === "known" || !["unreachable", "throttled", "cancelled"].includes(list.why.kind);
}

/** What vendors tell of members besides who they are, by group; undefined where none does. */
function partsOf<T>(
  read: ReadonlyMap<string, GroupMembers>,
  partOf: (members: GroupMembers) => T | undefined,
): ReadonlyMap<string, T> | undefined {
  const parts = [...read].flatMap(([id, members]) => {
    const part = partOf(members);
    return part === undefined ? [] : [[id, part] as const];
  });
  return parts.length === 0 ? undefined : new Map(parts);
}

/** The inventory of a directory that could not be read at all. */
export function nothingKnown(config: DirectoryConfig, query: DirectoryQuery, why: Failure): DirectoryInventory {
  const named = new Map([...query.names, ...query.ids].map((name) => [name, unknown(why)] as const));
  // The clock of a first empty answer goes on running through reads that fail.
  const emptied = query.previous?.emptied;
  return { ...identityOf(config), groups: unknown(why), named, members: new Map(), ...(emptied && { emptied }) };
}

function identityOf(config: DirectoryConfig): Pick<DirectoryInventory, "name" | "kind" | "filter"> {
  const { name, type, groups } = config;
  return { name, kind: type, ...(groups !== undefined && { filter: groups }) };
}

function wantedGroups(
  query: DirectoryQuery,
  groups: Knowledge<Group>,
  named: ReadonlyMap<string, Knowledge<Group>>,
): ReadonlyMap<string, Group> {
  const asked = new Set([...query.names.map((name) => name.normalize()), ...query.ids]);
  const listed = [...itemsOf(groups).values()].filter(
    (group) => asked.has(group.name.normalize()) || asked.has(group.id),
  );
  const found = [...named.values()].flatMap((answer) => [...itemsOf(answer).values()]);
  return new Map([...listed, ...found, ...moreGroups(query, groups)].map((group) => [group.id, group]));
}

function moreGroups({ moreGroups: most = 0 }: DirectoryQuery, groups: Knowledge<Group>): readonly Group[] {
  if (most === 0) return [];
  const some = [...itemsOf(groups).values()].filter(({ kind }) => kind !== "everyone");
  return some.sort((one, other) => (one.name < other.name ? -1 : 1)).slice(0, most);
}

async function readMembers(
  source: DirectorySource,
  wanted: readonly Group[],
  since: Since | undefined,
  following: Following,
  context: ReadContext,
): Promise<ReadonlyMap<string, GroupMembers>> {
  let done = 0;
  const shared: Shared<Principal> = new Map();
  const read = async (group: Group): Promise<[string, GroupMembers]> => {
    const answer = keptMembers(group, since, following) ?? shareMembers(await source.readMembers(group), shared);
    context.report?.({ what: "lists of members", done: ++done, total: wanted.length });
    return [group.id, answer];
  };
  return new Map(await Promise.all(wanted.map(read)));
}

function shareMembers(answer: GroupMembers, shared: Shared<Principal>): GroupMembers {
  const { members } = answer;
  if (members.state === "unknown") return answer;
  const items = new Map([...members.items].map(([id, person]) => shareEqual(shared, id, person)));
  return { ...answer, members: { ...members, items } };
}

/** Members that need no new read: their group did not move since the last one, which was whole. */
function keptMembers(group: Group, since: Since | undefined, following: Following): GroupMembers | undefined {
  const before = since?.previous.members.get(group.id);
  const isEveryone = isKnownEveryone(group.id, since?.previous);
  if (!isComplete(before)) return undefined;
  if (following.failure) return { members: weaken(before, following.failure), isEveryone };
  const { changes } = following;
  if (!changes || changes.hasMoved(group.id)) return undefined;
  const items = [...before.items].map(([id, person]) => [id, changes.people.get(id)?.(person) ?? person] as const);
  return { members: complete(before.source, before.asOf, new Map(items)), isEveryone };
}

function isKnownEveryone(id: string, previous: DirectoryInventory | undefined): boolean {
  if (!previous) return false;
  return [previous.groups, ...previous.named.values()].some((some) => itemsOf(some).get(id)?.kind === "everyone");
}

function markEveryone(answer: Knowledge<Group>, everyone: ReadonlySet<string>): Knowledge<Group> {
  if (answer.state === "unknown" || everyone.size === 0) return answer;
  const mark = (group: Group): Group => (everyone.has(group.id) ? { ...group, kind: "everyone" } : group);
  return { ...answer, items: new Map([...answer.items].map(([id, group]) => [id, mark(group)])) };
}

function nameFilter(glob: string | undefined): (name: string) => boolean {
  return glob === undefined ? () => true : (name) => matchesGlob(glob, name);
}
