/**
 * What the process prints to, and how: results on stdout, everything else on stderr, colours only on a terminal. Nothing
 * gets past it that could drive the terminal, whatever a name in a file or in a live system holds.
 */

// picocolors: colours in 2 KB, honours NO_COLOR.
import { createColors } from "picocolors";
import { printable, printableJson } from "../../core/model/printable.ts";
import { type Progress, progressLines, progressText, showsBlocks, takesLine } from "./progressLines.ts";

export interface Terminal {
  readonly isInteractive: boolean;
  /** Columns of the screen that results go to; undefined for a file, a pipe, or a terminal that does not know. */
  readonly width: number | undefined;
  readonly color: ReturnType<typeof createColors>;
  /** A result, to stdout. */
  print(text: string): void;
  /** A result in JSON, to stdout. Its values stay exactly what they are. */
  printJson(json: string): void;
  /** A file's text, to stdout as it is: its maker has seen to what cannot be seen. */
  write(text: string): void;
  /** A note for people, to stderr. */
  note(text: string): void;
  /** Why the command ends without what was asked for, to stderr, however quiet it is to be. */
  error(text: string): void;
  /** Progress: a changing line for each subject on a terminal, elsewhere a line now and then. */
  progress(subject: string, progress: Progress): void;
  /** Removes the changing lines. */
  endProgress(): void;
}

const ESCAPE = "\u001b";

/** Line breaks, and the colours that `createColors` sets and ends; all else that drives a terminal comes from outside. */
const OWN = new RegExp(`(\n|${ESCAPE}\\[(?:1|2|22|3[1-6]|39)m)`);

/** Runners of GitHub and Azure obey these in what a step prints: the first at the start of a line, the others anywhere. */
const COMMANDS = /^(\s*):(?=:)|##(?=\[|vso\[)/gm;

/** Columns that no changing line takes: one lest the terminal goes on below it, two for the `^C` that it adds itself. */
const SPARE = 3;

/** Who waits for a job sees this often that it goes on. */
const TOLD_EVERY_MS = 10_000;

/** An empty `NO_COLOR` says nothing (no-color.org), and a terminal of no columns does not know how wide it is. */
export function openTerminal(options: { readonly color?: boolean; readonly quiet?: boolean } = {}): Terminal {
  const { stdout, stderr, env } = process;
  const wantsColor = options.color ?? (stdout.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb");
  const isLive = stderr.isTTY === true && env.CI === undefined && env.TERM !== "dumb";
  const isObeyed = env.GITHUB_ACTIONS !== undefined || env.TF_BUILD !== undefined;
  const said = new Map<string, number>();
  const underWay = new Map<string, Progress>();
  let drawn = 0;

  function shown(text: string): string {
    const parts = text.split(OWN);
    return parts.map((part, at) => (at % 2 === 1 && (wantsColor || part === "\n") ? part : printable(part))).join("");
  }

  /** A name that begins a line with a command stays a name. */
  function harmless(text: string): string {
    return isObeyed ? text.replace(COMMANDS, (found) => (found === "##" ? "# #" : `${found} `)) : text;
  }

  /** Goes to the first changing line and clears the screen from there. */
  function clearing(): string {
    return drawn === 0 ? "" : `\r${drawn > 1 ? `${ESCAPE}[${drawn - 1}A` : ""}${ESCAPE}[J`;
  }

  function draw(): void {
    const columns = Math.max(1, (stderr.columns || 80) - SPARE);
    const lines = progressLines(underWay, { columns, hasBlocks: showsBlocks(env) }).slice(1 - (stderr.rows || 24));
    stderr.write(`${clearing()}${lines.join("\n")}`);
    drawn = lines.length;
  }

  function endProgress(): void {
    if (drawn > 0) stderr.write(clearing());
    drawn = 0;
    underWay.clear();
  }

  return {
    isInteractive: process.stdin.isTTY === true && stdout.isTTY === true,
    width: (stdout.isTTY && stdout.columns) || undefined,
    color: createColors(wantsColor),
    print(text) {
      endProgress();
      stdout.write(`${harmless(shown(text))}\n`);
    },
    printJson(json) {
      endProgress();
      // Only within a string can two of them meet.
      stdout.write(`${isObeyed ? printableJson(json).replaceAll("##", "#\\u0023") : printableJson(json)}\n`);
    },
    write(text) {
      endProgress();
      stdout.write(text);
    },
    note(text) {
      endProgress();
      if (!options.quiet) stderr.write(`${harmless(shown(text))}\n`);
    },
    error(text) {
      endProgress();
      stderr.write(`${harmless(shown(text))}\n`);
    },
    progress(subject, progress) {
      if (options.quiet) return;
      if (isLive) {
        if (!takesLine(progress, underWay.get(subject))) return;
        underWay.set(subject, progress);
        draw();
        return;
      }
      const [last, now] = [said.get(subject), Date.now()];
      if (last !== undefined && now - last < TOLD_EVERY_MS) return;
      said.set(subject, now);
      const text = last === undefined ? "reading" : printable(progressText(progress));
      stderr.write(`${harmless(`${printable(subject)}: ${text}`)}\n`);
    },
    endProgress,
  };
}
