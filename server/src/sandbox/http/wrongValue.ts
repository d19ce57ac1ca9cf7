/** Answers in which one value is not what it should be: nothing, of another type, or left out. */

import { isRecord } from "./query.ts";
import { readJson, replaced } from "./rows.ts";

/** Where a value stands: in an object by its name, in a list by its number. */
interface Place {
  readonly within: Record<string, unknown>;
  readonly name: string;
}

/**
 * Spoils the value that `value` counts to, round and round; those at the top come first. What is no JSON stays as it is. Names
 * and ids keep their text: another one would be another truth, which nobody can tell from the right one.
 */
export async function wrongValue(response: Response, value: number): Promise<Response> {
  const json = await readJson(response);
  return spoilValue(json, value) ? replaced(response, json) : response;
}

/** The same in place, for an answer that is read already; false where it has no value. */
export function spoilValue(json: unknown, value: number): boolean {
  const places = placesIn(json);
  const place = places[Math.floor(value / CHANGES.length) % places.length];
  if (place) (CHANGES[value % CHANGES.length] ?? leaveOut)(place);
  return place !== undefined;
}

const CHANGES: readonly ((place: Place) => void)[] = [makeNull, makeOtherType, leaveOut];

function makeNull({ within, name }: Place): void {
  within[name] = null;
}

function makeOtherType({ within, name }: Place): void {
  within[name] = typeof within[name] === "string" ? 7 : "7";
}

function leaveOut(place: Place): void {
  if (Array.isArray(place.within)) makeNull(place);
  else delete place.within[place.name];
}

function placesIn(json: unknown): readonly Place[] {
  const places: Place[] = [];
  const containers: unknown[] = [json];
  for (const container of containers) {
    if (!isRecord(container) && !Array.isArray(container)) continue;
    const within = container as Record<string, unknown>;
    for (const name of Object.keys(within)) {
      if (MAY_BE_NULL.includes(name)) continue;
      places.push({ within, name });
      containers.push(within[name]);
    }
  }
  return places;
}

/** Where null is an answer like any other: Graph says so of the visibility of a group that hides its members. (2026-11) */
const MAY_BE_NULL: readonly string[] = ["visibility"];
