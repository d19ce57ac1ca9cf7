/** The tree of a whole mapping file, put together from its pieces, for features that show the structure of files. */

import { isMap, isNode, isPair, isSeq, type Node, type Pair, type Range, visit, YAMLMap, YAMLSeq } from "yaml";
import { textOfChunks } from "./chunks.ts";
import type { ReadMappingFile } from "./readMappingFile.ts";
import type { Piece } from "./readPiece.ts";
import { parse, type Tree, treeOf } from "./yaml/parse.ts";
import { readPlain } from "./yaml/plain.ts";

/** Ranges count from the top of the file. */
export function wholeTree({ file, pieces, chunks }: ReadMappingFile): Tree {
  const [only] = pieces;
  if (only && !only.chunk) return treeOf(only.source);
  const text = textOfChunks(chunks);
  const root = new YAMLMap();
  let open: YAMLSeq | YAMLMap | undefined;
  let start = 0;
  for (const piece of pieces) {
    const node = nodeAt(piece, start);
    start += piece.source.text.length;
    if (piece.chunk?.kind === "key" && isMap(node)) {
      open = openEntries(node, piece);
      root.items.push(...node.items);
    } else if (piece.chunk?.kind === "entry" && open) addEntries(open, node);
  }
  const [first] = root.items;
  const problems = pieces.flatMap((piece) => piece.problems.filter(({ rule }) => rule === "yaml/syntax"));
  const source = { file, text };
  const from = isNode(first?.key) ? (first.key.range?.[0] ?? 0) : 0;
  root.range = [from, text.length, text.length];
  return { ...source, source, document: undefined, root: first ? root : null, problems };
}

/** The value that gathers the entries of a key. */
function openEntries(map: YAMLMap, { chunk }: Piece): YAMLSeq | YAMLMap | undefined {
  const pair = map.items.at(-1);
  if (!chunk?.entries || !isPair(pair)) return undefined;
  const value = chunk.entries === "list" ? new YAMLSeq() : new YAMLMap();
  (pair as Pair).value = value;
  return value;
}

function addEntries(open: YAMLSeq | YAMLMap, node: Node | null): void {
  if (!node?.range || !((isSeq(node) && isSeq(open)) || (isMap(node) && isMap(open)))) return;
  open.items.push(...(node.items as Pair[]));
  const start: number = open.range?.[0] ?? node.range[0];
  open.range = [start, node.range[1], node.range[2]];
}

/** Nodes of their own: those of the piece's tree count from the piece's top. */
function nodeAt({ source }: Piece, start: number): Node | null {
  const plain = readPlain(source.text, start);
  if (plain) return plain;
  const { root } = parse(source);
  if (root && start > 0) visit(root, { Node: (_, node) => move(node, start) });
  return root;
}

function move(node: Node, by: number): undefined {
  if (node.range) node.range = node.range.map((offset) => offset + by) as unknown as Range;
}
