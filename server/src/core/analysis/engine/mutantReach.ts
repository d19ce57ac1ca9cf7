/** Whom a small change of access reaches, worked out without a new engine: of thousands of changes most reach few people. */

import { push } from "../../model/maps.ts";
import { memo } from "../memo.ts";
import { addAll, type Bits, has, isEqual, newBits, without } from "./bits.ts";
import type { Engine, GroupNode, PeopleClass } from "./engine.ts";
import { roleIdsOf } from "./engine.ts";
import type { GroupFacts } from "./relation.ts";

/** Either a group gives other things, or a role permits other things. */
export type MutantChange =
  | { readonly group: string; readonly grants: GroupFacts["grants"] }
  | { readonly role: string; readonly bits: Bits };

export interface Reach {
  /** Groups that give more or less. */
  readonly groups: ReadonlySet<string>;
  /** Classes, by signature, that hold more or less. */
  readonly classes: ReadonlySet<string>;
  /** Anybody may be in one of the groups. */
  readonly isOpen: boolean;
  /** How many people the classes have. */
  readonly people: number;
  /** Permissions that any of them gains, and that any of them loses. */
  readonly gained: Bits;
  readonly lost: Bits;
  /** How many people more, or fewer, hold a permission. */
  readonly shiftOf: (index: number) => number;
}

/** Whom a change reaches, and what they gain and lose by it. */
export function reachOf(engine: Engine, change: MutantChange): Reach {
  const { byGroup, byRole } = memo(engine, indexOf);
  const roleBits = (id: string) => ("role" in change && change.role === id ? change.bits : engine.roleBits.get(id));
  const groupBits = new Map<number, Bits>();
  for (const node of touchedGroups(engine, change, byRole.groups)) {
    const grants = "group" in change ? { ...node.facts, grants: change.grants } : node.facts;
    const bits = unionOf(engine, roleIdsOf(engine.relation, grants).map(roleBits));
    if (!isEqual(bits, node.bits)) groupBits.set(node.id, bits);
  }
  const [gained, lost] = [unionOf(engine, []), unionOf(engine, [])];
  const note = (before: Bits, after: Bits) => {
    addAll(gained, without(after, before));
    addAll(lost, without(before, after));
  };
  for (const [id, bits] of groupBits) note(engine.numbered[id]?.bits ?? bits, bits);
  const touched = new Set([...groupBits.keys()].flatMap((id) => byGroup.get(id) ?? []));
  if ("role" in change) for (const signature of byRole.classes.get(change.role) ?? []) touched.add(signature);
  const shifted: { readonly one: PeopleClass; readonly bits: Bits }[] = [];
  const classes = new Set<string>();
  for (const signature of touched) {
    const one = engine.classes.get(signature);
    if (!one) continue;
    const groups = one.groups.map((id) => groupBits.get(id) ?? engine.numbered[id]?.bits);
    const bits = unionOf(engine, [...one.outside.map(roleBits), ...groups]);
    if (isEqual(bits, one.bits)) continue;
    shifted.push({ one, bits });
    classes.add(signature);
    note(one.bits, bits);
  }
  return {
    groups: new Set([...groupBits.keys()].flatMap((id) => engine.numbered[id]?.key ?? [])),
    classes,
    isOpen: [...groupBits.keys()].some((id) => engine.numbered[id]?.facts.membersGap !== undefined),
    people: shifted.reduce((sum, { one }) => sum + one.people.size, 0),
    gained,
    lost,
    shiftOf: (index) =>
      shifted.reduce((sum, { one, bits }) => {
        const shift = Number(has(bits, index)) - Number(has(one.bits, index));
        return shift === 0 ? sum : sum + shift * humansIn(engine, one);
      }, 0),
  };
}

/** How many people, programs left out, hold a permission. */
export function humansWho(engine: Engine, index: number): number {
  let count = 0;
  for (const one of engine.classes.values()) if (has(one.bits, index)) count += humansIn(engine, one);
  return count;
}

interface Index {
  /** Signatures of classes by the number of a group. */
  readonly byGroup: ReadonlyMap<number, readonly string[]>;
  readonly byRole: {
    readonly groups: ReadonlyMap<string, readonly GroupNode[]>;
    /** Of people who hold it outside the files. */
    readonly classes: ReadonlyMap<string, readonly string[]>;
  };
}

function indexOf({ classes, groups, relation }: Engine): Index {
  const byGroup = new Map<number, string[]>();
  const classesByRole = new Map<string, string[]>();
  const groupsByRole = new Map<string, GroupNode[]>();
  for (const [signature, { groups: ids, outside }] of classes) {
    for (const id of ids) push(byGroup, id, signature);
    for (const id of outside) push(classesByRole, id, signature);
  }
  for (const node of groups.values())
    for (const id of new Set(roleIdsOf(relation, node.facts))) push(groupsByRole, id, node);
  return { byGroup, byRole: { groups: groupsByRole, classes: classesByRole } };
}

function touchedGroups(
  { groups }: Engine,
  change: MutantChange,
  byRole: ReadonlyMap<string, readonly GroupNode[]>,
): readonly GroupNode[] {
  if ("role" in change) return byRole.get(change.role) ?? [];
  const node = groups.get(change.group);
  return node ? [node] : [];
}

function unionOf({ relation }: Engine, parts: readonly (Bits | undefined)[]): Bits {
  const bits = newBits(relation.vocabulary.permissions.length);
  for (const part of parts) if (part) addAll(bits, part);
  return bits;
}

function humansIn({ relation }: Engine, { people }: PeopleClass): number {
  let count = 0;
  for (const key of people) if (relation.people.get(key)?.kind === "person") count++;
  return count;
}
