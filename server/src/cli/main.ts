#!/usr/bin/env node
/** Entry of the command line. */

import { CommanderError } from "commander"; // commander: see program.ts
import { EXIT } from "./exit.ts";
import { createProgram } from "./program.ts";

// A closed pipe (`accessmap check | head`) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT.clean);
  throw error;
});

try {
  await createProgram().parseAsync();
} catch (error) {
  // Commander has printed its message; help and version end with 0.
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? EXIT.clean : EXIT.usage;
}
