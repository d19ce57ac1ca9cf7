/** What people must know of an undo besides its changes: what it leaves, and what has to be done first. */

import { countOf } from "../../analysis/words.ts";
import { type Instant, renderInstant } from "../../model/time.ts";
import type { Desired } from "../desire/desired.ts";
import { appliesRoles } from "../effects/logins.ts";
import type { ToUndo } from "../journal/journal.ts";
import type { Change } from "../plan.ts";

/** Whoever applied once more after an apply that was cancelled may take both for one. */
export function leftBefore(before: ToUndo["before"], now: Instant): readonly string[] {
  return before.map(({ start, state, journal }) => {
    const done = [...state.outcomes.values()].filter(({ result }) => result === "done").length;
    return `the apply of ${renderInstant(start.at, now)} before it did not come to its end (${done} of ${countOf(start.steps, "step")} done), and this takes back nothing of it; \`accessmap undo ${journal}\` does`;
  });
}

/**
 * Somebody may have switched role mapping on once the mappings were there. Then guards refuse to take them back, some for
 * good, and rightly so; whoever wants that has to turn the switch first, since accessmap writes none.
 */
export function switchFirst(desired: Desired, changes: readonly Change[]): readonly string[] {
  const isTaking = changes.some(
    (change) =>
      (change.action === "delete-mapping" && change.mapping.gives.kind === "role") ||
      (change.action === "update-mapping" && change.before.gives.kind === "role"),
  );
  if (!isTaking || !appliesRoles(desired)) return [];
  const isKnown = desired.target.switches.roleMapping.state === "known";
  return [
    `${isKnown ? "SAML role mapping is on" : "whether SAML role mapping is on could not be read, so it is taken to be on"}: whoever matches only mappings that go loses all roles at the next login. If it was off before that apply, switch it off first, in Datadog under Organization Settings, SAML Group Mappings; then plan this undo again, and it takes no role from anybody`,
  ];
}
