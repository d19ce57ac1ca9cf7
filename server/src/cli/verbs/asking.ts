/** Verbs that answer a question about access and write nothing. */

import type { Command } from "commander";
import { format, organizationOrAll, project, verbose } from "../support/options.ts";
import { run } from "../support/run.ts";

/** Declares them; their code is loaded when one runs. */
export function asking(program: Command): void {
  program.commandsGroup("Ask:");
  program
    .command("show")
    .description("show who is in a group and what its members can do")
    .argument("<group>", "name of a mapped group")
    .addOption(project())
    .addOption(format("text", "json"))
    .option("--all", "also list what everybody has anyway")
    .addOption(verbose())
    .action((group, options) =>
      run(program, async (terminal) => (await import("../show.ts")).show(group, options, terminal)),
    );

  program
    .command("who-can")
    .description("list who can do something, through which group and role")
    .argument("<permission>", "name of a permission, such as logs_delete_data")
    .addOption(project())
    .addOption(organizationOrAll())
    .addOption(format("text", "json"))
    .addOption(verbose())
    .action((permission, options) =>
      run(program, async (terminal) => (await import("../ask.ts")).whoCan(permission, options, terminal)),
    );

  program
    .command("explain")
    .description("explain a person: groups, roles, effective permissions and where each comes from")
    .argument("<person>", "login or address")
    .addOption(project())
    .addOption(organizationOrAll())
    .addOption(format("text", "json"))
    .addOption(verbose())
    .action((person, options) =>
      run(program, async (terminal) => (await import("../ask.ts")).explain(person, options, terminal)),
    );

  program
    .command("escalation")
    .description(
      "show which groups come to an administrator's power unseen, by which steps, and the fewest edits against it",
    )
    .argument("[group]", "name of one mapped group (default: all)")
    .addOption(project())
    .addOption(organizationOrAll())
    .addOption(format("text", "json"))
    .addOption(verbose())
    .action((group, options) =>
      run(program, async (terminal) => (await import("../ask.ts")).escalation(group, options, terminal)),
    );

  program
    .command("what-if")
    .description("tell what would change if somebody joined or left a group, or a group got or lost a role")
    .option("--person <login>", "who joins or leaves")
    .option("--joins <group>", "the group that the person joins")
    .option("--leaves <group>", "the group that the person leaves")
    .option("--group <group>", "which group gains or loses a role")
    .option("--gains <role>", "the role that the group gains")
    .option("--loses <role>", "the role that the group loses")
    .addOption(project())
    .addOption(organizationOrAll())
    .addOption(format("text", "json"))
    .addOption(verbose())
    .action((options) => run(program, async (terminal) => (await import("../ask.ts")).whatIf(options, terminal)));

  program
    .command("login")
    .description("play a SAML login through: which mappings match, what results, why it would fail")
    .argument("[file]", "a SAML response or assertion, XML or base64; - for standard input")
    .option("--person <login>", "take what the directory says of this person instead")
    .addOption(project())
    .addOption(organizationOrAll())
    .addOption(format("text", "json"))
    .addOption(verbose())
    .action((file, options) =>
      run(program, async (terminal) => (await import("../ask.ts")).login(file, options, terminal)),
    );
}
