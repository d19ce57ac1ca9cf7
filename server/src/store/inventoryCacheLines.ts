/** Inventories as lines of JSON, a few hundred items each: an inventory of 100,000 people is never one text or one long pause. */

import { createHash } from "node:crypto";
import { isRecord } from "../core/model/json.ts";
import { type Shared, shareEqual } from "../core/model/sharing.ts";

/** Items on one line: some ten kilobytes, which parse in about a millisecond. */
const ITEMS_PER_LINE = 200;

/** What stands in JSON for a map; its items follow on lines of their own, as `[number, items]`. */
const PLACEHOLDER = "$map";

/** A header line, the value's lines, and a last line with the hash of all others. Pauses between lines for other work. */
export async function* toLines(header: object, value: object): AsyncGenerator<string> {
  const hash = createHash("sha256");
  const maps: ReadonlyMap<string, unknown>[] = [];
  const text = (content: unknown): string => {
    const line = `${JSON.stringify(content, (_, part) => (part instanceof Map ? { [PLACEHOLDER]: maps.push(part) - 1 } : part))}\n`;
    hash.update(line);
    return line;
  };
  yield text(header);
  yield text(value);
  // The list grows while it is walked: items of a map may hold maps.
  for (const [number, map] of maps.entries()) {
    let items: unknown[] = [];
    for (const item of map) {
      items.push(item);
      if (items.length < ITEMS_PER_LINE) continue;
      yield text([number, items]);
      items = [];
      await nextTurn();
    }
    if (items.length > 0) yield text([number, items]);
  }
  yield `${JSON.stringify({ sha256: hash.digest("hex") })}\n`;
}

/** Why lines are no inventory of ours. */
export class Unusable extends Error {
  override readonly name = "Unusable";
}

/**
 * The value behind the lines. `accept` sees the header first and throws `Unusable` to refuse. Lines that were cut off,
 * changed or mixed up do not have the hash that the last one states, and are refused as a whole.
 */
export async function fromLines(chunks: AsyncIterable<string>, accept: (header: unknown) => void): Promise<unknown> {
  const hash = createHash("sha256");
  const maps = new Map<number, Map<unknown, unknown>>();
  const shared: Shared = new Map();
  let isHeaderRead = false;
  let value: unknown;
  let stated: unknown;
  for await (const line of splitLines(chunks)) {
    if (stated !== undefined) throw new Unusable("goes on behind its end");
    const content = parseLine(line, maps);
    if (isRecord(content) && "sha256" in content) {
      stated = content.sha256;
      continue;
    }
    hash.update(`${line}\n`);
    if (!isHeaderRead) {
      accept(content);
      isHeaderRead = true;
    } else if (value === undefined) value = content;
    else addItems(maps, content, shared);
  }
  if (stated !== hash.digest("hex")) throw new Unusable("is damaged");
  return value;
}

function addItems(maps: ReadonlyMap<number, Map<unknown, unknown>>, line: unknown, shared: Shared): void {
  const [number, items] = Array.isArray(line) ? line : [];
  const map = maps.get(number);
  if (!map || !Array.isArray(items)) throw new Unusable("is damaged");
  for (const [key, item] of items) {
    if (typeof key === "string" && isRecord(item)) map.set(...shareEqual(shared, key, item));
    else map.set(key, item);
  }
}

function parseLine(line: string, maps: Map<number, Map<unknown, unknown>>): unknown {
  try {
    // Looking at every value takes several times as long, so it is done only where a map may stand.
    if (!line.includes(`"${PLACEHOLDER}"`)) return JSON.parse(line);
    return JSON.parse(line, (_, part) => (isRecord(part) && PLACEHOLDER in part ? mapAt(maps, part) : part));
  } catch {
    throw new Unusable("is damaged");
  }
}

function mapAt(maps: Map<number, Map<unknown, unknown>>, placeholder: Record<string, unknown>): unknown {
  const map = new Map<unknown, unknown>();
  maps.set(Number(placeholder[PLACEHOLDER]), map);
  return map;
}

/** Node's own line reader also splits at U+2028, which JSON leaves as it is. */
async function* splitLines(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
    await nextTurn();
  }
  if (rest !== "") yield rest;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
