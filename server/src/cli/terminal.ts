/** What the process prints to, and how: results on stdout, everything else on stderr, colours only on a terminal. */

// picocolors: colours in 2 KB, honours NO_COLOR.
import { createColors } from "picocolors";

export interface Terminal {
  readonly isInteractive: boolean;
  readonly width: number;
  readonly color: ReturnType<typeof createColors>;
  /** A result, to stdout. */
  print(text: string): void;
  /** A note for people, to stderr. */
  note(text: string): void;
  /** Progress: one changing line on a terminal, one line per subject elsewhere. */
  progress(subject: string, text: string): void;
  /** Removes the changing line. */
  endProgress(): void;
}

export function openTerminal(options: { readonly color?: boolean; readonly quiet?: boolean } = {}): Terminal {
  const { stdout, stderr, env } = process;
  const wantsColor = options.color ?? (stdout.isTTY === true && env.NO_COLOR === undefined && env.TERM !== "dumb");
  const isLive = stderr.isTTY === true && env.CI === undefined;
  const said = new Set<string>();
  let isDirty = false;

  function endProgress(): void {
    if (isDirty) stderr.write("\r\u001b[2K");
    isDirty = false;
  }

  return {
    isInteractive: process.stdin.isTTY === true && stdout.isTTY === true,
    width: stdout.columns ?? 100,
    color: createColors(wantsColor),
    print(text) {
      endProgress();
      stdout.write(`${text}\n`);
    },
    note(text) {
      endProgress();
      if (!options.quiet) stderr.write(`${text}\n`);
    },
    progress(subject, text) {
      if (options.quiet) return;
      if (isLive) {
        stderr.write(`\r\u001b[2K${`${subject}: ${text}`.slice(0, (stderr.columns ?? 80) - 1)}`);
        isDirty = true;
      } else if (!said.has(subject)) {
        said.add(subject);
        stderr.write(`${subject}: reading\n`);
      }
    },
    endProgress,
  };
}
