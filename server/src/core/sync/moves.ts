/** Journals as moves: what the last push that touched somebody's role or team did with it. */

import type { Move } from "../model/moves.ts";
import { keyOf } from "./desired.ts";
import type { RecordedApply } from "./journal.ts";
import type { Named } from "./plan.ts";

/** By `keyOf`. `applies` come latest first. Steps that are not known to have been done tell nothing. */
export function movesIn(applies: readonly RecordedApply[]): ReadonlyMap<string, Move> {
  const moves = new Map<string, Move>();
  for (const { start, state } of applies) {
    for (const [step, change] of state.intents) {
      if (state.outcomes.get(step)?.result !== "done") continue;
      if (change.action !== "set-roles" && change.action !== "set-members") continue;
      const note = ({ id }: Named, did: Move["did"]) => {
        const move: Move =
          change.action === "set-roles"
            ? { kind: "role", id, account: change.account.id, did, at: start.at, until: state.lastAt }
            : { kind: "team", id: change.team.name, account: id, did, at: start.at, until: state.lastAt };
        const key = keyOf(move.kind, move.id, move.account);
        if (!moves.has(key)) moves.set(key, move);
      };
      for (const granted of change.grants) note(granted, "gave");
      for (const revoked of change.revokes) note(revoked, "took");
    }
  }
  return moves;
}
