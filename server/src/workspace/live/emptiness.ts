/**
 * Doubt of an organization's lists that are suddenly empty. An answer of 200 with nothing has cost people their access
 * before; so nothing, where there was something, is believed the second time only. What must never be empty, and what other
 * answers contradict, the connector doubts by itself.
 */

import { type Failure, isComplete, itemsOf, type Knowledge, partial } from "../../core/model/knowledge.ts";
import type { TargetInventory } from "../../core/model/target.ts";

/** Two answers within a minute may come from the same hiccup. Directories are doubted alike, by their connectors. */
const CONFIRM_AFTER_MS = 60_000;

/** The part of every doubt's message that a later read knows it by. */
const DOUBTED = "this is believed when a later read says so too";

/** The organization as read, with collections taken back that are empty though they were not. */
export function doubtEmptyLists(last: TargetInventory | undefined, next: TargetInventory): TargetInventory {
  const { name } = next;
  const teamMembers = [...next.teamMembers].map(
    ([id, members]) => [id, confirm(name, "members of a team", last?.teamMembers.get(id), members)] as const,
  );
  return {
    ...next,
    teams: confirm(name, "teams", last?.teams, next.teams),
    mappings: confirm(name, "AuthN mappings", last?.mappings, next.mappings),
    teamMembers: new Map(teamMembers),
  };
}

function confirm<T>(system: string, what: string, last: Knowledge<T> | undefined, next: Knowledge<T>): Knowledge<T> {
  const before = itemsOf(last).size;
  if (!isComplete(next) || next.items.size > 0 || before === 0) return next;
  const since = last?.state === "known" && last.gap?.message.includes(DOUBTED) ? last.gap.at : undefined;
  if (since !== undefined && Date.parse(next.asOf) - Date.parse(since) >= CONFIRM_AFTER_MS) return next;
  const message = `${system} answered with no ${what}, where there were ${before}; ${DOUBTED}`;
  const gap: Failure = { kind: "incomplete", system, message, at: since ?? next.asOf };
  return partial(next.source, next.asOf, next.items, gap);
}
