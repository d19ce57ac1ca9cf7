/** Text to YAML tree plus problems. Never throws on user input: a half-typed or hostile file gives what can be read of it. */

import { Composer, type Document, type Node, type YAMLError } from "yaml";
import type { Finding } from "../../model/finding.ts";
import type { Source, Span } from "../../model/text.ts";
// yaml: the one YAML library with positions, comments and error recovery.
import { formProblem } from "../formProblem.ts";
import { readPlain } from "./plain.ts";
import { tokensOf } from "./tokens.ts";

/** The nodes of a source; their ranges count in it. */
export interface Tree extends Source {
  readonly source: Source;
  /** Left out where nothing in the text needs it: no alias, no tag, no error. */
  readonly document: Document.Parsed | undefined;
  readonly root: Node | null;
  readonly problems: readonly Finding[];
}

/** Problems reported for one file; a wall of them helps nobody. */
const MOST_PROBLEMS = 50;

const OPTIONS = {
  prettyErrors: false, // rendering the source line costs more than the parse on long lines
  uniqueKeys: false, // duplicates are found, and explained, in `values.ts`
  strict: true,
  // Whatever a file says of itself: only values that JSON has. `!!binary` or `%YAML 1.1` would make bytes, sets and times.
  schema: "core",
  resolveKnownTags: false,
} as const;

const trees = new WeakMap<Source, WeakRef<Tree>>();

/** The tree of a source, parsed when somebody first looks. It goes when memory is short: a piece is read again in no time. */
export function treeOf(source: Source): Tree {
  let tree = trees.get(source)?.deref();
  if (!tree) {
    tree = parse(source);
    trees.set(source, new WeakRef(tree));
  }
  return tree;
}

/** Reads a source, plain text by our own reader and all else by the library. Both give the same nodes. */
export function parse(source: Source): Tree {
  const root = readPlain(source.text);
  return root ? plainTree(source, root) : parseAny(source);
}

const NO_PROBLEMS: readonly Finding[] = [];

/** The tree of what the quick reader read. */
export function plainTree(source: Source, root: Node): Tree {
  const { file, text } = source;
  return { file, text, source, document: undefined, root, problems: NO_PROBLEMS };
}

/** Any YAML there is, in the library's time. */
export function parseAny(source: Source): Tree {
  const { file, text } = source;
  const tokens = tokensOf(text);
  if (!Array.isArray(tokens)) {
    const problem = syntaxProblem(source, tokens.span, tokens.message);
    return { file, text, source, document: undefined, root: null, problems: [problem] };
  }
  // One document at least is composed, for an empty text too.
  const [document, second] = new Composer(OPTIONS).compose(tokens, true, text.length) as Iterable<Document.Parsed>;
  const errors = problemsOf(document).map((error) => toFinding(source, error));
  const extra = second ? [secondDocument(source, second)] : [];
  return { file, text, source, document, root: document?.contents ?? null, problems: [...unique(errors), ...extra] };
}

/** A tag that is not known is a warning to the library, which then reads the value as text. We do not know what was meant. */
function problemsOf(document: Document.Parsed | undefined): readonly YAMLError[] {
  if (!document) return [];
  const tags = document.warnings.filter(({ code }) => code === "TAG_RESOLVE_FAILED");
  return [...document.errors, ...tags].slice(0, MOST_PROBLEMS);
}

/** Only the first document is read: what stands in another would silently not hold. */
function secondDocument(source: Source, { range }: Document.Parsed): Finding {
  const { text } = source;
  const start = Math.min(range[0], text.length);
  const end = text.startsWith("---", start) ? start + 3 : Math.min(range[1], text.length);
  return syntaxProblem(source, { start, end }, "A file holds one document; remove the --- line");
}

/** What people are told for each of the library's error codes (yaml 2.9). */
const WORDS: Readonly<Record<string, string>> = {
  ALIAS_PROPS: "An alias cannot carry an anchor or a tag",
  BAD_ALIAS: "This alias names no anchor that stands before it",
  BAD_DIRECTIVE: "This line is not a directive YAML knows",
  BAD_DQ_ESCAPE: "This escape is not known in double quotes; write \\\\ for a backslash",
  BAD_INDENT: "The indentation does not fit; line this up with its neighbours",
  BAD_PROP_ORDER: "Anchor or tag stands at the wrong place",
  BAD_SCALAR_START: "A plain value cannot start with this character; put the value in quotes",
  BLOCK_AS_IMPLICIT_KEY: "This cannot stand inside a key; a line break or quotes may be missing",
  BLOCK_IN_FLOW: "A list or key on its own line cannot stand between brackets",
  DUPLICATE_KEY: "This key stands here twice",
  IMPOSSIBLE: "This is not valid YAML",
  KEY_OVER_1024_CHARS: "A key must be shorter than 1024 characters",
  MISSING_CHAR: "A character is missing here, such as a closing quote, bracket, comma or colon",
  MULTILINE_IMPLICIT_KEY: "A key must stand on one line; a colon or quote may be missing",
  MULTIPLE_ANCHORS: "A value can carry one anchor only",
  MULTIPLE_TAGS: "A value can carry one tag only",
  NON_STRING_KEY: "Keys must be text",
  TAB_AS_INDENT: "Tabs cannot indent YAML; use spaces",
  TAG_RESOLVE_FAILED: "This tag means nothing here; write the value itself",
  UNEXPECTED_TOKEN: "This does not belong here",
};

function toFinding(source: Source, error: YAMLError): Finding {
  const { text } = source;
  const [from, to] = error.pos;
  const start = Math.min(from, text.length);
  // A bracket that is never closed has the code of bad indentation; its text alone names the bracket. (yaml 2.9)
  const bracket = /end with a ([\]}])/.exec(error.message)?.[1];
  const words = bracket ? `A closing ${bracket} is missing before this` : WORDS[error.code];
  return syntaxProblem(
    source,
    { start, end: Math.min(Math.max(to, start), text.length) },
    words ?? "This is not valid YAML",
  );
}

/** Nested brackets that end at the same place say the same about it. */
function unique(problems: readonly Finding[]): readonly Finding[] {
  const places = new Map(problems.map((problem) => [`${problem.span.start} ${problem.message}`, problem]));
  return [...places.values()];
}

function syntaxProblem(source: Source, span: Span, message: string): Finding {
  return formProblem("yaml/syntax", { source, span }, message);
}
