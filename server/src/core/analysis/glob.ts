/**
 * Name patterns of the policy and of `groups:` filters: `*` is any text, `?` one character, `[a-z]` and `[!a-z]` one of
 * or none of these, `{one,other*}` either, `\` makes the next character an ordinary one. All else means itself.
 *
 * A pattern comes with a repository and runs on whoever opens it, so it is no regular expression: all places in the name
 * where a match may stand are followed at once, and the work is at most the length of the pattern times that of the name.
 */

/** In characters. No vendor has names as long; a longer name or pattern only equals itself, so that their product stays small. */
const LONGEST = 1_000;

/** Matches one character: itself, or what a class says. */
type One = string | ((char: string) => boolean);
/** `any` is any text; no character is as long. */
type Simple = "any" | One;
/** A step of a pattern; a list holds alternatives. Alternatives do not nest. */
type Step = Simple | readonly (readonly Simple[])[];

/** A pattern taken apart. Most names fail at its ends, which are compared before anything is followed. */
interface Pattern {
  readonly steps: readonly Step[];
  /** What every name must begin and end with. */
  readonly prefix: string;
  readonly suffix: string;
}

const compiled = new Map<string, Pattern>();

/** True when the whole name matches. `*` also matches slashes: group names are no paths. */
export function matchesGlob(glob: string, name: string): boolean {
  if (glob.length > LONGEST || name.length > LONGEST) return glob === name;
  let pattern = compiled.get(glob);
  if (!pattern) {
    pattern = patternOf(parse([...glob]));
    compiled.set(glob, pattern);
  }
  const { steps, prefix, suffix } = pattern;
  if (!name.startsWith(prefix) || !name.endsWith(suffix)) return false;
  const chars = [...name];
  let ends: Ends = new Set([0]);
  for (const step of steps) {
    ends =
      typeof step === "object"
        ? new Set(step.flatMap((branch) => [...follow(branch, chars, ends)]))
        : after(step, chars, ends);
    if (ends.size === 0) return false;
  }
  return ends.has(chars.length);
}

/** True when one of the patterns matches the whole name. */
export function matchesAny(globs: readonly string[], name: string): boolean {
  return globs.some((glob) => matchesGlob(glob, name));
}

/** The same for patterns as files write them. */
export function matchesSome(globs: readonly { readonly value: string }[], name: string): boolean {
  return globs.some(({ value }) => matchesGlob(value, name));
}

function patternOf(steps: readonly Step[]): Pattern {
  return { steps, prefix: leading(steps).join(""), suffix: leading(steps.toReversed()).reverse().join("") };
}

/** The characters that a list of steps begins with. */
function leading(steps: readonly Step[]): string[] {
  const end = steps.findIndex((step) => !isLiteral(step));
  return steps.slice(0, end < 0 ? steps.length : end).filter(isLiteral);
}

function isLiteral(step: Step): step is string {
  return typeof step === "string" && step !== "any";
}

/** How many characters of the name may have been matched so far. */
type Ends = ReadonlySet<number>;

function follow(steps: readonly Simple[], chars: readonly string[], from: Ends): Ends {
  return steps.reduce((ends, step) => after(step, chars, ends), from);
}

function after(step: Simple, chars: readonly string[], from: Ends): Ends {
  const ends = new Set<number>();
  if (step === "any") {
    if (from.size === 0) return ends;
    for (let end = Math.min(...from); end <= chars.length; end++) ends.add(end);
    return ends;
  }
  for (const start of from) {
    const char = chars[start];
    if (char !== undefined && (typeof step === "string" ? step === char : step(char))) ends.add(start + 1);
  }
  return ends;
}

function parse(glob: readonly string[]): readonly Step[] {
  const steps: Step[] = [];
  const lastBrace = glob.lastIndexOf("}");
  for (let at = 0; at < glob.length; ) {
    const either = glob[at] === "{" && at < lastBrace ? alternatives(glob, at) : undefined;
    const { step, next } = either ?? simple(glob, at);
    steps.push(step);
    at = next;
  }
  return steps;
}

interface Parsed<S> {
  readonly step: S;
  /** Where the next step begins. */
  readonly next: number;
}

/** `{one,other}`, or undefined when the brace at `at` opens nothing of the kind. */
function alternatives(glob: readonly string[], at: number): Parsed<Step> | undefined {
  const branches: Simple[][] = [[]];
  for (let here = at + 1; here < glob.length; ) {
    const char = glob[here];
    if (char === "{") return undefined;
    if (char === "}") return branches.length < 2 ? undefined : { step: branches, next: here + 1 };
    if (char === ",") {
      branches.push([]);
      here++;
      continue;
    }
    const { step, next } = simple(glob, here);
    branches.at(-1)?.push(step);
    here = next;
  }
  return undefined;
}

function simple(glob: readonly string[], at: number): Parsed<Simple> {
  const char = glob[at];
  if (char === "*") return { step: "any", next: at + 1 };
  if (char === "?") return { step: () => true, next: at + 1 };
  const range = char === "[" ? oneOf(glob, at) : undefined;
  if (range) return range;
  const isEscape = char === "\\" && at + 1 < glob.length;
  const meant = (isEscape ? glob[at + 1] : char) as string;
  return { step: meant, next: at + (isEscape ? 2 : 1) };
}

/** `[abc]`, `[a-z]`, `[!a-z]`; a `]` right at the beginning means itself. Undefined when nothing closes it. */
function oneOf(glob: readonly string[], at: number): Parsed<Simple> | undefined {
  const isNot = glob[at + 1] === "!" || glob[at + 1] === "^";
  const first = at + (isNot ? 2 : 1);
  const close = glob.indexOf("]", first + 1);
  if (close < 0) return undefined;
  const chars = glob.slice(first, close);
  const ranges: (readonly [string, string])[] = [];
  for (let here = 0; here < chars.length; ) {
    const low = chars[here] as string;
    const high = chars[here + 1] === "-" ? chars[here + 2] : undefined;
    ranges.push([low, high ?? low]);
    here += high === undefined ? 1 : 3;
  }
  const isIn = (char: string) => ranges.some(([low, high]) => compare(low, char) <= 0 && compare(char, high) <= 0);
  return { step: (char) => isIn(char) !== isNot, next: close + 1 };
}

function compare(a: string, b: string): number {
  return (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0);
}
