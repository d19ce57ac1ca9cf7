/** The slow model that the engine is compared with: plain sets of names, every question answered from scratch. */

import type { Relation } from "../../../server/src/core/analysis/engine/relation.ts";

export interface Answer {
  readonly names: readonly string[];
  readonly isWhole: boolean;
}

/** What a group gives each member. */
export const referenceGroup = onceForEach(answerGroup);
/** What one person can do. */
export const referencePerson = onceForEach(answerPerson);

/** The same question about the same relation is answered once. */
function onceForEach(answer: (relation: Relation, key: string) => Answer): (relation: Relation, key: string) => Answer {
  const known = new WeakMap<Relation, Map<string, Answer>>();
  return (relation, key) => {
    const answers = known.get(relation) ?? new Map<string, Answer>();
    known.set(relation, answers);
    const found = answers.get(key) ?? answer(relation, key);
    answers.set(key, found);
    return found;
  };
}

function answerGroup(relation: Relation, group: string): Answer {
  const facts = relation.groups.get(group);
  if (!facts) return { names: [], isWhole: false };
  const roles = facts.grants.flatMap((grant) =>
    grant.kind === "role" ? [grant.role] : (relation.teams.get(grant.team) ?? []),
  );
  return {
    names: namesOf(relation, roles),
    isWhole: facts.grantsGap === undefined && !roles.some((id) => hasGap(relation, id)),
  };
}

function answerPerson(relation: Relation, person: string): Answer {
  const facts = relation.people.get(person);
  if (!facts) return { names: [], isWhole: false };
  const names = new Set(namesOf(relation, facts.outside));
  let isWhole =
    relation.peopleGap === undefined &&
    facts.outsideGap === undefined &&
    !facts.outside.some((id) => hasGap(relation, id));
  for (const [key, group] of relation.groups) {
    if (group.members.has(person)) {
      const given = referenceGroup(relation, key);
      for (const name of given.names) names.add(name);
      if (!given.isWhole) isWhole = false;
    } else if (group.membersGap !== undefined) isWhole = false;
  }
  return { names: [...names].sort(), isWhole };
}

/** Who can do something: whole only when nothing unknown could add a person. */
export function referenceWho(relation: Relation, permission: string): Answer {
  const canonical = canonicalName(relation, permission);
  if (canonical === undefined) return { names: [], isWhole: true };
  const names: string[] = [];
  let isWhole = relation.peopleGap === undefined;
  for (const [key, facts] of relation.people) {
    if (facts.outsideGap !== undefined) isWhole = false;
    if (referencePerson(relation, key).names.includes(canonical)) {
      names.push(key);
      continue;
    }
    if (facts.outside.some((id) => hasGap(relation, id))) isWhole = false;
    for (const [group, { members }] of relation.groups)
      if (members.has(key) && !referenceGroup(relation, group).isWhole) isWhole = false;
  }
  for (const [key, { membersGap }] of relation.groups) {
    const given = referenceGroup(relation, key);
    if (membersGap !== undefined && (!given.isWhole || given.names.includes(canonical))) isWhole = false;
  }
  return { names: names.sort(), isWhole };
}

/** Permissions that `requires` would still need, by following it name by name. */
export function referenceLacking(relation: Relation, held: readonly string[], permission: string): readonly string[] {
  const needed = new Set<string>();
  const queue = [canonicalName(relation, permission) ?? permission];
  while (queue.length > 0) {
    const name = queue.pop() as string;
    if (needed.has(name)) continue;
    needed.add(name);
    const found = relation.vocabulary.permissions.find((candidate) => candidate.name === name);
    queue.push(...(found?.requires ?? []).map((other) => canonicalName(relation, other) ?? other));
  }
  needed.delete(canonicalName(relation, permission) ?? permission);
  return [...needed].filter((name) => !held.includes(name)).sort();
}

/** Canonical names of roles' permissions and everything they include. */
function namesOf(relation: Relation, roles: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const queue = roles.flatMap((id) => relation.roles.get(id)?.permissions ?? []);
  while (queue.length > 0) {
    const name = canonicalName(relation, queue.pop() as string);
    if (name === undefined || found.has(name)) continue;
    found.add(name);
    queue.push(...(relation.vocabulary.permissions.find((permission) => permission.name === name)?.implies ?? []));
  }
  return [...found].sort();
}

function canonicalName(relation: Relation, name: string): string | undefined {
  const { permissions } = relation.vocabulary;
  const exact = permissions.find((permission) => permission.name === name);
  return (exact ?? permissions.find(({ aliases }) => aliases.includes(name)))?.name;
}

function hasGap(relation: Relation, role: string): boolean {
  return relation.roles.get(role)?.gap !== undefined;
}
