/** Groups and people of the engine by the words people use for them. */

import { accountKeyOf } from "./audience.ts";
import type { Engine, GroupNode } from "./engine.ts";

/** Mapped groups of this name; groups of two directories may share one. */
export function groupsNamed(engine: Engine, name: string): readonly GroupNode[] {
  return [...engine.groups.values()].filter(({ facts }) => facts.name === name);
}

/** Keys of whoever has this login, or else this address; an account's id is that of one alone, where names are shared. */
export function peopleNamed(engine: Engine, text: string): readonly string[] {
  const wanted = text.toLowerCase();
  const people = [...engine.relation.people];
  const byId = accountKeyOf({ id: text });
  if (engine.relation.people.has(byId)) return [byId];
  const byLogin = people.filter(([, { name }]) => name.toLowerCase() === wanted);
  const found = byLogin.length > 0 ? byLogin : people.filter(([, { email }]) => email === wanted);
  return found.map(([key]) => key);
}
