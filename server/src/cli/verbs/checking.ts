/** Verbs that judge the files: findings, expectations, the rules' manual pages. */

import { type Command, Option } from "commander";
import { CHECK_FORMATS, collect, dryRun, format, output, project, toAlso, verbose } from "../support/options.ts";
import { run } from "../support/run.ts";

/** Declares them; their code is loaded when one runs. */
export function checking(program: Command): void {
  program.commandsGroup("Check:");
  program
    .command("check")
    .description("check mapping files against live groups, roles and teams")
    .argument("[paths...]", "show findings of these files or folders only")
    .addOption(project())
    .addOption(format(...CHECK_FORMATS))
    .addOption(output())
    .option("--also <format=file>", "write another format into a file as well; may be given more than once", toAlso)
    .addOption(
      new Option("--fail-on <severity>", "lowest severity that fails")
        .choices(["error", "warning", "info", "never"])
        .default("error"),
    )
    .option("--no-live", "check the files alone")
    .addOption(
      new Option(
        "--changed [commit]",
        "show only findings that the files of a commit do not have (default: where this branch left the main line)",
      ).conflicts("writeBaseline"),
    )
    .option("--write-baseline", "record all findings as inherited: they count no more, new ones do")
    .option("--require-live", "fail when a live system could not be read")
    .addOption(verbose())
    .action((paths, options) =>
      run(program, async (terminal) => (await import("../check.ts")).check(paths, options, terminal)),
    );

  program
    .command("fix")
    .description("apply the fixes that cannot change who gets what")
    .argument("[paths...]", "fix these files or folders only")
    .addOption(project())
    .addOption(dryRun())
    .option("--rule <id>", "fix findings of this rule only; may be given more than once", collect)
    .option("--no-live", "look at the files alone")
    .addOption(verbose())
    .action((paths, options) =>
      run(program, async (terminal) => (await import("../fix.ts")).fix(paths, options, terminal)),
    );

  program
    .command("format")
    .description("bring keys into the order of the format and tidy blanks; what files say stays the same")
    .argument("[paths...]", "format these files or folders only")
    .addOption(project())
    .addOption(dryRun())
    .action((paths, options) =>
      run(program, async (terminal) => (await import("../format.ts")).format(paths, options, terminal)),
    );

  program
    .command("test")
    .description("check what the files expect of access (expect:), claim by claim")
    .addOption(project())
    .addOption(format("text", "json", "junit", "github", "markdown"))
    .addOption(output())
    .option("--mutate", "drop grants and widen roles one by one, and list what no expectation would notice")
    .option("--require-live", "fail when something could not be proven")
    .addOption(verbose())
    .action((options) => run(program, async (terminal) => (await import("../test.ts")).test(options, terminal)));

  program
    .command("rule")
    .description("show the manual page of a rule, or list all rules")
    .argument("[rule]", "id of a rule, such as ref/unknown-group")
    .action((id) => run(program, async (terminal) => (await import("../rule.ts")).rule(id, terminal)));
}
