/** Verbs that record what was seen: pins, reviews, the committed snapshot; and the one that forgets. */

import type { Command } from "commander";
import { project, verbose } from "../options.ts";
import { run } from "../run.ts";

export function recording(program: Command): void {
  program.commandsGroup("Record:");
  program
    .command("lock")
    .description("record ids and what this repository manages in accessmap.lock")
    .addOption(project())
    .option("--adopt [organization]", "from now on apply may also remove")
    .addOption(verbose())
    .action((options) => run(program, async (terminal) => (await import("../lock.ts")).lock(options, terminal)));

  program
    .command("review")
    .description("show what changed since the last review, and record in accessmap.lock that somebody looked")
    .addOption(project())
    .option("-y, --yes", "do not ask")
    .addOption(verbose())
    .action((options) => run(program, async (terminal) => (await import("../review.ts")).review(options, terminal)));

  program
    .command("snapshot")
    .description("write what the systems hold, without people, for checks without credentials")
    .addOption(project())
    .option("--out <file>", "another file than accessmap.snapshot.json")
    .addOption(verbose())
    .action((options) =>
      run(program, async (terminal) => (await import("../snapshot.ts")).snapshot(options, terminal)),
    );

  program
    .command("purge")
    .description("delete what earlier runs kept of live systems on this disk")
    .action(() => run(program, async (terminal) => (await import("../purge.ts")).purge(terminal)));
}
