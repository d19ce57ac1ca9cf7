/** What vendors last said of their rate limits, shared by all windows and commands of one machine through a small file. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { messageOf } from "../core/model/thrown.ts";
import { makeFolder } from "./folder.ts";
import { PRIVATE_FOLDER, writeWhole } from "./wholeFile.ts";

/** One allowance as some process saw it. Times are milliseconds since 1970. */
export interface SeenAllowance {
  readonly limit: number;
  readonly remaining: number;
  readonly resetAt: number;
  readonly seenAt: number;
}

export interface RateBudget {
  /** The last allowance that any process saw, while it has not been filled again. Never rejects. */
  find(bucket: string): Promise<SeenAllowance | undefined>;
  /** Tells the others, soon and in the background. */
  note(bucket: string, seen: SeenAllowance, isUrgent: boolean): void;
}

export interface RateBudgetOptions {
  readonly folder: string;
  readonly now: () => number;
  readonly log: (line: string) => void;
}

export const RATE_BUDGET_FILE = "rate-budget.json";

/** What was read from the file counts so long: a burst asks many times a second. */
const REREAD_MS = 1000;

/** Writes are gathered so long; one that tells of a nearly used allowance goes at once. */
const GATHER_MS = 1000;

/** A process that died while it held the lock is not waited for any longer. */
const LOCK_STALE_MS = 5000;

type Table = ReadonlyMap<string, SeenAllowance>;

/** Opens the budget. Whatever goes wrong is said once, and every process then minds its own limits alone. */
export function openRateBudget({ folder, now, log }: RateBudgetOptions): RateBudget {
  const path = join(folder, RATE_BUDGET_FILE);
  let table: Promise<Table> = Promise.resolve(new Map());
  let readAt = Number.NEGATIVE_INFINITY;
  let pending = new Map<string, SeenAllowance>();
  let timer: NodeJS.Timeout | undefined;
  let flushing: Promise<void> = Promise.resolve();
  let isBroken = false;

  function give(error: unknown): void {
    if (isBroken) return;
    isBroken = true;
    log(`rate limits are not shared with other windows: ${path} cannot be used (${codeOf(error)})`);
  }

  function read(): Promise<Table> {
    return readTable(path).catch((error: unknown) => {
      give(error);
      return new Map();
    });
  }

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    flushing = flushing.then(write).catch(give);
  }

  async function write(): Promise<void> {
    if (pending.size === 0) return;
    const news = pending;
    pending = new Map();
    await makeFolder(folder, PRIVATE_FOLDER);
    const { alone } = await import("./mutex.ts");
    await alone(path, { staleMs: LOCK_STALE_MS, tries: 6 }, async () => {
      const merged = merge(await read(), news, now());
      await writeWhole(path, `${JSON.stringify({ version: 1, allowances: Object.fromEntries(merged) })}\n`);
      table = Promise.resolve(merged);
      readAt = now();
    });
  }

  return {
    async find(bucket) {
      if (isBroken) return undefined;
      if (now() - readAt > REREAD_MS) {
        readAt = now();
        table = read();
      }
      const found = pending.get(anonymous(bucket)) ?? (await table).get(anonymous(bucket));
      return found && found.resetAt > now() ? found : undefined;
    },
    note(bucket, seen, isUrgent) {
      if (isBroken) return;
      pending.set(anonymous(bucket), seen);
      if (isUrgent) flush();
      else timer ??= setTimeout(flush, GATHER_MS).unref();
    },
  };
}

/** The later word counts; what has been filled again since is no news. */
function merge(old: Table, news: Table, now: number): Table {
  const merged = new Map(old);
  for (const [bucket, seen] of news) {
    const known = merged.get(bucket);
    if (!known || known.seenAt <= seen.seenAt) merged.set(bucket, seen);
  }
  return new Map([...merged].filter(([, { resetAt }]) => resetAt > now));
}

/** A file that is missing or damaged is an empty one: the next write makes it whole. */
async function readTable(path: string): Promise<Table> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return new Map();
    throw error;
  }
  try {
    const { version, allowances } = JSON.parse(text) as Record<string, unknown>;
    if (version !== 1 || typeof allowances !== "object" || allowances === null) return new Map();
    return new Map(Object.entries(allowances).filter((entry): entry is [string, SeenAllowance] => isSeen(entry[1])));
  } catch {
    return new Map();
  }
}

function isSeen(value: unknown): value is SeenAllowance {
  const { limit, remaining, resetAt, seenAt } = (value ?? {}) as Record<string, unknown>;
  return [limit, remaining, resetAt, seenAt].every(Number.isFinite);
}

/** Some vendors put the address of a group or person into the path. */
function anonymous(bucket: string): string {
  return bucket.replaceAll(/[^/]*(?:@|%40)[^/]*/gi, "*");
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException | undefined)?.code ?? messageOf(error);
}
