/**
 * Where things end in HCL, without computing anything: strings with templates inside, heredocs, comments, brackets. One
 * pass, no recursion: a hostile file costs its length.
 * https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md (2026-11)
 */

const CLOSES: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", "${": "}" };

/** Behind blanks, line breaks and comments; line breaks only where `overLines`. */
export function skipBlanks(text: string, offset: number, overLines: boolean): number {
  let at = offset;
  for (;;) {
    const char = text.charAt(at);
    if (char === " " || char === "\t" || char === "\r" || char === "\uFEFF" || (overLines && char === "\n")) at++;
    else if (startsComment(text, at)) at = commentEnd(text, at);
    else return at;
  }
}

/**
 * End of the expression that starts here: a line break, a closing bracket or a comma outside of all brackets, strings and
 * heredocs, or the end of the text. Undefined where brackets or quotes do not fit together.
 */
export function expressionEnd(text: string, start: number): number | undefined {
  // What is open: brackets, `"` for a string, `${` for a template in one.
  const open: string[] = [];
  let at = start;
  while (at < text.length) {
    const char = text.charAt(at);
    const top = open.at(-1);
    if (top === '"') {
      if (char === "\n") return undefined;
      if (char === "\\") at += 2;
      else if (char === '"') {
        open.pop();
        at++;
      } else if (isEscapedTemplate(text, at)) at += 3;
      else if (text.startsWith("${", at) || text.startsWith("%{", at)) {
        open.push("${");
        at += 2;
      } else at++;
    } else if (char === '"') {
      open.push('"');
      at++;
    } else if (text.startsWith("<<", at) && /^<<-?[A-Za-z_]/.test(text.slice(at, at + 4))) {
      const end = heredocEnd(text, at);
      if (end === undefined) return undefined;
      at = end;
    } else if (startsComment(text, at)) {
      if (top === undefined && !text.startsWith("/*", at)) return at;
      at = commentEnd(text, at);
    } else if (char in CLOSES) {
      open.push(char);
      at++;
    } else if (char === ")" || char === "]" || char === "}") {
      if (top === undefined) return at;
      if (CLOSES[top] !== char) return undefined;
      open.pop();
      at++;
    } else if (top === undefined && (char === "\n" || char === ",")) {
      return at;
    } else at++;
  }
  return open.length === 0 ? text.length : undefined;
}

function isEscapedTemplate(text: string, at: number): boolean {
  return text.startsWith("$${", at) || text.startsWith("%%{", at);
}

function startsComment(text: string, at: number): boolean {
  return text.charAt(at) === "#" || text.startsWith("//", at) || text.startsWith("/*", at);
}

/** Behind a comment; one to the end of its line ends before the line break. */
function commentEnd(text: string, at: number): number {
  const isBlock = text.startsWith("/*", at);
  const end = text.indexOf(isBlock ? "*/" : "\n", at + 1);
  if (end < 0) return text.length;
  return isBlock ? end + 2 : end;
}

/** Before the line break behind the closing word. */
function heredocEnd(text: string, at: number): number | undefined {
  const word = /^<<-?([A-Za-z_][\w-]*)/.exec(text.slice(at, at + 200))?.[1];
  let line = text.indexOf("\n", at);
  while (line >= 0) {
    const end = text.indexOf("\n", line + 1);
    const content = text.slice(line + 1, end < 0 ? text.length : end).trim();
    if (content === word) return end < 0 ? text.length : end;
    line = end;
  }
  return undefined;
}
