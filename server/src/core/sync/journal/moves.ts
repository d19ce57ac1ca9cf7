/** Journals as moves: what the last push that touched somebody's role or team did with it. */

import type { Move } from "../../model/moves.ts";
import { keyOf } from "../desire/desired.ts";
import type { RecordedApply } from "./journal.ts";
import { signsOf } from "./signs.ts";

/** By `keyOf`. `applies` come latest first. Steps that are not known to have been done tell nothing. */
export function movesIn(applies: readonly RecordedApply[]): ReadonlyMap<string, Move> {
  const moves = new Map<string, Move>();
  for (const { action, result, kind, what, account, before, after, at, until } of signsOf(applies)) {
    if (result !== "done" || after === undefined || before === after) continue;
    if (action !== "set-roles" && action !== "set-members") continue;
    const id = kind === "team" ? what.name : what.id;
    const key = keyOf(kind, id, account.id);
    if (!moves.has(key)) moves.set(key, { kind, id, account: account.id, did: after ? "gave" : "took", at, until });
  }
  return moves;
}
