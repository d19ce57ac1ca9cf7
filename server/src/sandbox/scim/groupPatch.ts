/** Changes of a group: members added, replaced, removed, and its name. */

import type { DatadogTeam, TeamMember } from "../company.ts";
import type { Setting } from "../http/frame.ts";
import { isRecord, textAt } from "../http/query.ts";
import { VendorError } from "../http/vendorError.ts";
import { teamName } from "./handle.ts";
import { equalities } from "./list.ts";
import { attributesOf, type Operation } from "./patch.ts";

/** The team after all operations; the given one is not touched, so that a failing operation leaves it as it was. */
export function patchGroup(setting: Setting, team: DatadogTeam, operations: readonly Operation[]): DatadogTeam {
  const draft = structuredClone(team);
  for (const operation of operations) {
    if (operation.op === "remove") remove(draft, operation);
    else for (const [path, value] of attributesOf(operation)) assign(setting, draft, operation.op, path, value);
  }
  return draft;
}

/** Members that a list names. Datadog knows no members it has no account of. */
export function readMembers({ company }: Setting, value: unknown): TeamMember[] {
  const list = Array.isArray(value) ? value : [value];
  const ids = list.map((item) => (isRecord(item) ? textAt(item, "value") : undefined) ?? "");
  const stranger = ids.find((id) => !company.datadog.users.has(id));
  if (stranger !== undefined) throw new VendorError(400, `Member ${stranger} is not a user of this organization`);
  return [...new Set(ids)].map((userId) => ({ userId, admin: false }));
}

function assign(setting: Setting, team: DatadogTeam, op: string, path: string, value: unknown): void {
  switch (path) {
    case "members": {
      const members = readMembers(setting, value);
      const others = team.members.filter(({ userId }) => !members.some((member) => member.userId === userId));
      team.members = op === "add" ? [...others, ...members] : members;
      return;
    }
    case "displayName":
      if (typeof value === "string") team.name = teamName(value);
      return;
    case "externalId":
      team.externalId = typeof value === "string" ? value : null;
      return;
    case "id":
      if (value !== team.id) throw new VendorError(400, "id is immutable");
  }
}

/**
 * `members[value eq "…"]` takes one member out. The bare path `members` takes all of them, whatever `value` says: RFC
 * 7644, 3.5.2.2, and the accident that clients of another dialect have caused again and again.
 */
function remove(team: DatadogTeam, { path }: Operation): void {
  if (path === undefined) throw new VendorError(400, "A remove operation needs a path");
  const [, filter] = /^members\[(.+)\]$/.exec(path) ?? [];
  if (filter !== undefined) {
    const gone = equalities(filter).get("value");
    team.members = team.members.filter(({ userId }) => userId !== gone);
    return;
  }
  if (path !== "members") throw new VendorError(400, `${path} cannot be removed`);
  team.members = [];
}
