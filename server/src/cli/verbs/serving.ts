/** Verbs that serve somebody else until they leave: a company on loopback, assistants, editors. */

import { Argument, type Command } from "commander";
import { NAME_KINDS } from "../completion/model.ts";
import { project, toPort } from "../support/options.ts";
import { run } from "../support/run.ts";

/** Declares them; their code is loaded when one runs. */
export function serving(program: Command): void {
  program.commandsGroup("Serve:");
  program
    .command("sandbox")
    .description("run a company on this machine: Datadog and four kinds of directory on loopback")
    .option("--seed <file>", "another company, as JSON or YAML")
    .option("--okta-port <port>", "port of Okta (default: any free one)", toPort)
    .option("--datadog-port <port>", "port of Datadog (default: any free one)", toPort)
    .option("--json", "print one line of JSON when ready; end when standard input closes")
    .option("--write-sample <folder>", "write the sample project into a new folder and end")
    .action((options) => run(program, async (terminal) => (await import("../sandbox.ts")).sandbox(options, terminal)));

  program
    .command("mcp")
    .description("serve the questions as read-only tools for language-model assistants, on standard input and output")
    .addOption(project())
    .action((options) => run(program, async (terminal) => (await import("../mcp.ts")).mcp(options, terminal)));

  program
    .command("completion")
    .description("write the script that lets a shell complete verbs, options, choices and names that are known here")
    .addArgument(new Argument("<shell>", "which shell").choices(["bash", "zsh", "fish"]))
    .action((shell) =>
      run(program, async (terminal) => (await import("../completion.ts")).completion(shell, program, terminal)),
    );

  // For the scripts that `completion` writes; of no use to people.
  program
    .command("names", { hidden: true })
    .addArgument(new Argument("<kind>", "kind of names").choices([...NAME_KINDS]))
    .argument("[beginning]", "what the names begin with", "")
    .addOption(project())
    .action((kind, beginning, options) =>
      run(program, async (terminal) => (await import("../names.ts")).names(kind, beginning, options, terminal)),
    );

  program
    .command("lsp")
    .description("run the language server")
    .option("--stdio", "talk over standard input and output")
    .allowUnknownOption() // editors add options of their own, such as --clientProcessId
    .action(async () => {
      await import("../../lsp/program.ts");
    });
}
