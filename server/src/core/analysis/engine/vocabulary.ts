/** The permissions of one organization as bits: aliases resolved, what one includes followed, what one needs known. */

import { CATALOGUE, describePermission } from "../../model/catalogue.ts";
import { itemsOf } from "../../model/knowledge.ts";
import { type Permission, type TargetInventory, worstFirst } from "../../model/target.ts";
import { memo } from "../memo.ts";
import { add, addAll, type Bits, has, indexesOf, newBits } from "./bits.ts";

export interface Vocabulary {
  /** The most sensitive first, then by name: ascending bits are the order in which people want to read them. */
  readonly permissions: readonly Permission[];
  /** Bit of a name or alias. */
  readonly indexes: ReadonlyMap<string, number>;
  /** By bit: the permission itself and all it includes (`implies`), directly or through others. */
  readonly included: readonly Bits[];
  /** By bit: what a holder needs besides for it to have any effect (`requires`), directly or through others. */
  readonly needed: readonly (readonly number[])[];
}

/** The live list over the catalogue, and names that roles hold though neither list has them, judged by rule. */
export function vocabularyOf(target: TargetInventory): Vocabulary {
  return memo(target, vocabularyOfTarget);
}

function vocabularyOfTarget(target: TargetInventory): Vocabulary {
  const live = itemsOf(target.permissions);
  const named = [...itemsOf(target.roles).values()].flatMap((role) => role.permissions);
  return makeVocabulary([...live.values(), ...CATALOGUE.values()], named);
}

/** Earlier permissions win over later ones of the same name or alias; `names` are added where nothing explains them. */
export function makeVocabulary(listed: Iterable<Permission>, names: Iterable<string> = []): Vocabulary {
  const chosen = new Map<string, Permission>();
  const take = (permission: Permission) => {
    if (chosen.has(permission.name)) return;
    for (const name of [permission.name, ...permission.aliases]) if (!chosen.has(name)) chosen.set(name, permission);
  };
  for (const permission of listed) take(permission);
  for (const name of names) if (!chosen.has(name)) take(describePermission(name));
  for (const { implies, requires } of new Set(chosen.values()))
    for (const name of [...implies, ...requires]) if (!chosen.has(name)) take(describePermission(name));
  const permissions = [...new Set(chosen.values())].sort(worstFirst);
  const bits = new Map(permissions.map((permission, index) => [permission, index]));
  const indexes = new Map([...chosen].map(([name, permission]) => [name, bits.get(permission) ?? -1]));
  const follow = (step: (permission: Permission) => readonly string[]) =>
    permissions.map((_, index) => reach(index, permissions, indexes, step));
  return {
    permissions,
    indexes,
    included: follow(({ implies }) => implies).map((reached) => toBits(reached, permissions.length)),
    needed: follow(({ requires }) => requires).map((reached, index) => reached.filter((other) => other !== index)),
  };
}

/** The union of what names include. Names the vocabulary lacks have no bit. */
export function bitsOfNames(vocabulary: Vocabulary, names: Iterable<string>): Bits {
  const bits = newBits(vocabulary.permissions.length);
  for (const name of names) {
    const index = vocabulary.indexes.get(name);
    const included = index === undefined ? undefined : vocabulary.included[index];
    if (included) addAll(bits, included);
  }
  return bits;
}

/** The permissions of a set, the most sensitive first. */
export function permissionsIn(vocabulary: Vocabulary, bits: Bits): readonly Permission[] {
  return indexesOf(bits).flatMap((index) => vocabulary.permissions[index] ?? []);
}

/** Permissions that the one at `index` needs and `held` lacks: without them it is held and has no effect. */
export function lackingFor(vocabulary: Vocabulary, held: Bits, index: number): readonly Permission[] {
  const lacking = (vocabulary.needed[index] ?? []).filter((needed) => !has(held, needed));
  return lacking.flatMap((needed) => vocabulary.permissions[needed] ?? []);
}

function reach(
  start: number,
  permissions: readonly Permission[],
  indexes: ReadonlyMap<string, number>,
  step: (permission: Permission) => readonly string[],
): readonly number[] {
  const reached = new Set([start]);
  // A set grows while it is walked, so what is reached is followed in turn.
  for (const index of reached) {
    const permission = permissions[index];
    for (const name of permission ? step(permission) : []) reached.add(indexes.get(name) ?? start);
  }
  return [...reached];
}

function toBits(indexes: readonly number[], size: number): Bits {
  const bits = newBits(size);
  for (const index of indexes) add(bits, index);
  return bits;
}
