/** Verbs about pushing: what would change, doing it, taking it back, what others changed. */

import type { Command } from "commander";
import {
  allow,
  detailedExitcode,
  format,
  organization,
  output,
  project,
  toCount,
  verbose,
} from "../support/options.ts";
import { run } from "../support/run.ts";

/** Declares them; their code is loaded when one runs. */
export function pushing(program: Command): void {
  program.commandsGroup("Push:");
  program
    .command("plan")
    .description("show what a push would change, in people and permissions")
    .addOption(project())
    .addOption(organization())
    .addOption(format("text", "markdown", "json"))
    .addOption(output())
    .option("--out <file>", "save the plan, for `apply <file>`")
    .addOption(detailedExitcode())
    .addOption(verbose())
    .action((options) => run(program, async (terminal) => (await import("../plan.ts")).plan(options, terminal)));

  program
    .command("comment")
    .description(
      "put Markdown into a comment of the GitHub pull request or GitLab merge request that this job is for, in place of the last one",
    )
    .argument("<file>", "what `plan --format markdown --output <file>` wrote")
    .option("--key <name>", "which comment to replace, when there are several", "plan")
    .option("--pull <number>", "another request", toCount)
    .action((file, options) =>
      run(program, async (terminal) => (await import("../comment.ts")).comment(file, options, terminal)),
    );

  program
    .command("apply")
    .description("push: exactly the given plan, or a fresh one after asking")
    .argument("[plan]", "a plan saved by `plan --out`")
    .addOption(project())
    .addOption(organization())
    .option("--reviewed <plan>", "plan anew, and push only if it is this very plan: a file, or a fingerprint")
    .option("-y, --yes", "do not ask")
    .addOption(allow())
    .option("--at-once <n>", "steps under way at the same time, at most (default 8)", toCount)
    .option("--resume", "finish an apply that was interrupted: same plan, same journal")
    .option("--abandon", "close an apply that was interrupted, as it stands; nothing is written to Datadog")
    .addOption(format("text", "json"))
    .addOption(verbose())
    .action((file, options) =>
      run(program, async (terminal) => (await import("../apply.ts")).apply(file, options, terminal)),
    );

  program
    .command("undo")
    .description("plan the reverse of the last apply, and push it after asking")
    .argument("[journal]", "take back the apply that this journal tells, instead of the last one")
    .addOption(project())
    .addOption(organization())
    .option("-y, --yes", "do not ask")
    .option("--out <file>", "save the plan instead, for `apply <file>`")
    .addOption(allow())
    .addOption(format("text", "json"))
    .addOption(verbose())
    .action((journal, options) =>
      run(program, async (terminal) => (await import("../undo.ts")).undo(journal, options, terminal)),
    );

  program
    .command("drift")
    .description("show what changed in Datadog outside these files, by whom and when")
    .addOption(project())
    .addOption(organization())
    .addOption(format("text", "json", "markdown"))
    .addOption(output())
    .addOption(verbose())
    .action((options) => run(program, async (terminal) => (await import("../drift.ts")).drift(options, terminal)));
}
