/** Runs a verb: the global options make its terminal, an `Exit` becomes one line and an exit code. */

import type { Command } from "commander";
import { Exit } from "./exit.ts";
import { openTerminal, type Terminal } from "./terminal.ts";

interface GlobalOptions {
  readonly color: boolean;
  readonly quiet?: boolean;
}

export async function run(program: Command, verb: (terminal: Terminal) => Promise<number>): Promise<void> {
  const { color, quiet } = program.opts<GlobalOptions>();
  const terminal = openTerminal({ ...(color ? {} : { color: false }), ...(quiet ? { quiet } : {}) });
  try {
    process.exitCode = await verb(terminal);
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    if (error.message !== "") terminal.note(`${terminal.color.red("error")} ${error.message}`);
    process.exitCode = error.code;
  }
}
