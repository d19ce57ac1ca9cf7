/**
 * What is the person's own: plans they saved and journals of what they applied, each with a mark in their storage, named by
 * its hash. Hashes inside a file tell damage, but whoever writes the file can compute them, so a file that came with a
 * repository may do anything, say anything of it, and lack the refusals of guards.
 */

import { readdir, readFile, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import type { SealedPlan } from "../core/sync/plan.ts";
import { hashText } from "./hash.ts";
import { isMarked, makeMark } from "./marks.ts";
import { digestOf, savePlan } from "./planFile.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** How long a mark is kept, in milliseconds: longer than any plan holds, and than anybody undoes at once. */
const KEPT_MS = { plans: 2 * DAY_MS, journals: 400 * DAY_MS } as const;

type Kind = keyof typeof KEPT_MS;

/** Saves a plan as this person's. `storage` is `Workspace.applies`. Rejects with the system's error of the plan's file. */
export async function saveOwnPlan(path: string, sealed: SealedPlan, storage: string | undefined): Promise<void> {
  await savePlan(path, sealed);
  await mark("plans", digestOf(sealed), storage);
}

/** True when this person saved this very plan on this machine. */
export function isOwnPlan(sealed: SealedPlan, storage: string | undefined): Promise<boolean> {
  return isOwn("plans", digestOf(sealed), storage);
}

/** For a journal that got its last line from an apply of this person. */
export async function markOwnJournal(path: string, storage: string | undefined): Promise<void> {
  await mark("journals", hashText(await readFile(path, "utf8")), storage);
}

/** True when this person applied what the journal tells, on this machine, and it tells it still. Rejects with the system's error. */
export async function isOwnJournal(path: string, storage: string | undefined): Promise<boolean> {
  return isOwn("journals", hashText(await readFile(path, "utf8")), storage);
}

/** Without a storage it is a drill, which can harm nobody. */
async function isOwn(kind: Kind, digest: string, storage: string | undefined): Promise<boolean> {
  return storage === undefined || isMarked(join(storage, kind, digest));
}

/** Where no mark can be made the file counts as anybody's, which costs a look and no more. */
async function mark(kind: Kind, digest: string, storage: string | undefined): Promise<void> {
  if (storage === undefined) return;
  const folder = join(storage, kind);
  try {
    await makeMark(join(folder, digest));
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      if ((await stat(path)).mtimeMs < Date.now() - KEPT_MS[kind]) await unlink(path);
    }
  } catch {
    // Another run may sweep at the same time.
  }
}
