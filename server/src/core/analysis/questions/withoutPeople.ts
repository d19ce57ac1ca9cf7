/**
 * The last look at what assistants are told where they may count people only. Answers name nobody by themselves; but people call
 * keys, roles and groups after themselves, and failures of vendors quote whom they are about.
 */

import { itemsOf } from "../../model/knowledge.ts";
import { memo } from "../memo.ts";
import type { Snapshot } from "../snapshot.ts";

const SOMEBODY = "(somebody)";
/** An apostrophe belongs to an address between letters alone: around one it is a quote. */
const ADDRESS = /(?:[^\s"'`<>(),;:[\]{}|]|(?<=[\p{L}\p{N}])'(?=[\p{L}\p{N}]))+@[^\s"'`<>(),;:[\]{}|]+/gu;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
/** What stands between the words of one name: `Novak, Ana`, `ana.novak`, `O'Neil`. */
const JOINT = /^[\s.,_'’-]{1,3}$/u;

/**
 * Text without names, logins and addresses of known people, in any case and order of their words and however these are joined,
 * and without any address that is no group's or service account's. Single words stay, since a login such as `admin` is one
 * too: no answer holds a login that stands alone.
 */
export function withoutPeople(text: string, snapshot: Snapshot): string {
  const { names, longest, addresses } = memo(snapshot, known);
  const told = text.replace(ADDRESS, (address) => (addresses.has(address.toLowerCase()) ? address : SOMEBODY));
  const words = [...told.matchAll(WORD)].map(({ 0: word, index }) => ({
    word,
    start: index,
    end: index + word.length,
  }));
  let result = "";
  let done = 0;
  for (let at = 0; at < words.length; at++) {
    const run = words.slice(at, at + longest);
    const broken = run.findIndex(({ start }, i) => i > 0 && !JOINT.test(told.slice(run[i - 1]?.end, start)));
    let length = broken < 0 ? run.length : broken;
    while (length > 1 && !names.has(keyOf(run.slice(0, length).map(({ word }) => word)))) length--;
    const [first, last] = [run[0], run[length - 1]];
    if (length < 2 || !first || !last) continue;
    result += told.slice(done, first.start) + SOMEBODY;
    done = last.end;
    at += length - 1;
  }
  return result + told.slice(done);
}

/** Names of people as keys of their words, the most words of one, and addresses that are no person's, in lower case. */
function known({ directories, targets }: Snapshot) {
  const principals = [...directories.values()].flatMap(({ members }) =>
    [...members.values()].flatMap((read) => [...itemsOf(read).values()]),
  );
  const inventories = [...targets.values()];
  const accounts = inventories.flatMap((target) => [...itemsOf(target.accounts).values()]);
  const groups = [...directories.values()].flatMap(({ groups, named }) =>
    [groups, ...named.values()].flatMap((read) => [...itemsOf(read).values()].map(({ name }) => name)),
  );
  const robots = accounts.filter(({ serviceAccount }) => serviceAccount).flatMap(({ handle, name }) => [handle, name]);
  const roles = inventories.flatMap((target) => [...itemsOf(target.roles).values()].map(({ name }) => name));
  const teams = inventories.flatMap((target) =>
    [...itemsOf(target.teams).values()].flatMap((team) => [team.name, team.handle]),
  );
  const others = new Set([...groups, ...robots, ...roles, ...teams].map((name) => keyOf(wordsOf(name))));
  const called = [
    ...principals.flatMap(({ name, login, email }) => [name, login, email]),
    ...accounts
      .filter(({ serviceAccount }) => !serviceAccount)
      .flatMap(({ name, handle, email }) => [name, handle, email]),
  ];
  const people = [...new Set(called)].map(wordsOf).filter((words) => words.length > 1 && words.join("").length > 3);
  return {
    names: new Set(people.flatMap(turned).filter((key) => !others.has(key))),
    longest: people.reduce((most, words) => Math.max(most, words.length), 0),
    addresses: new Set([...groups, ...robots].map((name) => name.toLowerCase())),
  };
}

/** Words of a name, or of what stands before the `@` of an address. */
function wordsOf(name: string): readonly string[] {
  return name.replace(/@.*/s, "").match(WORD) ?? [];
}

/** The family name may stand first, and may have words of its own. */
function turned(words: readonly string[]): readonly string[] {
  return words.map((_, from) => keyOf([...words.slice(from), ...words.slice(0, from)]));
}

function keyOf(words: readonly string[]): string {
  return words.join(" ").normalize("NFC").toLowerCase();
}
