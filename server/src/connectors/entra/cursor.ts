/** Where reading changes of an Entra tenant stopped, as the text that an inventory carries. */

import { isRecord } from "../../core/model/json.ts";
import { originOf } from "../../http/origins.ts";

export interface Cursor {
  /** Groups that are followed. */
  readonly ids: readonly string[];
  /** Delta links of the groups, 50 each, and of people. */
  readonly groups: readonly string[];
  readonly users: string;
  /** Groups inside the followed ones: their changes are not told. */
  readonly nested: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The text that `parseCursor` reads back. */
export function renderCursor({ ids, groups, users, nested }: Cursor): string {
  return JSON.stringify({ version: 1, ids, groups, users, nested: [...nested].map(([id, inner]) => [id, [...inner]]) });
}

/** Undefined for a text of another version, and for links that lead to another origin: it may have lain in a file. */
export function parseCursor(text: string, origin: string): Cursor | undefined {
  const value = tryParse(text);
  if (!isRecord(value) || value.version !== 1 || typeof value.users !== "string") return undefined;
  const { users } = value;
  const [ids, groups] = [textsOf(value.ids), textsOf(value.groups)];
  if (!ids || !groups || !Array.isArray(value.nested)) return undefined;
  if (![...groups, users].every((link) => originOf(link) === origin)) return undefined;
  const nested = value.nested.flatMap((entry) => {
    const [id, inner] = Array.isArray(entry) ? entry : [];
    return typeof id === "string" ? [[id, new Set(textsOf(inner) ?? [])] as const] : [];
  });
  return { ids, groups, users, nested: new Map(nested) };
}

/** The same texts, in whatever order and however often. */
export function isSameSet(some: readonly string[], others: readonly string[]): boolean {
  const set = new Set(some);
  return set.size === new Set(others).size && others.every((other) => set.has(other));
}

function textsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : undefined;
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
