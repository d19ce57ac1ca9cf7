/** Verbs for whoever must prove something: what credentials there are, what is still open to whom. */

import type { Command } from "commander";
import { format, project, verbose } from "../options.ts";
import { run } from "../run.ts";

export function auditing(program: Command): void {
  program.commandsGroup("Audit:");
  program
    .command("credentials")
    .description("list keys and tokens with their age, scopes, owner and last use, and what speaks against them")
    .addOption(project())
    .addOption(format("text", "json", "markdown", "csv"))
    .addOption(verbose())
    .action((options) =>
      run(program, async (terminal) => (await import("../credentials.ts")).credentials(options, terminal)),
    );
}
