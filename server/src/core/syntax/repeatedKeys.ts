/** Keys that stand twice in a file read in parts: the later one counts, and what the earlier one holds is not taken. */

import { isMap, isNode } from "yaml";
import type { Finding } from "../model/finding.ts";
import type { Span, Spot } from "../model/text.ts";
import { lineEntrySpan } from "./edit.ts";
import { NOTHING, type Piece } from "./readPiece.ts";
import { repeatedKey } from "./values.ts";
import { treeOf } from "./yaml/parse.ts";

/** What the parts of a file count for, one a part, and what is wrong with them together. */
export interface Counted {
  readonly pieces: readonly Piece[];
  readonly problems: readonly Finding[];
}

/** Repeated keys told one by one; a wall of them helps nobody. */
const MOST_TOLD = 50;

/** A key of the file, or of the bundles below one, with what it stands in. */
interface Key extends Spot {
  readonly name: string;
  readonly piece: Piece;
}

interface Repetition {
  readonly later: Key;
  readonly first: Key;
}

/** The pieces are the parts themselves where no key is repeated. */
export function countKeys(parts: readonly Piece[]): Counted {
  const known = new Map<string, { readonly first: Key; last: Key }>();
  const repeated: Repetition[] = [];
  const superseded = new Set<Piece>();
  let section = 0;
  for (const piece of parts) {
    const isKey = piece.chunk?.kind === "key";
    if (isKey) section++;
    for (const key of keysOf(piece)) {
      const scope = isKey ? key.name : `${section}\n${key.name}`;
      const before = known.get(scope);
      if (!before) {
        known.set(scope, { first: key, last: key });
        continue;
      }
      superseded.add(before.last.piece);
      repeated.push({ later: key, first: before.first });
      before.last = key;
    }
  }
  if (repeated.length === 0) return { pieces: parts, problems: [] };
  return { pieces: withoutSuperseded(parts, superseded), problems: told(repeated) };
}

function keysOf(piece: Piece): readonly Key[] {
  const { chunk, source, bundles } = piece;
  if (chunk?.kind === "key") {
    const start = source.text.startsWith("\uFEFF") ? 1 : 0;
    const name = chunk.section.key;
    return [{ name, source, span: { start, end: start + name.length }, piece }];
  }
  if (chunk?.section.style !== "map") return [];
  return bundles.map(({ name }) => ({ name: name.value, source, span: name.span, piece }));
}

/** Of keys of the file the last one is taken with what stands below it; of bundles all are. Schemas judge what counts. */
function withoutSuperseded(parts: readonly Piece[], superseded: ReadonlySet<Piece>): readonly Piece[] {
  let isTaken = true;
  return parts.map((piece) => {
    if (piece.chunk?.kind === "key") isTaken = !superseded.has(piece);
    if (isTaken && !superseded.has(piece)) return piece;
    const table = isTaken ? unjudged : emptied;
    // The same object as before, so that an edit elsewhere leaves it alone.
    const known = table.get(piece);
    if (known) return known;
    const { source, chunk, needsRest } = piece;
    const problems = piece.problems.filter(({ rule }) => rule.startsWith("yaml/"));
    const made: Piece = isTaken
      ? { ...piece, problems }
      : { source, ...(chunk && { chunk }), ...NOTHING, problems, needsRest };
    table.set(piece, made);
    return made;
  });
}

const emptied = new WeakMap<Piece, Piece>();
const unjudged = new WeakMap<Piece, Piece>();

function told(repeated: readonly Repetition[]): readonly Finding[] {
  const findings = repeated
    .slice(0, MOST_TOLD)
    .map(({ later, first }) => repeatedKey(later.name, later, first, linesOf(later)));
  const next = repeated[MOST_TOLD];
  if (!next) return findings;
  const message = `${repeated.length - MOST_TOLD} more keys stand twice from here on; only the later ones would count`;
  return [...findings, { ...repeatedKey(next.later.name, next.later, next.first), message }];
}

/** The lines of a repeated key, which a fix removes; none where its entries are parts of their own. */
function linesOf({ piece: { source, chunk }, span }: Key): Span | undefined {
  if (chunk?.entries) return undefined;
  const tree = treeOf(source);
  const pair = isMap(tree.root) && tree.root.items.find(({ key }) => isNode(key) && key.range?.[0] === span.start);
  return pair && isNode(pair.key) ? lineEntrySpan(tree, pair.key) : undefined;
}
