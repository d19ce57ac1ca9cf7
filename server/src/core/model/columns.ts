/** How wide text is on a screen of fixed columns, and how it is made to fit. Colours take no room. */

const COLOR = /\p{Cc}\[\d+m/gu;

/**
 * Signs of two columns by Unicode's East Asian Width, or a little more than those: what is counted too wide still fits.
 * Marks that combine count as a column for the same reason.
 */
const WIDE = /[\u1100-\u115f\u2329\u232a\u2e80-\u{10ffff}\p{Emoji_Presentation}]/u;

/** Columns that the text takes, at most. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const sign of text.replace(COLOR, "")) columns += columnsOfSign(sign);
  return columns;
}

/** As much of an uncoloured text as so many columns hold. */
export function cutTo(columns: number, text: string): string {
  let [taken, end] = [0, 0];
  for (const sign of text) {
    taken += columnsOfSign(sign);
    if (taken > columns) break;
    end += sign.length;
  }
  return text.slice(0, end);
}

/**
 * A line broken at spaces; later lines are indented four more columns. A word longer than a line stays whole. Without a
 * width the line stays as it is.
 */
export function wrap(line: string, width: number | undefined): string {
  if (width === undefined || columnsOf(line) <= width) return line;
  const indent = `${/^ */.exec(line)?.[0] ?? ""}    `;
  const lines: string[] = [];
  let [begun, taken] = ["", 0];
  for (const word of line.match(/ *\S+/g) ?? []) {
    const columns = columnsOf(word);
    if (begun !== "" && taken + columns > width) {
      lines.push(begun);
      begun = `${indent}${word.trimStart()}`;
      taken = columnsOf(begun);
    } else {
      begun += word;
      taken += columns;
    }
  }
  return [...lines, begun].join("\n");
}

function columnsOfSign(sign: string): number {
  return WIDE.test(sign) ? 2 : 1;
}
