/** People who get two things through two mappings, which no mapping by itself shows. */

import { push } from "../../model/maps.ts";
import { activeMembers, type HeldRole, type ResolvedMapping } from "../grants.ts";

interface Part {
  readonly resolved: ResolvedMapping;
  readonly held: HeldRole;
  readonly side: "one" | "other";
}

/** An earlier and a later part in file order, and all who get both. */
export interface Meeting {
  readonly earlier: Part;
  readonly later: Part;
  /** Logins, sorted. */
  readonly people: readonly string[];
}

/**
 * Where people meet the one and the other through different mappings. A mapping that gives both is left out, and so is
 * everything that cannot be known for want of members. One pass over all members.
 */
export function findMeetings(
  mappings: readonly ResolvedMapping[],
  givesOne: (held: HeldRole) => boolean,
  givesOther: (held: HeldRole) => boolean,
): readonly Meeting[] {
  const before = { one: new Map<string, Part>(), other: new Map<string, Part>() };
  const meetings: Meeting[] = [];
  for (const resolved of mappings) {
    const part = partOf(resolved, givesOne, givesOther);
    if (!part) continue;
    const facing = before[part.side === "one" ? "other" : "one"];
    const logins = activeMembers(resolved.members).map(({ login }) => login);
    for (const [earlier, people] of gather(logins, facing)) meetings.push({ earlier, later: part, people });
    const own = before[part.side];
    for (const login of logins) if (!own.has(login)) own.set(login, part);
  }
  return meetings;
}

/** Those who have a part already, by that part. */
function gather(logins: readonly string[], facing: ReadonlyMap<string, Part>): ReadonlyMap<Part, readonly string[]> {
  const found = new Map<Part, string[]>();
  for (const login of [...logins].sort()) {
    const part = facing.get(login);
    if (part) push(found, part, login);
  }
  return found;
}

function partOf(
  resolved: ResolvedMapping,
  givesOne: (held: HeldRole) => boolean,
  givesOther: (held: HeldRole) => boolean,
): Part | undefined {
  const roles = resolved.held;
  const [one, other] = [roles.find(givesOne), roles.find(givesOther)];
  if (one && other) return undefined;
  if (one) return { resolved, held: one, side: "one" };
  return other && { resolved, held: other, side: "other" };
}
