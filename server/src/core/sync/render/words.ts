/** Small words that plans share: folded lists of people, places with their lines. */

import { lineOf, startsIn } from "../../analysis/places.ts";
import type { Snapshot } from "../../analysis/snapshot.ts";
import { shift } from "../../model/finding.ts";
import type { Spot } from "../../model/text.ts";
import type { Cause } from "../plan.ts";

/** `ana@acme.com, bob@acme.com and 12 more`. Nobody gives an empty text. */
export function foldPeople(handles: readonly string[], shown = 2): string {
  // "and 1 more" would take as much room as the name itself.
  if (handles.length <= shown + 1) return joinAnd(handles);
  return `${handles.slice(0, shown).join(", ")} and ${handles.length - shown} more`;
}

/** `a`, `a and b`, `a, b and c`. */
export function joinAnd(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** A cause at a place in a file, with the line people look for. */
export function causeAt(snapshot: Snapshot, text: string, spot: Spot): Cause {
  const { file, line } = lineOf(snapshot, spot);
  return { text, place: { file, span: shift(spot.span, startsIn(snapshot)(spot.source)) }, line };
}

/** `  access/platform.accessmap.yaml:12`, or nothing where there is no place. */
export function renderPlace({ place, line }: Pick<Cause, "place" | "line">): string {
  return place ? `  ${place.file}${line === undefined ? "" : `:${line}`}` : "";
}
