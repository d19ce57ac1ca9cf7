/**
 * What the process prints to, and how: results on stdout, everything else on stderr, colours only on a terminal. Nothing
 * gets past it that could drive the terminal, whatever a name in a file or in a live system holds.
 */

// picocolors: colours in 2 KB, honours NO_COLOR.
import { createColors } from "picocolors";
import { printable, printableJson } from "../../core/model/printable.ts";

export interface Terminal {
  readonly isInteractive: boolean;
  readonly width: number;
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
  /** Progress: one changing line on a terminal, one line per subject elsewhere. */
  progress(subject: string, text: string): void;
  /** Removes the changing line. */
  endProgress(): void;
}

const ESCAPE = "\u001b";

/** Line breaks, and the colours that `createColors` sets and ends; all else that drives a terminal comes from outside. */
const OWN = new RegExp(`(\n|${ESCAPE}\\[(?:1|2|22|3[1-6]|39)m)`);

/** Runners of GitHub and Azure obey these in what a step prints: the first at the start of a line, the others anywhere. */
const COMMANDS = /^(\s*):(?=:)|##(?=\[|vso\[)/gm;

/** An empty `NO_COLOR` says nothing (no-color.org), and a terminal of no columns does not know how wide it is. */
export function openTerminal(options: { readonly color?: boolean; readonly quiet?: boolean } = {}): Terminal {
  const { stdout, stderr, env } = process;
  const wantsColor = options.color ?? (stdout.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb");
  const isLive = stderr.isTTY === true && env.CI === undefined && env.TERM !== "dumb";
  const isObeyed = env.GITHUB_ACTIONS !== undefined || env.TF_BUILD !== undefined;
  const said = new Set<string>();
  let isDirty = false;

  function shown(text: string): string {
    const parts = text.split(OWN);
    return parts.map((part, at) => (at % 2 === 1 && (wantsColor || part === "\n") ? part : printable(part))).join("");
  }

  /** A name that begins a line with a command stays a name. */
  function harmless(text: string): string {
    return isObeyed ? text.replace(COMMANDS, (found) => (found === "##" ? "# #" : `${found} `)) : text;
  }

  function endProgress(): void {
    if (isDirty) stderr.write(`\r${ESCAPE}[2K`);
    isDirty = false;
  }

  return {
    isInteractive: process.stdin.isTTY === true && stdout.isTTY === true,
    width: stdout.columns || 100,
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
    progress(subject, text) {
      if (options.quiet) return;
      if (isLive) {
        const line = printable(`${subject}: ${text}`).slice(0, (stderr.columns || 80) - 1);
        stderr.write(`\r${ESCAPE}[2K${line}`);
        isDirty = true;
      } else if (!said.has(subject)) {
        said.add(subject);
        stderr.write(`${harmless(printable(subject))}: reading\n`);
      }
    },
    endProgress,
  };
}
