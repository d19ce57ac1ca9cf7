#!/usr/bin/env node
/** Entry of the command line. */

import { createProgram } from "./program.ts";
import { EXIT } from "./support/exit.ts";
import { runProgram } from "./support/run.ts";

// A closed pipe (`accessmap check | head`) is no error, and what was found still counts. A full disk is one, and no finding:
// what was asked for is not there.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") return;
  process.stderr.write(`error The output cannot be written (${error.code ?? error.message})\n`);
  process.exit(EXIT.usage);
});
// Nobody reads the notes any more; the result still counts.
process.stderr.on("error", () => {});

await runProgram(createProgram(), process.argv.slice(2));

// A verb is done when it says how it ended; only what serves an editor goes on without. Behind a proxy that cuts what is to
// pass through it, the platform opens connections for ever (Node 24, 2026-11), and nobody would learn that all is told.
if (process.exitCode !== undefined) {
  const isTold = () => process.stdout.writableLength + process.stderr.writableLength === 0;
  setInterval(() => isTold() && process.exit(), 2000).unref();
}
