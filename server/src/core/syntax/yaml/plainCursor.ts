/** A place in a text that is read line by line, and whether what was passed leaves any doubt. */

const SPACE = 32;
const NEWLINE = 10;
const RETURN = 13;
const HASH = 35;
const DASH = 45;

/** Walks a text once, forwards. What it doubts is read by the YAML library instead. */
export class Cursor {
  readonly text: string;
  /** On the first character of a value or key, or at the end of the text. */
  at = 0;
  /** Column of the line's first character, or of an entry behind a dash. */
  column = 0;
  /** Column of the deepest comment that was passed last; -1 for none. */
  comment = -1;
  #isCertain = true;
  #root = -1;

  constructor(text: string) {
    this.text = text;
    this.toContent();
    this.#root = this.column;
  }

  doubt(): void {
    this.#isCertain = false;
  }

  isCertainToEnd(): boolean {
    return this.#isCertain && this.isAtEnd();
  }

  isDash(): boolean {
    return this.text.charCodeAt(this.at) === DASH && this.text.charCodeAt(this.at + 1) === SPACE;
  }

  skipSpaces(): boolean {
    const start = this.at;
    while (this.text.charCodeAt(this.at) === SPACE) this.at++;
    return this.at > start;
  }

  /** True where nothing more stands on the line, or a comment. */
  isLineEnd(): boolean {
    const code = this.text.charCodeAt(this.at);
    return Number.isNaN(code) || code === NEWLINE || code === HASH || this.isReturn();
  }

  isReturn(): boolean {
    return this.text.charCodeAt(this.at) === RETURN && this.text.charCodeAt(this.at + 1) === NEWLINE;
  }

  lineEnd(): number {
    const end = this.text.indexOf("\n", this.at);
    return end < 0 ? this.text.length : end + 1;
  }

  toNextLine(): void {
    this.at = this.lineEnd();
    this.toContent();
  }

  /** Steps to the first line that says something. */
  toContent(): void {
    let comment = -1;
    for (;;) {
      while (this.text.charCodeAt(this.at) === NEWLINE) this.at++;
      const line = this.at;
      this.skipSpaces();
      this.column = this.at - line;
      if (this.isAtEnd() || !this.isLineEnd()) break;
      if (this.text.charCodeAt(this.at) === HASH) comment = Math.max(comment, this.column);
      this.at = this.lineEnd();
    }
    // A comment that stands deeper than what follows belongs to the value before it, and moves that value's end.
    this.comment = comment;
    const measure = this.isAtEnd() ? this.#root : this.column;
    if (this.#root >= 0 && comment > measure) this.#isCertain = false;
  }

  /** What a sticky pattern finds here. It is asked many times an entry, so no match is made of it. */
  match(pattern: RegExp): string | undefined {
    const start = this.at;
    pattern.lastIndex = start;
    if (!pattern.test(this.text)) return undefined;
    this.at = pattern.lastIndex;
    return this.text.slice(start, this.at);
  }

  isAtEnd(): boolean {
    return this.at === this.text.length;
  }
}
