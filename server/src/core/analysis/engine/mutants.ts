/** Small harmful changes of access, to see which of them the expectations of the files would notice. */

import type { Expectation } from "../../model/mapping.ts";
import { inQuotes } from "../words.ts";
import { type Bits, has, isEqual, isSubset } from "./bits.ts";
import { withGrants } from "./changes.ts";
import { type Engine, engineFor } from "./engine.ts";
import { type ClaimVerdict, judgeExpectation } from "./expectations.ts";
import { groupsNamed, peopleNamed } from "./find.ts";
import { humansWho, type MutantChange, type Reach, reachOf } from "./mutantReach.ts";
import type { MappedGrant, Relation, RoleFacts } from "./relation.ts";

/** A change that nobody would have noticed. */
export interface Survivor {
  readonly kind: "drop" | "widen";
  /** What was changed, e.g. `"dd-ro" no longer gets "Viewer"`. */
  readonly text: string;
  /** The grant, where the change is one of the files. */
  readonly grant?: MappedGrant;
  /** People whose access it changes. */
  readonly people: number;
}

export interface Mutation {
  /** Changes tried; those that change nobody's access are not counted. */
  readonly tried: number;
  readonly survivors: readonly Survivor[];
}

/**
 * Drops every grant of a role, and lets every role in use permit what the next wider role of the organization does. A change
 * counts as noticed when a claim that did not fail before fails with it. Only expectations that it reaches are asked.
 */
export function mutate(engine: Engine, expectations: readonly Expectation[]): Mutation {
  const guards = expectations.flatMap((expectation) => guardOf(engine, expectation) ?? []);
  const survivors: Survivor[] = [];
  let tried = 0;
  for (const { change, relation, ...mutant } of mutantsOf(engine)) {
    const reach = reachOf(engine, change);
    if (reach.people === 0 && reach.groups.size === 0) continue;
    tried++;
    // What a role may permit besides goes with it, which can decide a claim that nothing else does.
    const isDoubtful = engine.relation.roles.get(mutant.role)?.gap !== undefined;
    const reached = isDoubtful ? guards : guards.filter((guard) => mayNotice(guard, reach));
    const mutated = reached.length === 0 ? engine : engineFor(relation(), engine);
    const isNoticed = reached.some(({ expectation, failed }) =>
      [...failuresAmong(judgeExpectation(mutated, expectation))].some((claim) => !failed.has(claim)),
    );
    const { kind, text, grant } = mutant;
    if (!isNoticed) survivors.push({ kind, text, ...(grant && { grant }), people: reach.people });
  }
  return { tried, survivors };
}

/** An expectation with what decides whether a change can make it fail. */
interface Guard {
  readonly expectation: Expectation;
  /** Claims that fail already. */
  readonly failed: ReadonlySet<string>;
  /** Permissions that somebody must have, with what these need to have effect. */
  readonly wanted: readonly number[];
  /** Permissions that somebody must not have. */
  readonly unwanted: readonly number[];
  /** Keys of the groups that it is about. */
  readonly groups: readonly string[];
  /** Signatures of the classes of people that it is about. */
  readonly classes: readonly string[];
  /** Of a permission whose holders it counts. */
  readonly counted?: { readonly index: number; readonly people: number };
}

/** None where all claims fail already. */
function guardOf(engine: Engine, expectation: Expectation): Guard | undefined {
  const outcomes = judgeExpectation(engine, expectation);
  const failed = failuresAmong(outcomes);
  if (failed.size === outcomes.length) return undefined;
  const { indexes, needed } = engine.relation.vocabulary;
  const { group, members, person, permission, people } = expectation;
  const indexesOf = (words: Expectation["can"]) => words.flatMap(({ value }) => indexes.get(value) ?? []);
  const wanted = indexesOf(expectation.can).flatMap((index) => [index, ...(needed[index] ?? [])]);
  const nodes = groupsNamed(engine, (group ?? members)?.value ?? "");
  // What the group itself gives needs no look at what its members have from elsewhere.
  const isOwn = group !== undefined && nodes.every(({ bits }) => wanted.every((index) => has(bits, index)));
  const keys = [
    ...(isOwn ? [] : nodes.flatMap(({ facts }) => [...facts.members])),
    ...(person ? peopleNamed(engine, person.value) : []),
  ];
  const index = permission && people ? indexes.get(permission.value) : undefined;
  return {
    expectation,
    failed,
    wanted,
    unwanted: indexesOf(expectation.cannot),
    groups: nodes.map(({ key }) => key),
    classes: [...new Set(keys.flatMap((key) => engine.classOf.get(key) ?? []))],
    ...(index === undefined ? {} : { counted: { index, people: humansWho(engine, index) } }),
  };
}

