/** Random edits between two plans: of the files, of groups and people in the directory, of Datadog by somebody else. */

import type { Dice } from "../campaign/dice.ts";
import { createMapping, PATHS, roleNamed, USERS, type World } from "./world.ts";

type Edit = (world: World, dice: Dice) => string;

/** Changes the world in place and says how. */
export function edit(world: World, dice: Dice): string {
  return dice.pick(EDITS)(world, dice);
}

const EDITS: readonly Edit[] = [
  ({ files }, dice) => {
    files.mappings.push(createMapping(dice));
    return "a mapping more";
  },
  ({ files }, dice) => {
    files.mappings.splice(dice.roll(files.mappings.length), 1);
    return "a mapping less";
  },
  ({ files }, dice) => {
    files.push.roles = dice.pick(PATHS);
    return `roles go through ${files.push.roles}`;
  },
  ({ files }, dice) => {
    files.push.teams = dice.pick(PATHS);
    return `teams go through ${files.push.teams}`;
  },
  ({ files }, dice) => {
    files.push.users = dice.pick(USERS);
    return `users: ${files.push.users}`;
  },
  ({ files }) => {
    files.adopted = true;
    return "adopted";
  },
  ({ company }, dice) => {
    const group = dice.pick([...company.okta.groups.values()]);
    const person = dice.pick([...company.okta.users.keys()]);
    const isMember = group.members.includes(person);
    group.members = isMember ? group.members.filter((id) => id !== person) : [...group.members, person];
    return `${isMember ? "one leaves" : "one joins"} ${group.name}`;
  },
  ({ company }, dice) => {
    const person = dice.pick([...company.okta.users.values()]);
    person.status = dice.pick(["ACTIVE", "DEPROVISIONED", "SUSPENDED"] as const);
    return `${person.login} is ${person.status}`;
  },
  ({ company }, dice) => {
    const user = dice.pick([...company.datadog.users.values()].filter(({ serviceAccount }) => !serviceAccount));
    const role = roleNamed(company, dice.pick(["SRE", "Engineer"]));
    const holds = user.roleIds.includes(role);
    user.roleIds = holds ? user.roleIds.filter((id) => id !== role) : [...user.roleIds, role];
    return `somebody ${holds ? "takes a role from" : "gives a role to"} ${user.handle}`;
  },
  ({ company }, dice) => {
    const [mapping] = company.datadog.mappings.values();
    if (mapping && dice.happens(0.5)) company.datadog.mappings.delete(mapping.id);
    else company.datadog.roleMapping = !company.datadog.roleMapping;
    return "somebody touches SAML";
  },
];
