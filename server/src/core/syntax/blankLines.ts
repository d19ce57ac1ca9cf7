/** Long runs of blank lines as one line of blanks, which the library reads in one step instead of one for each line. */

/** Shorter runs are left as they are. */
const FEWEST = 64;
/** Blank lines left on either side of the one line: what stands beside a run is read in the light of its neighbours. */
const KEPT = 2;

const SPACE = 32;
const NEWLINE = 10;
const RETURN = 13;

/** A text of the same length in which all else stands where it stood. */
export function foldBlankLines(text: string): string {
  if (text.length < FEWEST) return text;
  let folded = "";
  let done = 0;
  /** Starts of the blank lines before the present one, as many as there are behind each other. */
  let run: number[] = [];
  const close = () => {
    const from = run[KEPT];
    const to = run[run.length - KEPT];
    if (run.length >= FEWEST && from !== undefined && to !== undefined) {
      folded += `${text.slice(done, from)}${" ".repeat(to - from - 1)}\n`;
      done = to;
    }
    if (run.length > 0) run = [];
  };
  for (let start = 0; start < text.length; ) {
    let at = start;
    while (text.charCodeAt(at) === SPACE) at++;
    if (text.charCodeAt(at) === RETURN) at++;
    if (text.charCodeAt(at) === NEWLINE) run.push(start);
    else close();
    const end = text.indexOf("\n", at);
    start = end < 0 ? text.length : end + 1;
  }
  close();
  return done === 0 ? text : folded + text.slice(done);
}
