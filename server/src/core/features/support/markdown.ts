/** Markdown from texts that others wrote: names of vendors become code, words are escaped, nothing of them is markup. */

/** Longest text of one name; the rest would only push the answer off the screen. */
const LONGEST = 120;

/** A name as inline code. Backticks in it lengthen the fence, line breaks and invisible controls become spaces. */
export function code(name: string): string {
  const text = oneLine(name);
  if (text === "") return "(no name)";
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return fence + pad + text + pad + fence;
}

/** Names as inline code, the first few of them. */
export function codes(names: readonly string[], most = 8): string {
  const shown = names.slice(0, most).map(code).join(", ");
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

/** Words on one line, with everything that Markdown or HTML could read as markup taken literally. */
export function prose(words: string): string {
  return oneLine(words, 400).replace(/[\\`*_{}[\]<>()#+!|~&@]|:(?=\/\/)|(?<=\bwww)\.|^[-+]|^\d+(?=[.)])/gi, escapeOne);
}

/** The words alone, for editors that show no markup: without emphasis and escapes. Names keep their backticks. */
export function withoutMarkup(markdown: string): string {
  return markdown.replace(
    /(`+)[^`](?:.*?[^`])?\1(?!`)|\\(.)|\*\*/g,
    (found: string, fence?: string, escaped?: string) => (fence === undefined ? (escaped ?? "") : found),
  );
}

function escapeOne(found: string): string {
  return /^\d+$/.test(found) ? `${found}\u200B` : `\\${found}`;
}

function oneLine(text: string, longest = LONGEST): string {
  // Controls, bidirectional overrides and zero-width characters could make a name look like another.
  const plain = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ").trim();
  return plain.length > longest ? `${[...plain].slice(0, longest).join("")}…` : plain;
}
