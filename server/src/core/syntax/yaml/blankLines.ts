/** Long runs of blank lines as one line of blanks, which the library reads in one step instead of one for each line. */

/** Shorter runs are left as they are. */
const FEWEST = 64;
/** As many are left before the one line, and behind it: what stands beside a run is read in the light of its neighbours. */
const KEPT = 2;

const SPACE = 32;
const NEWLINE = 10;
const RETURN = 13;

/** A text of the same length in which all else stands where it stood. */
export function foldBlankLines(text: string): string {
  if (text.length < FEWEST) return text;
  let folded = "";
  let done = 0;
  /** How many blank lines stand before the present one, where the inner ones start, and where the last ones do. */
  let count = 0;
  let from = 0;
  let [last, lastButOne] = [0, 0];
  const close = () => {
    if (count >= FEWEST) {
      folded += `${text.slice(done, from)}${" ".repeat(lastButOne - from - 1)}\n`;
      done = lastButOne;
    }
    count = 0;
  };
  for (let start = 0; start < text.length; ) {
    let at = start;
    while (text.charCodeAt(at) === SPACE) at++;
    if (text.charCodeAt(at) === RETURN) at++;
    if (text.charCodeAt(at) === NEWLINE) {
      if (count === KEPT) from = start;
      count++;
      lastButOne = last;
      last = start;
      start = at + 1;
      continue;
    }
    close();
    const end = text.indexOf("\n", at);
    start = end < 0 ? text.length : end + 1;
  }
  close();
  return done === 0 ? text : folded + text.slice(done);
}
