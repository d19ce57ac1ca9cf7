/** Query parameters as numbers within bounds. */

import type { Context } from "hono";

/** The whole number a parameter holds, `fallback` when it is absent, undefined when it is no number within the bounds. */
export function intOf(
  context: Context,
  name: string,
  { fallback, least, most }: { readonly fallback: number; readonly least: number; readonly most: number },
): number | undefined {
  const text = context.req.query(name);
  if (text === undefined || text === "") return fallback;
  const value = Number(text);
  return Number.isInteger(value) && value >= least && value <= most ? value : undefined;
}

/** The body as an object; undefined when it is something else. */
export async function readBody(context: Context): Promise<Record<string, unknown> | undefined> {
  try {
    const json: unknown = await context.req.json();
    return isRecord(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

/** True for an object with keys: neither null nor a list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a path of keys, or undefined. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
}

/** The text below some keys, an empty one included; undefined for anything else. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === "string" ? found : undefined;
}
