/** Random edits between two plans: of the files, of groups and people in the directory, of Datadog by somebody else. */

import type { Dice } from "../campaign/dice.ts";
import { createMapping, GROUPS, PATHS, ROLES, roleNamed, USERS, type World } from "./world.ts";

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
    const [one, other] = [dice.pick([...company.okta.groups.values()]), dice.pick([...company.okta.groups.values()])];
    [one.members, other.members] = [other.members, one.members];
    return `the people of ${one.name} and ${other.name} change places`;
  },
  // By chance alone, people who wait for each other's role are hardly ever drawn.
  ({ company, files }, dice) => {
    const users = [...company.datadog.users.values()].filter(({ serviceAccount }) => !serviceAccount);
    const first = dice.roll(users.length);
    const circle = [...users.slice(first), ...users.slice(0, first)].slice(0, 2 + dice.roll(2));
    const roles = ROLES.slice(0, circle.length);
    const ids = roles.map((name) => roleNamed(company, name));
    for (const user of users) user.roleIds = user.roleIds.filter((id) => !ids.includes(id));
    for (const [index, user] of circle.entries()) {
      user.roleIds = [...user.roleIds, ids[(index + 1) % ids.length] ?? ""];
      Object.assign(user, { disabled: false, verified: true });
      const group = [...company.okta.groups.values()].find(({ name }) => name === GROUPS[index]);
      const person = [...company.okta.users.values()].find(({ login }) => login === user.handle);
      if (!group || !person) throw new Error("the world lacks a group or a person");
      person.status = "ACTIVE";
      group.members = [person.id];
    }
    files.mappings = roles.map((role, index) => ({ group: GROUPS[index] ?? "", roles: [role], teams: [] }));
    files.adopted = true;
    return `${circle.map(({ handle }) => handle).join(", ")} alone hold a role each and pass it on`;
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
