/** Reads fields of a seed file one by one; a field that does not fit ends the reading with its place and a remedy. */

import { isRecord } from "./http/query.ts";

/** For what a seed file does not date. */
export const LONG_AGO = "2024-01-15T09:00:00.000Z";

/** One object of the file and where it stands, e.g. `okta.groups[3]`. */
export interface Place {
  readonly path: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The fields of an object. `path` is how messages call it. */
export function placeOf(value: unknown, path: string): Place {
  if (!isRecord(value)) throw seedError(path, "is not an object", "write its fields below it");
  return { path, fields: value };
}

/** The objects of a list; an absent list is empty. */
export function placesIn({ path, fields }: Place, key: string): readonly Place[] {
  return listIn({ path, fields }, key).map((item, index) => placeOf(item, `${path}.${key}[${index}]`));
}

/** An absent list is empty. */
export function listIn({ path, fields }: Place, key: string): readonly unknown[] {
  const list = fields[key] ?? [];
  if (!Array.isArray(list)) throw seedError(`${path}.${key}`, "is not a list", "write [] for none");
  return list;
}

/** An empty text is as good as none. */
export function textIn({ path, fields }: Place, key: string, fallback?: string): string {
  const text = fields[key] ?? fallback;
  if (typeof text !== "string" || text === "")
    throw seedError(`${path}.${key}`, "is missing or no text", `give it a ${key}`);
  return text;
}

/** True or false, or `fallback` where nothing is written. */
export function flagIn({ path, fields }: Place, key: string, fallback: boolean): boolean {
  const flag = fields[key] ?? fallback;
  if (typeof flag !== "boolean")
    throw seedError(`${path}.${key}`, "is not true or false", "write one of them, or leave it out");
  return flag;
}

/** Null and absence are the same. */
export function optionalText({ path, fields }: Place, key: string): string | null {
  const text = fields[key] ?? null;
  if (text !== null && typeof text !== "string") throw seedError(`${path}.${key}`, "is no text", "put it in quotes");
  return text;
}

/** One of a few words, or `fallback` where nothing is written. */
export function oneOf<T extends string>(place: Place, key: string, allowed: readonly T[], fallback: T): T {
  const text = textIn(place, key, fallback);
  const found = allowed.find((candidate) => candidate === text);
  if (found === undefined) throw seedError(`${place.path}.${key}`, `is "${text}"`, `use one of ${allowed.join(", ")}`);
  return found;
}

/** The ids that a list of names or ids stands for. */
export function referencesIn(
  place: Place,
  key: string,
  resolve: (text: string) => string | undefined,
  remedy: string,
): string[] {
  return listIn(place, key).map((item, index) => {
    const text = String(item);
    const id = resolve(text);
    if (id === undefined)
      throw seedError(`${place.path}.${key}[${index}]`, `names "${text}", which is nowhere in this file`, remedy);
    return id;
  });
}

/** What is wrong at a place, and what to write instead. */
export function seedError(path: string, what: string, remedy: string): Error {
  return new Error(`${path} ${what}; ${remedy}`);
}
