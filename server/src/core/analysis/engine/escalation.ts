/** Ways from groups to an administrator's power that no single grant shows: the shortest one, and the fewest edits that end all. */

import { memo } from "../memo.ts";
import { has } from "./bits.ts";
import type { Engine, GroupNode } from "./engine.ts";
import {
  ADMINISTRATOR,
  decisiveIn,
  doorSteps,
  type EscalationStep,
  nodeOfGroup,
  nodeOfPermission,
  ownSteps,
} from "./escalationSteps.ts";
import { type Graph, graphOf, shortestWay, smallestCut } from "./flow.ts";

/** The shortest way from a group to an administrator's power; undefined when none is known. */
export function escalationOf(engine: Engine, group: GroupNode): readonly EscalationStep[] | undefined {
  return shortestWay(memo(engine, wholeGraph), nodeOfGroup(group), ADMINISTRATOR);
}

/** The same by what the group itself is given, whatever else its people may join. */
export function ownEscalationOf(engine: Engine, group: GroupNode): readonly EscalationStep[] | undefined {
  return shortestWay(memo(engine, ownGraph), nodeOfGroup(group), ADMINISTRATOR);
}

/** Whether a permission leads on, whoever holds it. */
export function hasWayFrom(engine: Engine, permission: string): boolean {
  return shortestWay(memo(engine, ownGraph), nodeOfPermission(permission), ADMINISTRATOR) !== undefined;
}

/** The fewest edits that leave these groups no way; undefined when edits cannot do it. */
export function cutFor(engine: Engine, groups: readonly GroupNode[]): readonly EscalationStep[] | undefined {
  return smallestCut(memo(engine, wholeGraph), groups.map(nodeOfGroup), ADMINISTRATOR);
}

/** The same by what the groups themselves are given, whatever else their people may join. */
export function ownCutFor(engine: Engine, groups: readonly GroupNode[]): readonly EscalationStep[] | undefined {
  return smallestCut(memo(engine, ownGraph), groups.map(nodeOfGroup), ADMINISTRATOR);
}

function ownGraph(engine: Engine): Graph<EscalationStep> {
  return graphOf(memo(engine, ownSteps));
}

function wholeGraph(engine: Engine): Graph<EscalationStep> {
  const own = memo(engine, ownSteps);
  return graphOf([...own, ...doorSteps(engine, own)]);
}

/** Whether a role of the group's own permits an administrator's permission: that is no hidden way. */
export function isOpenlyAdministrator({ relation, roleBits }: Engine, { facts }: GroupNode): boolean {
  const decisive = decisiveIn(relation);
  return facts.grants.some((grant) => {
    const bits = grant.kind === "role" ? roleBits.get(grant.role) : undefined;
    return bits !== undefined && decisive.some((index) => has(bits, index));
  });
}
