/** The slow model that the engine is compared with: plain sets of names, every question answered from scratch. */

import type { World } from "../../../server/src/core/analysis/engine/world.ts";

export interface Answer {
  readonly names: readonly string[];
  readonly isWhole: boolean;
}

/** What a group gives each member. */
export const referenceGroup = onceForEach(answerGroup);
/** What one person can do. */
export const referencePerson = onceForEach(answerPerson);

/** The same question about the same world is answered once. */
function onceForEach(answer: (world: World, key: string) => Answer): (world: World, key: string) => Answer {
  const known = new WeakMap<World, Map<string, Answer>>();
  return (world, key) => {
    const answers = known.get(world) ?? new Map<string, Answer>();
    known.set(world, answers);
    const found = answers.get(key) ?? answer(world, key);
    answers.set(key, found);
    return found;
  };
}

function answerGroup(world: World, group: string): Answer {
  const facts = world.groups.get(group);
  if (!facts) return { names: [], isWhole: false };
  const roles = facts.grants.flatMap((grant) =>
    grant.kind === "role" ? [grant.role] : (world.teams.get(grant.team) ?? []),
  );
  return {
    names: namesOf(world, roles),
    isWhole: facts.grantsGap === undefined && !roles.some((id) => hasGap(world, id)),
  };
}

function answerPerson(world: World, person: string): Answer {
  const facts = world.people.get(person);
  if (!facts) return { names: [], isWhole: false };
  const names = new Set(namesOf(world, facts.outside));
  let isWhole =
    world.peopleGap === undefined && facts.outsideGap === undefined && !facts.outside.some((id) => hasGap(world, id));
  for (const [key, group] of world.groups) {
    if (group.members.has(person)) {
      const given = referenceGroup(world, key);
      for (const name of given.names) names.add(name);
      if (!given.isWhole) isWhole = false;
    } else if (group.membersGap !== undefined) isWhole = false;
  }
  return { names: [...names].sort(), isWhole };
}

/** Who can do something: whole only when nothing unknown could add a person. */
export function referenceWho(world: World, permission: string): Answer {
  const canonical = canonicalName(world, permission);
  if (canonical === undefined) return { names: [], isWhole: true };
  const names: string[] = [];
  let isWhole = world.peopleGap === undefined;
  for (const [key, facts] of world.people) {
    if (facts.outsideGap !== undefined) isWhole = false;
    if (referencePerson(world, key).names.includes(canonical)) {
      names.push(key);
      continue;
    }
    if (facts.outside.some((id) => hasGap(world, id))) isWhole = false;
    for (const [group, { members }] of world.groups)
      if (members.has(key) && !referenceGroup(world, group).isWhole) isWhole = false;
  }
  for (const [key, { membersGap }] of world.groups) {
    const given = referenceGroup(world, key);
    if (membersGap !== undefined && (!given.isWhole || given.names.includes(canonical))) isWhole = false;
  }
  return { names: names.sort(), isWhole };
}

/** Permissions that `requires` would still need, by following it name by name. */
export function referenceLacking(world: World, held: readonly string[], permission: string): readonly string[] {
  const needed = new Set<string>();
  const queue = [canonicalName(world, permission) ?? permission];
  while (queue.length > 0) {
    const name = queue.pop() as string;
    if (needed.has(name)) continue;
    needed.add(name);
    const found = world.vocabulary.permissions.find((candidate) => candidate.name === name);
    queue.push(...(found?.requires ?? []).map((other) => canonicalName(world, other) ?? other));
  }
  needed.delete(canonicalName(world, permission) ?? permission);
  return [...needed].filter((name) => !held.includes(name)).sort();
}

/** Canonical names of roles' permissions and everything they include. */
function namesOf(world: World, roles: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const queue = roles.flatMap((id) => world.roles.get(id)?.permissions ?? []);
  while (queue.length > 0) {
    const name = canonicalName(world, queue.pop() as string);
    if (name === undefined || found.has(name)) continue;
    found.add(name);
    queue.push(...(world.vocabulary.permissions.find((permission) => permission.name === name)?.implies ?? []));
  }
  return [...found].sort();
}

function canonicalName(world: World, name: string): string | undefined {
  const { permissions } = world.vocabulary;
  const exact = permissions.find((permission) => permission.name === name);
  return (exact ?? permissions.find(({ aliases }) => aliases.includes(name)))?.name;
}

function hasGap(world: World, role: string): boolean {
  return world.roles.get(role)?.gap !== undefined;
}
