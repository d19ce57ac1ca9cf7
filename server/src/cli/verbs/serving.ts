/** Verbs that serve somebody else until they leave: a company on loopback, assistants, editors. */

import { Argument, type Command } from "commander";
import { project, toPort } from "../options.ts";
import { run } from "../run.ts";

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
    .description("write the script that lets a shell complete verbs, options and their choices")
    .addArgument(new Argument("<shell>", "which shell").choices(["bash", "zsh", "fish"]))
    .action((shell) =>
      run(program, async (terminal) => (await import("../completion.ts")).completion(shell, program, terminal)),
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
