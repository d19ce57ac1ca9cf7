/** One group: who is in it, and what its members can do through what. */

import { itemsOf } from "../../model/knowledge.ts";
import { baselineOf } from "../effective.ts";
import { groupHolds } from "../engine/answers.ts";
import type { Engine, GroupNode } from "../engine/engine.ts";
import { groupsNamed } from "../engine/find.ts";
import { countOf, inQuotes } from "../words.ts";
import { gapLines } from "./gaps.ts";
import { permissionLines } from "./permissionLines.ts";
import { type Asked, type NoAnswer, pathData, type Reply, unheardOf } from "./question.ts";

/** `name` is a group's name, or its key in the engine. */
export function askGroup(asked: Asked, name: string): Reply | NoAnswer {
  const { engine, organization, snapshot } = asked;
  const found = findGroups(engine, name);
  const target = snapshot.targets.get(organization.name);
  const [group, ...others] = found;
  if (!group || !target) {
    const names = [...engine.groups.values()].map(({ facts }) => facts.name);
    return unheardOf(`No mapping in force of ${organization.name} names the group`, name, names);
  }
  if (others.length > 0) return { problem: `Groups of several directories are called ${inQuotes(name)}` };
  const holding = groupHolds(engine, group.key) ?? { held: [], gaps: [] };
  const baseline = baselineOf(target);
  // What a permission lacks here, another group of its members may give.
  const held = holding.held.map((one) => ({ ...one, lacking: [] }));
  const beyond = held.filter(({ permission }) => !baseline.has(permission.name));
  const { facts } = group;
  const gaps = [...(facts.membersGap === undefined ? [] : [facts.membersGap]), ...holding.gaps];
  const members = [...facts.members].flatMap((key) => engine.relation.people.get(key)?.name ?? []).sort();
  const counted = countOf(members.length, "person", "people");
  const teams = facts.grants.flatMap((grant) => (grant.kind === "team" ? [grant.team] : []));
  const accounts = new Set([...itemsOf(target.accounts).values()].map(({ handle }) => handle));
  return {
    title: `${facts.name} in ${organization.name}`,
    lines: [
      facts.membersGap === undefined ? counted : `at least ${counted}`,
      ...(teams.length === 0 ? [] : [`Teams  ${[...new Set(teams)].join(", ")}`]),
      ...permissionLines(asked, held, baseline),
      ...gapLines(gaps),
      ...(asked.people === "names" && members.length > 0
        ? ["People", ...members.map((member) => `  ${member}${accounts.has(member) ? "" : "  (no account)"}`)]
        : []),
    ],
    data: {
      group: facts.name,
      count: members.length,
      people: asked.people === "names" ? members : undefined,
      teams: [...new Set(teams)],
      permissions: beyond.map(({ permission, paths }) => ({
        name: permission.name,
        sensitivity: permission.sensitivity,
        through: paths.map((path) => pathData(asked, path)),
      })),
      isWhole: gaps.length === 0,
      gaps,
    },
  };
}

function findGroups(engine: Engine, name: string): readonly GroupNode[] {
  const known = engine.groups.get(name);
  return known ? [known] : groupsNamed(engine, name);
}
