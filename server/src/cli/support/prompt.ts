/** Questions to whoever sits at the terminal: one line each, asked on stderr, so that results can still be piped. */

import { createInterface } from "node:readline/promises";
import { EXIT, Exit } from "./exit.ts";
import type { Terminal } from "./terminal.ts";

/** A question as it is shown: what to choose from, and what an empty answer stands for. */
export interface Asked {
  readonly text: string;
  readonly choices?: readonly { readonly value: string; readonly detail: string }[];
  readonly suggestion?: string;
  readonly example?: string;
}

export interface Prompt {
  /** Asks until `problemWith` has nothing to say. */
  ask(asked: Asked, problemWith: (answer: string) => string | undefined): Promise<string>;
  close(): void;
}

/** Rejects with an `Exit` when the person leaves (Ctrl+C, or the end of the input). */
export function openPrompt({ color }: Terminal): Prompt {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const left = new AbortController();
  lines.once("close", () => left.abort());
  lines.once("SIGINT", () => lines.close());
  return {
    async ask(asked, problemWith) {
      const { text, choices = [], suggestion, example } = asked;
      const hint = suggestion ? `[${suggestion}] ` : example ? `(such as ${example}) ` : "";
      const width = Math.max(0, ...choices.map(({ value }) => value.length));
      const list = choices.map(({ value, detail }) => `  ${value.padEnd(width)}  ${color.dim(detail)}`.trimEnd());
      process.stderr.write(`${[color.bold(text), ...list].join("\n")}\n`);
      for (;;) {
        const line = await lines.question(`${color.dim(hint)}> `, { signal: left.signal }).catch(leave);
        const answer = line.trim() || (suggestion ?? "");
        const problem = problemWith(answer);
        if (problem === undefined) return answer;
        process.stderr.write(`${color.red(problem)}\n`);
      }
    },
    close: () => lines.close(),
  };
}

/** Asks for yes or no; anything but yes ends the command with `refusal`. Elsewhere than on a terminal only `--yes` answers. */
export async function confirm(
  question: string,
  { yes }: { readonly yes?: boolean },
  { isInteractive }: Terminal,
  refusal: string,
): Promise<void> {
  if (yes) return;
  if (!isInteractive)
    throw new Exit(EXIT.usage, `${refusal}: there is nobody to ask here; add --yes once you have looked`);
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await lines.question(`\n${question} [y/N] `);
  lines.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new Exit(EXIT.refused, `${refusal}.`);
}

function leave(): never {
  throw new Exit(EXIT.usage, "Nothing was written.");
}
