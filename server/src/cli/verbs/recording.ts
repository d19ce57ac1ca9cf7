/** Verbs that record what was seen: pins, reviews, the committed snapshot; and the one that forgets. */

import { type Command, InvalidArgumentError } from "commander"; // commander: see program.ts
import { dryRun, project, verbose } from "../support/options.ts";
import { run } from "../support/run.ts";

/** Declares them; their code is loaded when one runs. */
export function recording(program: Command): void {
  program.commandsGroup("Record:");
  program
    .command("lock")
    .description("record ids and what this repository manages in accessmap.lock")
    .addOption(project())
    .option("--adopt [organization]", "from now on apply may also remove")
    .addOption(verbose())
    .action((options) => run(program, async (terminal) => (await import("../lock.ts")).lock(options, terminal)));

  const review = program
    .command("review")
    .description("show what changed since the last review, and record that somebody looked; or review access in full")
    .addOption(project())
    .option("-y, --yes", "do not ask")
    .addOption(verbose())
    .usage("[options] [command]")
    .argument("[command]", "", refuseWord)
    .action((_, options) => run(program, async (terminal) => (await import("../review.ts")).review(options, terminal)));
  // Options that `review` has too are read by it, wherever they stand.
  review
    .command("pack")
    .description("write an access review: who holds what, through what and why, one set of files for every reviewer")
    .argument("[folder]", "a new folder (default: access-review-<day>)")
    .option("--second <address>", "who decides what an owner cannot: their own access, and what has no owner")
    .addOption(project())
    .addOption(verbose())
    .action((folder, _, command: Command) =>
      run(program, async (terminal) =>
        (await import("../reviewPack.ts")).packReview(folder, command.optsWithGlobals(), terminal),
      ),
    );
  review
    .command("read")
    .description("take a reviewer's decisions into the mapping files, shown first, and list what is left to do by hand")
    .argument("<file>", "a CSV file of a pack, filled in")
    .addOption(dryRun())
    .option("-y, --yes", "do not ask")
    .addOption(project())
    .addOption(verbose())
    .action((file, _, command: Command) =>
      run(program, async (terminal) =>
        (await import("../reviewRead.ts")).readReview(file, command.optsWithGlobals(), terminal),
      ),
    );

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
    .description("delete what earlier runs kept of live systems and compiled code on this disk")
    .action(() => run(program, async (terminal) => (await import("../purge.ts")).purge(terminal)));
}

/** What is none of the commands of `review`: as one argument too many nobody would learn which ones there are. */
function refuseWord(): never {
  throw new InvalidArgumentError("The commands are pack and read.");
}
