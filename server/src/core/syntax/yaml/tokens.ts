/** Text to the library's tokens, in a time that texts made to hurt cannot stretch. */

import { CST, Lexer, Parser } from "yaml";
import type { Span } from "../../model/text.ts";
import { foldBlankLines } from "./blankLines.ts";

/** Why a text is not read at all, and where that shows. */
export interface NotRead {
  readonly message: string;
  readonly span: Span;
}

/** Aliases beyond which a file is not read: each costs as much as an entry, in a file that is read anew with every keystroke. */
const MOST_ALIASES = 1_000;

/**
 * Characters beyond which a value is not read: nobody means one of that length, and the library takes a tenth of a second
 * for a megabyte of it, with every keystroke there.
 */
export const LONGEST_VALUE = 100_000;

/**
 * Levels that any of our formats needs, many times over. The library recurses as deep as a text is nested, until the stack
 * is exhausted, and a regular expression that is first compiled there ends the whole process. (V8, Node 20)
 */
const DEEPEST = 100;

/** Tokens of the first document, with those of a second one where there is one: no more is looked at. */
export function tokensOf(text: string): CST.Token[] | NotRead {
  return lexed(text, foldBlankLines(text)) ?? lexed(text, text) ?? [];
}

/** Tokens of `text` as `folded` is cut into them; undefined where that would make a difference. */
function lexed(text: string, folded: string): CST.Token[] | NotRead | undefined {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let aliases = 0;
  let documents = 0;
  let isMarked = false;
  let isBlock = false;
  for (const lexeme of new Lexer().lex(folded)) {
    const { offset } = parser;
    const span = { start: offset, end: offset + lexeme.length };
    if (!isMarked && lexeme.startsWith("*") && ++aliases > MOST_ALIASES)
      return { message: `This file uses more than ${MOST_ALIASES} aliases and was not read; write values out`, span };
    // The lines of a scalar count. Where a block scalar ends depends on the blanks in the lines behind it.
    const isScalar: boolean = isMarked || QUOTE.test(lexeme);
    if (isScalar && lexeme.length > LONGEST_VALUE)
      return { message: `A value of more than ${LONGEST_VALUE} characters is not read; make it shorter`, span };
    const source: string = isScalar && folded !== text ? text.slice(span.start, span.end) : lexeme;
    if (isBlock && source !== lexeme) return undefined;
    if (isScalar) isBlock = false;
    else if (BLOCK.test(lexeme)) isBlock = true;
    isMarked = !isMarked && lexeme === CST.SCALAR;
    for (const token of parser.next(source)) {
      tokens.push(token);
      if (token.type === "document" && ++documents === 2) return tokens;
    }
    if (parser.stack.length > DEEPEST) return { message: "This file is nested too deeply to be read", span };
  }
  tokens.push(...parser.end());
  return tokens;
}

const QUOTE = /^["']/;
/** What stands before a block scalar and says how it is read. */
const BLOCK = /^[|>]/;
