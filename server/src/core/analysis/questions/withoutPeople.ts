/**
 * The last look at what assistants are told where they may count people only. Answers name nobody by themselves; but people call
 * keys after themselves, and failures of vendors quote whom they are about.
 */

import { itemsOf } from "../../model/knowledge.ts";
import { memo, type Snapshot } from "../snapshot.ts";

const SOMEBODY = "(somebody)";
const ADDRESS = /[^\s"'`<>(),;:[\]{}|]+@[^\s"'`<>(),;:[\]{}|]+/g;

/**
 * Text without names and addresses of known people, and without any address that is no group's or service account's. Single
 * words stay, since a login such as `admin` is one too: no answer holds a login that stands alone.
 */
export function withoutPeople(text: string, snapshot: Snapshot): string {
  const { people, others } = memo(snapshot, known);
  let told = text;
  for (const name of people) if (told.includes(name)) told = told.replaceAll(name, SOMEBODY);
  return told.replace(ADDRESS, (address) => (others.has(address.toLowerCase()) ? address : SOMEBODY));
}

/** Full names of people, the longest first, and what looks like an address and is no person's, in lower case. */
function known({ directories, targets }: Snapshot) {
  const principals = [...directories.values()].flatMap(({ members }) =>
    [...members.values()].flatMap((read) => [...itemsOf(read).values()]),
  );
  const accounts = [...targets.values()].flatMap((target) => [...itemsOf(target.accounts).values()]);
  const groups = [...directories.values()].flatMap(({ groups, named }) =>
    [groups, ...named.values()].flatMap((read) => [...itemsOf(read).values()].map(({ name }) => name)),
  );
  const robots = accounts.filter(({ serviceAccount }) => serviceAccount).flatMap(({ handle, name }) => [handle, name]);
  const others = new Set([...groups, ...robots]);
  const names = [...principals, ...accounts.filter(({ serviceAccount }) => !serviceAccount)].map(({ name }) => name);
  return {
    people: [...new Set(names)].filter((name) => /\S\s+\S/.test(name) && !others.has(name)).sort(longestFirst),
    others: new Set([...others].map((name) => name.toLowerCase())),
  };
}

function longestFirst(one: string, other: string): number {
  return other.length - one.length;
}
