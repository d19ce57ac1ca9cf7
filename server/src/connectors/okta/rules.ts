/** Groups that are fed by rules. Knowing them is an extra: without the answer a group counts as static. */

import type { Group } from "../../core/model/directory.ts";
import { itemsOf, type Knowledge } from "../../core/model/knowledge.ts";
import { listRules, type WireRule } from "./api.ts";
import { type Okta, readRows } from "./rows.ts";

interface Rule {
  readonly id: string;
  readonly feeds: readonly string[];
}

/** Ids of groups that an active rule puts people into. */
export async function readFedGroups(okta: Okta): Promise<ReadonlySet<string>> {
  const rules = await readRows(okta, listRules(okta.address), "group rules", toRule);
  return new Set([...itemsOf(rules).values()].flatMap(({ feeds }) => feeds));
}

/** The groups with their kind set to dynamic where a rule feeds them. */
export function markFed(groups: Knowledge<Group>, fed: ReadonlySet<string>): Knowledge<Group> {
  if (groups.state === "unknown" || fed.size === 0) return groups;
  const mark = (group: Group): Group =>
    group.kind === "static" && fed.has(group.id) ? { ...group, kind: "dynamic" } : group;
  return { ...groups, items: new Map([...groups.items].map(([id, group]) => [id, mark(group)])) };
}

function toRule(wire: WireRule): Rule | undefined {
  if (typeof wire.id !== "string") return undefined;
  const feeds = wire.status === "ACTIVE" ? wire.actions?.assignUserToGroups?.groupIds : undefined;
  return { id: wire.id, feeds: Array.isArray(feeds) ? feeds : [] };
}
