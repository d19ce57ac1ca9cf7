/** What a person sees of what was written to a terminal: text, line breaks, and the sequences that accessmap sends. */

const ESCAPE = "\u001b";

/** The lines on a screen of so many columns, the empty ones below left out. Throws at a sequence that it does not know. */
export function screenAfter(written: string, columns: number): readonly string[] {
  const lines: string[][] = [];
  let [row, column] = [0, 0];
  const at = (index: number) => {
    lines[index] ??= [];
    return lines[index];
  };
  for (const [part] of written.matchAll(new RegExp(`${ESCAPE}\\[(\\d*)([A-Za-z])|[\\s\\S]`, "gu"))) {
    const [count, command] = [Number(part.slice(2, -1)) || 1, part.at(-1)];
    if (part === "\r") column = 0;
    else if (part === "\n") [row, column] = [row + 1, 0];
    else if (!part.startsWith(ESCAPE)) {
      if (column === columns) [row, column] = [row + 1, 0];
      at(row)[column++] = part;
    } else if (command === "A") row = Math.max(0, row - count);
    else if (command === "J") {
      lines.length = row + 1;
      at(row).splice(column);
    } else throw new Error(`the screen does not know ${JSON.stringify(part)}`);
  }
  const seen = Array.from(lines, (line = []) => Array.from(line, (sign) => sign ?? " ").join(""));
  while (seen.at(-1) === "") seen.pop();
  return seen;
}
