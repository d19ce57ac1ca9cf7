/** Groups, roles, teams and bundles of a project by a few letters of their names. */

import { memo } from "../analysis/memo.ts";
import type { Snapshot } from "../analysis/snapshot.ts";
import type { Place } from "../model/text.ts";
import { type MentionKind, mentionsOf, placeIn } from "./support/mentions.ts";

export interface WorkspaceSymbol extends Place {
  readonly kind: MentionKind;
  readonly name: string;
  /** Directory or organization; empty for bundles. */
  readonly system: string;
}

/** More than anybody reads; the next letter narrows them. */
const MOST = 500;

/** Every thing once, at the place that introduces it, when its name has the query's letters in this order. */
export function workspaceSymbols(snapshot: Snapshot, query: string): readonly WorkspaceSymbol[] {
  const letters = [...query.toLowerCase()].filter((letter) => letter.trim() !== "");
  const found: WorkspaceSymbol[] = [];
  for (const symbol of memo(snapshot, symbolsOf)) {
    if (hasInOrder(symbol.name.toLowerCase(), letters)) found.push(symbol);
    if (found.length === MOST) break;
  }
  return found;
}

function symbolsOf(snapshot: Snapshot): readonly WorkspaceSymbol[] {
  return [...mentionsOf(snapshot).byThing.values()].flatMap((mentions) => {
    const first = mentions.find(({ isDefinition }) => isDefinition) ?? mentions[0];
    if (!first) return [];
    const { kind, name, system } = first;
    return [{ kind, name, system, ...placeIn(snapshot, first) }];
  });
}

function hasInOrder(name: string, letters: readonly string[]): boolean {
  let at = 0;
  for (const letter of letters) {
    const found = name.indexOf(letter, at);
    if (found < 0) return false;
    at = found + letter.length;
  }
  return true;
}
