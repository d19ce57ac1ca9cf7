#!/usr/bin/env node
/**
 * Entry of the command line. Help lists the verbs in this order; what a verb does is loaded when it is called.
 */

// commander: the usual parser; help, unknown options and near commands come with it. 14 is the last for Node 20.
import { Command, CommanderError } from "commander";
import { EXIT } from "./exit.ts";
import { adopting } from "./verbs/adopting.ts";
import { asking } from "./verbs/asking.ts";
import { auditing } from "./verbs/auditing.ts";
import { checking } from "./verbs/checking.ts";
import { pushing } from "./verbs/pushing.ts";
import { recording } from "./verbs/recording.ts";
import { serving } from "./verbs/serving.ts";
import { VERSION } from "./version.ts";

const program = new Command("accessmap")
  .description("Check and push access mappings: which identity-provider groups hold which Datadog roles and teams.")
  .version(VERSION)
  .option("--no-color", "no colours (NO_COLOR works too)")
  .option("-q, --quiet", "no progress and no notes")
  .showHelpAfterError("Run with --help for the options.")
  .showSuggestionAfterError()
  .exitOverride();

for (const addTo of [adopting, checking, pushing, asking, auditing, recording, serving]) addTo(program);

// A closed pipe (`accessmap check | head`) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT.clean);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  // Commander has printed its message; help and version end with 0.
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? EXIT.clean : EXIT.usage;
}
