/** Runs a verb: the global options make its terminal, an `Exit` becomes one line and an exit code. */

import { type Command, CommanderError } from "commander"; // commander: see program.ts
import { traceOf } from "../../core/model/thrown.ts";
import { UnusableFile } from "../../store/ordinaryFile.ts";
import { EXIT, Exit } from "./exit.ts";
import { openTerminal, type Terminal } from "./terminal.ts";

interface GlobalOptions {
  readonly color: boolean;
  readonly quiet?: boolean;
}

/** Runs what the arguments ask for to its end. Answers the exit code, which the process has then too. */
export async function runProgram(program: Command, args: readonly string[]): Promise<number> {
  process.exitCode = undefined;
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    // Commander has printed its message; help and version end with 0.
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? EXIT.clean : EXIT.usage;
  }
  return Number(process.exitCode ?? EXIT.clean);
}

/** Sets the process's exit code and never throws; the process ends by itself once nothing is left to do. */
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
  return new Exit(EXIT.fault, `This is a fault of accessmap; please report it.\n${traceOf(error)}`);
}
