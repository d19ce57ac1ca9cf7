/** What pushes from this folder did, read from their journals before each refresh; journals that are known are not read again. */

import { join } from "node:path";
import { type Move, NO_MOVES } from "../core/model/moves.ts";
import type { LatestApplies } from "../core/sync/journal/journal.ts";
import { movesIn } from "../core/sync/journal/moves.ts";
import { latestApplies } from "../store/applied.ts";
import { JOURNAL_FOLDER } from "../store/journalFile.ts";
import { journalsMark } from "../store/journalList.ts";
import type { AfreshRead } from "./workspaceTypes.ts";

export interface KnownMoves {
  readonly moves: ReadonlyMap<string, readonly Move[]>;
  /** Of the journals that they come from. */
  readonly mark: string;
}

export const NOTHING_MOVED: KnownMoves = { moves: NO_MOVES, mark: "" };

/** `known` itself while the journals are the same. A folder that cannot be read tells nothing. */
export async function readMoves(folder: string, names: Iterable<string>, known: KnownMoves): Promise<KnownMoves> {
  const journals = join(folder, JOURNAL_FOLDER);
  const organizations = [...names];
  const mark = `${organizations.join()} ${await journalsMark(journals)}`;
  if (mark === known.mark) return known;
  const moves = new Map<string, readonly Move[]>();
  for (const name of organizations) {
    const found = [...movesIn((await latestApplies(journals, name)).applies).values()];
    if (found.length > 0) moves.set(name, found);
  }
  return { moves: moves.size === 0 && known.moves.size === 0 ? known.moves : moves, mark };
}

/** The audit trail since an apply: there is nothing to tell drift by before it. */
export function trailSince({ applies: [last] }: LatestApplies): AfreshRead["extras"] {
  return last && { include: ["audit"], window: { from: last.start.at } };
}
