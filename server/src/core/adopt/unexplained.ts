/** What to say of people who hold something that no single group explains. */

import { countOf, fold } from "../analysis/words.ts";
import { itemsOf } from "../model/knowledge.ts";
import { compareText } from "../model/order.ts";
import type { TargetInventory } from "../model/target.ts";
import { joinAnd } from "../sync/render/words.ts";
import type { ComparedGroup, Comparison, Explanation, LikelyGroup } from "./compare.ts";
import { nameOf } from "./groups.ts";
import type { Evidence, Note } from "./proposal.ts";
import { entryLines } from "./renderEntry.ts";

/** A role or team with who has it. */
export interface HeldGrant {
  /** `role SRE`, `team sre`. */
  readonly subject: string;
  readonly grants: Evidence["grants"];
  /** Account ids of enabled people. */
  readonly holders: ReadonlySet<string>;
  /** Those among them who have it through a mapping. */
  readonly explained: ReadonlySet<string>;
  /** Groups whose mapping gave it and has ended, as `<directory>\n<id>`: that it ended was somebody's decision. */
  readonly ended: ReadonlySet<string>;
  /** Why holders and groups cannot be compared. */
  readonly unread: string | undefined;
  /** Nobody expects a group behind every member. */
  readonly isUsual: boolean;
  /** Name of the SCIM group behind a team. */
  readonly fedBy?: string;
}

/** Names in one note; more would hide the next one. */
const MOST_NAMES = 10;

/** How to speak of people, and of groups: `usual` is the directory in which names are looked for anyway. */
export interface Manner {
  readonly target: TargetInventory;
  readonly people: "names" | "counts";
  readonly usual: string | undefined;
  readonly comparison: Comparison;
}

/** `left`: the holders whom nothing explains. */
export function noteOf(held: HeldGrant, left: readonly string[], explanation: Explanation, manner: Manner): Note {
  const { subject, grants, isUsual } = held;
  const names = manner.people === "names" ? namesOf(manner.target, left) : undefined;
  const who = countOf(left.length, "person has", "people have");
  if (explanation.kind === "whole") {
    const { group } = explanation.group;
    return { text: `${subject}: ${who} it, exactly those of ${group.name}, whose mapping has ended` };
  }
  if (explanation.kind === "several") {
    const { groups } = explanation;
    const text = `${subject}: ${who} it, exactly those of ${joinAnd(groups.map(({ group }) => group.name))}; choose one`;
    return { text, proposal: groups.flatMap((group) => proposed(group, grants, manner)) };
  }
  if (explanation.kind === "partly") {
    const { candidates } = explanation;
    const text = `${subject}: ${who} it by hand; ${candidates.map((one) => describe(one, held, left, manner)).join("; ")}`;
    const open = candidates.filter(({ group }) => !hasEnded(group, held));
    return { text, proposal: open.flatMap(({ group }) => proposed(group, grants, manner)) };
  }
  // Everybody may know who is in a team; only roles are worth a list of names.
  if (isUsual) return { text: `${subject}: ${who} it by hand` };
  const none = manner.comparison.isWhole ? "no group" : "no group that could be read";
  return { text: `${subject}: ${who} it by hand, and ${none} explains most of them${names ? `: ${names}` : ""}` };
}

/** A mapping of the files gave it to this group until its last day. */
export function hasEnded({ directory, group }: ComparedGroup, { ended }: HeldGrant): boolean {
  return ended.has(`${directory.name}\n${group.id}`);
}

function describe(
  { group, explains, adds }: LikelyGroup,
  held: HeldGrant,
  left: readonly string[],
  manner: Manner,
): string {
  const others = left.filter((id) => !group.accounts.has(id));
  const parts = [
    `${group.group.name} explains ${others.length === 0 ? "all" : explains} of them`,
    ...(others.length > 0 && manner.people === "names" ? [`not ${namesOf(manner.target, others)}`] : []),
    ...(adds > 0 ? [`and would give it to ${adds} more`] : []),
    ...(hasEnded(group, held) ? ["but its mapping has ended"] : []),
  ];
  return parts.join(", ");
}

function proposed(
  { directory, group }: ComparedGroup,
  grants: Evidence["grants"],
  { usual }: Manner,
): readonly string[] {
  const roles = "role" in grants ? [grants.role] : [];
  const teams = "team" in grants ? [grants.team] : [];
  return entryLines({ group: nameOf(directory, group), roles, teams, comments: [] }, usual);
}

function namesOf(target: TargetInventory, accounts: readonly string[]): string {
  const known = itemsOf(target.accounts);
  return fold(accounts.map((id) => known.get(id)?.handle ?? id).sort(compareText), MOST_NAMES);
}
