/** Verbs for whoever must prove something: what credentials there are, what is still open to whom. */

import { type Command, Option } from "commander";
import { format, organizationOrAll, output, project, verbose } from "../support/options.ts";
import { run } from "../support/run.ts";

/** Declares them; their code is loaded when one runs. */
export function auditing(program: Command): void {
  program.commandsGroup("Audit:");
  program
    .command("credentials")
    .description("list keys and tokens with their age, scopes, owner and last use, and what speaks against them")
    .addOption(project())
    .addOption(format("text", "json", "markdown", "csv"))
    .addOption(output())
    .addOption(verbose())
    .action((options) =>
      run(program, async (terminal) => (await import("../credentials.ts")).credentials(options, terminal)),
    );

  program
    .command("offboarding")
    .description("prove that people who left can do nothing any more: what is still open, and what closes it")
    .option("--person <login>", "one person alone")
    .addOption(
      new Option("--except <what...>", "what need not count").choices([
        "suspended",
        "unknown-people",
        "api-keys",
        "service-accounts",
      ]),
    )
    .option("--known <login...>", "accounts that belong to nobody in a directory on purpose, such as break-glass ones")
    .option("--all", "also list those for whom all is closed")
    .addOption(project())
    .addOption(organizationOrAll())
    .addOption(format("text", "json", "markdown", "csv"))
    .addOption(output())
    .addOption(verbose())
    .action((options) =>
      run(program, async (terminal) => (await import("../offboarding.ts")).offboarding(options, terminal)),
    );

  program
    .command("history")
    .description("tell who had something on a past day and why, from the files in git and the journals of applies")
    .argument("<subject>", "a permission, role, team, group or person")
    .requiredOption("--on <day>", "the day, such as 2026-01-31 (its end, UTC)")
    .addOption(project())
    .addOption(organizationOrAll())
    .addOption(format("text", "json", "markdown"))
    .addOption(output())
    .addOption(verbose())
    .action((what, options) =>
      run(program, async (terminal) => (await import("../history.ts")).history(what, options, terminal)),
    );

  program
    .command("record")
    .description("the record of plans and applies, in which each entry holds the hash of the one before")
    .command("verify")
    .description("find what was changed, taken out, moved or cut off in the record and its journals")
    .option("--head <hash>", "a head that was kept elsewhere, such as in the log of an apply")
    .addOption(project())
    .addOption(format("text", "json"))
    .action((options) => run(program, async (terminal) => (await import("../record.ts")).verify(options, terminal)));
}
