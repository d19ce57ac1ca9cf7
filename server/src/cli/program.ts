/** The command line's verbs, options and help, without running any. */

// commander: the usual parser; help, unknown options and near commands come with it. 14 is the last for Node 20.
import { Command } from "commander";
import { VERSION } from "./support/version.ts";
import { adopting } from "./verbs/adopting.ts";
import { asking } from "./verbs/asking.ts";
import { auditing } from "./verbs/auditing.ts";
import { checking } from "./verbs/checking.ts";
import { helpOfEnvironment } from "./verbs/environment.ts";
import { helpOf, helpOfCodes } from "./verbs/help.ts";
import { pushing } from "./verbs/pushing.ts";
import { recording } from "./verbs/recording.ts";
import { serving } from "./verbs/serving.ts";

/** Help lists the verbs in this order; what a verb does is loaded when it is called. */
export function createProgram(): Command {
  const program = new Command("accessmap")
    .description("Check and push access mappings: which identity-provider groups hold which Datadog roles and teams.")
    .version(VERSION)
    .option("--no-color", "no colours (NO_COLOR works too)")
    .option("-q, --quiet", "no progress and no notes")
    .showHelpAfterError("Run with --help for the options.")
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: true })
    .exitOverride();
  for (const addTo of [adopting, checking, pushing, asking, auditing, recording, serving]) addTo(program);
  addHelp(program, "");
  return program.addHelpText("after", helpOfCodes).addHelpText("after", helpOfEnvironment);
}

function addHelp(command: Command, path: string): void {
  for (const verb of command.commands) {
    const name = `${path} ${verb.name()}`.trim();
    verb.addHelpText("after", () => helpOf(name, reads(verb)));
    addHelp(verb, name);
  }
}

/** Whoever can say what is read from which system needs credentials. */
function reads(verb: Command): boolean {
  return verb.options.some(({ long }) => long === "--verbose");
}