/** False only where no claim can fail that did not fail before. */
function mayNotice({ expectation, wanted, unwanted, groups, classes, counted }: Guard, reach: Reach): boolean {
  const { people } = expectation;
  if (counted && people && (has(reach.gained, counted.index) || has(reach.lost, counted.index))) {
    const after = counted.people + reach.shiftOf(counted.index);
    if (after < (people.min ?? 0) || after > (people.max ?? Number.POSITIVE_INFINITY)) return true;
  }
  return (
    // What one member gains shows that another, of whom more is known, lacks it.
    (wanted.some((index) => has(reach.lost, index) || has(reach.gained, index)) ||
      unwanted.some((index) => has(reach.gained, index))) &&
    (reach.isOpen || groups.some((key) => reach.groups.has(key)) || classes.some((one) => reach.classes.has(one)))
  );
}

interface Mutant extends Omit<Survivor, "people"> {
  /** Id of the role that is dropped or wider. */
  readonly role: string;
  readonly change: MutantChange;
  readonly relation: () => Relation;
}

function* mutantsOf(engine: Engine): Iterable<Mutant> {
  const { relation } = engine;
  const used = new Set<string>();
  for (const [key, { facts }] of engine.groups)
    for (const grant of facts.grants) {
      if (grant.kind !== "role") continue;
      used.add(grant.role);
      const grants = facts.grants.filter((other) => other !== grant);
      const name = relation.roles.get(grant.role)?.name ?? grant.role;
      const text = `${inQuotes(facts.name)} no longer gets ${inQuotes(name)}`;
      const change = { group: key, grants };
      yield { kind: "drop", role: grant.role, text, grant, change, relation: () => withGrants(relation, key, grants) };
    }
  for (const id of used) {
    const role = relation.roles.get(id);
    const wider = role && nextWider(engine, role);
    const bits = wider && engine.roleBits.get(wider.id);
    if (!role || !wider || !bits) continue;
    const text = `${inQuotes(role.name)} permits all that ${inQuotes(wider.name)} does`;
    const permissions = { ...role, permissions: wider.permissions };
    yield {
      kind: "widen",
      role: id,
      text,
      change: { role: id, bits },
      relation: () => ({ ...relation, roles: new Map(relation.roles).set(id, permissions) }),
    };
  }
}

/** The smallest role that permits all this one does and more; undefined for the widest. */
function nextWider(engine: Engine, role: RoleFacts): RoleFacts | undefined {
  const own = engine.roleBits.get(role.id);
  if (!own) return undefined;
  const size = (bits: Bits) => bits.reduce((sum, word) => sum + word.toString(2).replaceAll("0", "").length, 0);
  const wider = [...engine.relation.roles.values()].flatMap((other) => {
    const bits = engine.roleBits.get(other.id);
    return bits && isSubset(own, bits) && !isEqual(own, bits) ? [{ other, size: size(bits) }] : [];
  });
  return wider.sort((a, b) => a.size - b.size || (a.other.id < b.other.id ? -1 : 1))[0]?.other;
}

function failuresAmong(outcomes: readonly ClaimVerdict[]): ReadonlySet<string> {
  return new Set(outcomes.flatMap(({ verdict, claim }) => (verdict === "fails" ? [claim] : [])));
}
