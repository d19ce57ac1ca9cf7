/** Names come from vendors and files, and may hold anything. What reaches people must not move the cursor or hide letters. */

/** Controls, line and paragraph separators, and what has no width or reorders letters. Joiners stay: languages need them. */
const UNPRINTABLE =
  /[\p{Cc}\u2028\u2029\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;

/** Text for a terminal or a page: what cannot be seen is shown as `?`. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, "?");
}

/** Indented JSON has a line break for each value, so they are passed over before anything is called. */
const UNPRINTABLE_IN_LINE = new RegExp(`(?!\\n)${UNPRINTABLE.source}`, UNPRINTABLE.flags);

/** The same JSON in ASCII escapes where it holds what cannot be seen; line breaks between values stay. */
export function printableJson(json: string): string {
  return json.replace(UNPRINTABLE_IN_LINE, (char) =>
    Array.from({ length: char.length }, (_, at) => escapeUnit(char.charCodeAt(at))).join(""),
  );
}

function escapeUnit(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}
