/** Groups that are fed by rules. Knowing them is an extra: without the answer a group counts as static. */

import type { Group } from "../../core/model/directory.ts";
import { itemsOf, type Knowledge } from "../../core/model/knowledge.ts";
import { listRules, type WireRule } from "./api.ts";
import { type Okta, readRows } from "./rows.ts";

interface Rule {
  readonly id: string;
  readonly feeds: readonly string[];
  readonly expression: string;
}

/** What fills the groups that active rules put people into, by group id; several rules stand on a line each. */
export async function readFedGroups(okta: Okta): Promise<ReadonlyMap<string, string>> {
  const rules = await readRows(okta, listRules(okta.address), "group rules", toRule);
  const fed = new Map<string, string>();
  for (const { feeds, expression } of itemsOf(rules).values())
    for (const id of feeds) fed.set(id, fed.has(id) ? `${fed.get(id)}\n${expression}` : expression);
  return fed;
}

/** The groups with their kind set to dynamic, and the rule, where one feeds them. */
export function markFed(groups: Knowledge<Group>, fed: ReadonlyMap<string, string>): Knowledge<Group> {
  if (groups.state === "unknown" || fed.size === 0) return groups;
  const mark = (group: Group): Group => {
    const rule = fed.get(group.id);
    return group.kind === "static" && rule !== undefined ? { ...group, kind: "dynamic", ...(rule && { rule }) } : group;
  };
  return { ...groups, items: new Map([...groups.items].map(([id, group]) => [id, mark(group)])) };
}

function toRule(wire: WireRule): Rule | undefined {
  if (typeof wire.id !== "string") return undefined;
  const feeds = wire.status === "ACTIVE" ? wire.actions?.assignUserToGroups?.groupIds : undefined;
  const expression = wire.conditions?.expression?.value;
  return {
    id: wire.id,
    feeds: Array.isArray(feeds) ? feeds : [],
    expression: typeof expression === "string" ? expression : "",
  };
}
