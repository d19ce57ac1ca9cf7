/**
 * Who began an apply: a mark in the person's own storage. What lies in a project's folder may have come with the repository,
 * a journal and a plan that somebody made up included; without the mark nothing is finished.
 */

import { unlink } from "node:fs/promises";
import { join } from "node:path";
import type { SealedPlan } from "../core/sync/plan.ts";
import { hashText } from "./hash.ts";
import { isMarked, makeMark } from "./marks.ts";

/** What was begun: this plan, with these guards lifted, told in this journal. */
export interface Begun {
  readonly journal: string;
  readonly fingerprint: SealedPlan["fingerprint"];
  readonly waivers: readonly string[];
}

/** Rejects with the system's error. */
export function markBegun(storage: string, begun: Begun): Promise<void> {
  return makeMark(markOf(storage, begun), `${begun.journal}\n`);
}

/** True when this person began this very apply on this machine. */
export function hasBegun(storage: string, begun: Begun): Promise<boolean> {
  return isMarked(markOf(storage, begun));
}

/** For an apply that has ended, or never began. */
export async function clearBegun(storage: string, begun: Begun): Promise<void> {
  await unlink(markOf(storage, begun)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
}

function markOf(storage: string, { journal, fingerprint, waivers }: Begun): string {
  return join(storage, "begun", hashText(JSON.stringify([journal, fingerprint, [...waivers].sort()])));
}
