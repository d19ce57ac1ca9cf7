/**
 * One applier at a time: a file per organization that says who applies, and is touched while they do. Whoever finds it
 * left behind by a process that is gone takes it over; whoever cannot tell is told whose it is and how long it was silent.
 */

import { readFile, stat, unlink, utimes } from "node:fs/promises";
import { hostname, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { makeFolder } from "./folder.ts";
import { PRIVATE_FOLDER, writeWhole } from "./wholeFile.ts";

export interface LockOwner {
  readonly pid: number;
  readonly host: string;
  readonly user: string;
  /** ISO 8601 UTC. */
  readonly startedAt: string;
  /** Folder of the project that is applied. */
  readonly project: string;
}

export interface ApplyLock {
  release(): Promise<void>;
}

/** Held by somebody else: `alive` is at work, `silent` was not heard of for a while and may be suspended or gone. */
export interface HeldLock {
  readonly owner: LockOwner;
  readonly state: "alive" | "silent";
  /** Milliseconds since its last sign of life. */
  readonly silentMs: number;
}

/** `left`: whoever held it before and is gone. */
export type LockAttempt = { readonly lock: ApplyLock; readonly left?: LockOwner } | { readonly held: HeldLock };

const TOUCH_MS = 15_000;
const SILENT_MS = 120_000;

/** A process that died between looking and writing is waited for no longer than this. */
const MUTEX_STALE_MS = 5000;

/** Where the lock of an organization lies, in a folder that all who apply share. */
export function lockPath(folder: string, organizationId: string): string {
  return join(folder, `applying-${organizationId.replaceAll(/[^\w.-]/g, "_")}.json`);
}

/** Takes the lock of an organization. `takesSilent` takes it from somebody silent as well. Rejects with the system's error. */
export async function takeApplyLock(
  path: string,
  about: Pick<LockOwner, "startedAt" | "project">,
  { takesSilent = false } = {},
): Promise<LockAttempt> {
  const owner: LockOwner = { pid: process.pid, host: hostname(), user: userName(), ...about };
  await makeFolder(dirname(path), PRIVATE_FOLDER);
  return alone(path, async () => {
    const found = await readLock(path);
    if (found && found.state !== "gone" && !(takesSilent && found.state === "silent"))
      return { held: { ...found, state: found.state } };
    await writeWhole(path, `${JSON.stringify(owner)}\n`);
    const touch = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => {}), TOUCH_MS).unref();
    const lock: ApplyLock = {
      async release() {
        clearInterval(touch);
        await alone(path, async () => {
          if (isSameOwner((await readLock(path))?.owner, owner)) await unlink(path);
        });
      },
    };
    return found ? { lock, left: found.owner } : { lock };
  });
}

/** Who holds the lock, if somebody does who is not surely gone. Rejects with the system's error. */
export async function findHolder(path: string): Promise<HeldLock | undefined> {
  const found = await readLock(path);
  return found && found.state !== "gone" ? { ...found, state: found.state } : undefined;
}

interface FoundLock {
  readonly owner: LockOwner;
  readonly state: "alive" | "silent" | "gone";
  readonly silentMs: number;
}

/** A lock that cannot be read was never written whole, so nobody holds it. */
async function readLock(path: string): Promise<FoundLock | undefined> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(path, "utf8"), stat(path)]);
    const owner = JSON.parse(text) as LockOwner;
    const silentMs = Math.max(0, Date.now() - mtimeMs);
    if (owner.host === hostname() && !isRunning(owner.pid)) return { owner, state: "gone", silentMs };
    return { owner, state: silentMs > SILENT_MS ? "silent" : "alive", silentMs };
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Another user's process may not be signalled, which proves that it is there. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function isSameOwner(a: LockOwner | undefined, b: LockOwner): boolean {
  return a !== undefined && a.pid === b.pid && a.host === b.host && a.startedAt === b.startedAt;
}

async function alone<T>(path: string, task: () => Promise<T>): Promise<T> {
  const mutex = await import("./mutex.ts");
  return mutex.alone(path, { staleMs: MUTEX_STALE_MS, tries: 40 }, task);
}

/** Systems without an account database, such as bare containers, know no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? "?"}`;
  }
}
