/** Runs a verb: the global options make its terminal, an `Exit` becomes one line and an exit code. */

import type { Command } from "commander";
import { UnusableFile } from "../store/ordinaryFile.ts";
import { EXIT, Exit } from "./exit.ts";
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
    const { code, message } = toExit(error);
    if (message !== "") terminal.error(`${terminal.color.red("error")} ${message}`);
    process.exitCode = code;
  }
}

/** A file that is in the way is the user's to mend; anything else that nobody foresaw is ours, and never looks like findings. */
function toExit(error: unknown): Exit {
  if (error instanceof Exit) return error;
  if (error instanceof UnusableFile) return new Exit(EXIT.usage, error.message);
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (code && syscall && path) return new Exit(EXIT.usage, `${path} cannot be used (${syscall}: ${code})`);
  const trace = error instanceof Error ? error.stack : String(error);
  return new Exit(EXIT.fault, `This is a fault of accessmap; please report it.\n${trace}`);
}
