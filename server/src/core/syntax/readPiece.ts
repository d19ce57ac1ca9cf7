/** One chunk of a mapping file to what it states, in its own coordinates, with what is wrong with its form. */

import { isCollection } from "yaml";
import type { Finding } from "../model/finding.ts";
import { fitted } from "../model/fitted.ts";
import type { Bundle, Expectation, Mapping } from "../model/mapping.ts";
import type { Source, Spanned } from "../model/text.ts";
import type { Chunk } from "./chunks.ts";
import { formProblem } from "./formProblem.ts";
import { bundlesIn, expectationsIn, mappingsIn } from "./mappingNodes.ts";
import { keysAt } from "./schema.ts";
import { schemaProblems, type Valued } from "./schemaProblems.ts";
import { validateMappingFile } from "./validators.generated.js";
import { toValues } from "./values.ts";
import { entry, spanOf, textAt } from "./yaml/nodes.ts";
import { parse, parseAny, plainTree, type Tree } from "./yaml/parse.ts";
import { readPlain } from "./yaml/plain.ts";

/** A stretch of a mapping file that is read by itself. Everything in it counts in its own source. */
export interface Piece {
  readonly source: Source;
  /** Left out for a whole file. */
  readonly chunk?: Chunk;
  readonly organization?: Spanned<string>;
  readonly owner?: Spanned<string>;
  readonly bundles: readonly Bundle[];
  /** In the order of the text, which for a whole file with aliases is not that of its list. */
  readonly mappings: readonly Mapping[];
  readonly expectations: readonly Expectation[];
  readonly problems: readonly Finding[];
  /** What stands here cannot be understood without the rest of the file. */
  readonly needsRest: boolean;
}

/** Reads one chunk. Where `needsRest` is true, only `readWhole` can tell what it states. */
export function readPiece(file: string, chunk: Chunk): Piece {
  const source = { file, text: chunk.text };
  const root = readPlain(chunk.text);
  if (!root && ALIAS.test(chunk.text)) return { source, chunk, ...NOTHING, needsRest: true };
  const tree = root ? plainTree(source, root) : parseAny(source);
  // What the quick reader reads holds no mark and no value in the first column.
  const needsRest = root ? chunk.kind === "top" && isCollection(root) : isForeign(tree, chunk);
  if (chunk.kind === "top") return { source, chunk, ...NOTHING, problems: strayText(tree), needsRest };
  const { value, problems } = toValues(tree);
  const under = chunk.kind === "entry" ? chunk.section.key : undefined;
  const valued: Valued = {
    tree,
    value: chunk.entries ? withEntries(value, chunk.entries) : value,
    isPart: true,
    under,
  };
  const schema = tree.root === null ? [] : schemaProblems(valued, validateMappingFile, keysOfFile);
  return {
    source,
    chunk,
    ...stated(tree, under),
    problems: fitted([...tree.problems, ...problems, ...misplaced(source, chunk), ...schema]),
    needsRest,
  };
}

/** A whole file as one piece, for files that cannot be cut. */
export function readWhole(file: string, text: string): Piece {
  const source = { file, text };
  const tree = parse(source);
  const { value, isWhole, problems } = toValues(tree);
  const isEmpty = tree.root === null || (value === null && text.trim() === "");
  const schema = isEmpty || !isWhole ? [] : schemaProblems({ tree, value }, validateMappingFile, keysOfFile);
  const content = stated(tree);
  const mappings = [...content.mappings].sort((a, b) => a.span.start - b.span.start);
  return { source, ...content, mappings, problems: [...tree.problems, ...problems, ...schema], needsRest: true };
}

/** Of what states nothing. */
export const NOTHING = { bundles: [], mappings: [], expectations: [], problems: [] } as const;

type Stated = Pick<Piece, "organization" | "owner" | "bundles" | "mappings" | "expectations">;

/** `under` is the key that the root is the value of, where it is no whole file. */
function stated(tree: Tree, under?: string): Stated {
  const { root } = tree;
  const value = (key: string) =>
    under === undefined ? (entry(tree, root, key)?.value ?? null) : under === key ? root : null;
  const organization = under === undefined ? textAt(tree, root, "organization") : undefined;
  const owner = under === undefined ? textAt(tree, root, "owner") : undefined;
  return {
    ...(organization ? { organization } : {}),
    ...(owner ? { owner } : {}),
    bundles: fitted(bundlesIn(tree, value("bundles"))),
    mappings: mappingsIn(tree, value("mappings")),
    expectations: fitted(expectationsIn(tree, value("expect"))),
  };
}

/** A key whose entries are read elsewhere is not empty. */
function withEntries(value: unknown, entries: "list" | "map"): unknown {
  const [key] = Object.keys((value ?? {}) as object);
  return key === undefined ? value : { [key]: entries === "list" ? [] : {} };
}

/** Before the first key only comments and the mark of a document may stand. */
function strayText({ source, root, problems }: Tree): readonly Finding[] {
  if (problems.length > 0 || root === null) return problems;
  const span = spanOf(root);
  if (span.end === span.start) return [];
  return [formProblem("yaml/syntax", { source, span }, "This does not belong here; a key and its colon are missing")];
}

/** Entries of a list or map stand in one column. */
function misplaced(source: Source, { kind, section, text }: Chunk): readonly Finding[] {
  if (kind !== "entry" || section.style === "closed") return [];
  let column = 0;
  while (text.charCodeAt(column) === SPACE) column++;
  if (column === text.length || column === section.column) return [];
  const span = { start: column, end: column + 1 };
  return [
    formProblem("yaml/syntax", { source, span }, "The indentation does not fit; line this up with its neighbours"),
  ];
}

const SPACE = 32;

/** An alias, or what looks like one: it may mean a node of another piece, and thousands need not be parsed to be sure. */
const ALIAS = /(?:^|[\s[{,:-])\*[^\s*]/m;

/** Lines in the first column that start a value, quoted keys among them: such a file has no plain top-level keys to cut at. */
const VALUE = /^[[{"'?&!*|>@`%]/m;

const MARK = /^(?:---|\.\.\.)(?=\s|$)/gm;

/** Marks of documents and top-level values in brackets concern whole files. */
function isForeign({ root, text }: Tree, { kind }: Chunk): boolean {
  if (VALUE.test(text)) return true;
  const marks = text.match(MARK)?.length ?? 0;
  return kind === "top" ? marks > 1 || isCollection(root) : marks > 0;
}

function keysOfFile(pointer: string): readonly string[] {
  return keysAt("mapping", pointer);
}
