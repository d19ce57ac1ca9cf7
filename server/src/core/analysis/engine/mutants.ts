/** Small harmful changes of access, to see which of them the expectations of the files would notice. */

import type { Expectation } from "../../model/mapping.ts";
import { inQuotes } from "../words.ts";
import { type Bits, isEqual, isSubset } from "./bits.ts";
import { changesBetween, withGrants } from "./changes.ts";
import { type Engine, engineFor } from "./engine.ts";
import { judge } from "./expectations.ts";
import type { Grant, Relation, RoleFacts } from "./relation.ts";

/** A change that nobody would have noticed. */
export interface Survivor {
  readonly kind: "drop" | "widen";
  /** What was changed, e.g. `"dd-ro" no longer gets "Viewer"`. */
  readonly text: string;
  /** The grant, where the change is one of the files. */
  readonly grant?: Grant;
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
 * counts as noticed when a claim that did not fail before fails with it.
 */
export function mutate(engine: Engine, expectations: readonly Expectation[]): Mutation {
  const before = failuresIn(engine, expectations);
  const survivors: Survivor[] = [];
  let tried = 0;
  for (const { relation, ...mutant } of mutantsOf(engine)) {
    const mutated = engineFor(relation, engine);
    const changes = changesBetween(engine, mutated);
    if (changes.people.length === 0 && changes.groups.length === 0) continue;
    tried++;
    const isNoticed = [...failuresIn(mutated, expectations)].some((claim) => !before.has(claim));
    if (!isNoticed) survivors.push({ ...mutant, people: changes.people.length });
  }
  return { tried, survivors };
}

interface Mutant extends Omit<Survivor, "people"> {
  readonly relation: Relation;
}

function* mutantsOf(engine: Engine): Iterable<Mutant> {
  const { relation } = engine;
  const used = new Set<string>();
  for (const [key, { facts }] of engine.groups)
    for (const grant of facts.grants) {
      if (grant.kind !== "role") continue;
      used.add(grant.role);
      const grants = facts.grants.filter((other) => other !== grant);
      const role = relation.roles.get(grant.role)?.name ?? grant.role;
      const text = `${inQuotes(facts.name)} no longer gets ${inQuotes(role)}`;
      yield { kind: "drop", text, grant, relation: withGrants(relation, key, grants) };
    }
  for (const id of used) {
    const role = relation.roles.get(id);
    const wider = role && nextWider(engine, role);
    if (!role || !wider) continue;
    const roles = new Map(relation.roles).set(id, { ...role, permissions: wider.permissions });
    const text = `${inQuotes(role.name)} permits all that ${inQuotes(wider.name)} does`;
    yield { kind: "widen", text, relation: { ...relation, roles } };
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

function failuresIn(engine: Engine, expectations: readonly Expectation[]): ReadonlySet<string> {
  const failed = expectations.flatMap((expectation, index) =>
    judge(engine, expectation)
      .filter(({ verdict }) => verdict === "fails")
      .map(({ claim }) => `${index} ${claim}`),
  );
  return new Set(failed);
}
