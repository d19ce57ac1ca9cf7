#!/usr/bin/env node
/**
 * Entry of the command line: arguments to verbs, errors to one line and an exit code. Verbs load when they are called.
 * Long because every verb and option is declared here, so that help is one place.
 */

// commander: the usual parser; help, unknown options and near commands come with it. 14 is the last for Node 20.
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { EXIT, Exit } from "./exit.ts";
import { openTerminal, type Terminal } from "./terminal.ts";
import { VERSION } from "./version.ts";

interface GlobalOptions {
  readonly color: boolean;
  readonly quiet?: boolean;
}

const program = new Command("accessmap")
  .description("Check and push access mappings: which identity-provider groups hold which Datadog roles and teams.")
  .version(VERSION)
  .option("--no-color", "no colours (NO_COLOR works too)")
  .option("-q, --quiet", "no progress and no notes")
  .showHelpAfterError("Run with --help for the options.")
  .showSuggestionAfterError()
  .exitOverride();

const project = () =>
  new Option("-C, --project <folder>", "folder with accessmap.yaml (default: the nearest one upward)");
const verbose = () => new Option("-v, --verbose", "say what is read from which system");
const organization = () =>
  new Option("-o, --organization <name>", "organization of accessmap.yaml (default: the only one)");
const organizationOrAll = () =>
  new Option("-o, --organization <name>", "organization of accessmap.yaml (default: each of them)");
const format = (...choices: string[]) =>
  new Option("--format <format>", "output format").choices(choices).default(choices[0]);

program
  .command("check")
  .description("check mapping files against live groups, roles and teams")
  .argument("[paths...]", "show findings of these files or folders only")
  .addOption(project())
  .addOption(format("text", "json"))
  .addOption(
    new Option("--fail-on <severity>", "lowest severity that fails")
      .choices(["error", "warning", "info", "never"])
      .default("error"),
  )
  .option("--no-live", "check the files alone")
  .option("--write-baseline", "record all findings as inherited: they count no more, new ones do")
  .option("--require-live", "fail when a live system could not be read")
  .addOption(verbose())
  .action((paths, options) => run(async (terminal) => (await import("./check.ts")).check(paths, options, terminal)));

program
  .command("plan")
  .description("show what a push would change, in people and permissions")
  .addOption(project())
  .addOption(organization())
  .addOption(format("text", "markdown", "json"))
  .option("--out <file>", "save the plan, for `apply <file>`")
  .option("--detailed-exitcode", "exit with 4 when changes are pending")
  .addOption(verbose())
  .action((options) => run(async (terminal) => (await import("./plan.ts")).plan(options, terminal)));

program
  .command("apply")
  .description("push: exactly the given plan, or a fresh one after asking")
  .argument("[plan]", "a plan saved by `plan --out`")
  .addOption(project())
  .addOption(organization())
  .option("-y, --yes", "do not ask")
  .option("--allow <guard...>", "lift a guard by name and object, such as lock/mass-removal:role=SRE")
  .option("--at-once <n>", "steps under way at the same time, at most (default 8)", toCount)
  .option("--resume", "finish an apply that was interrupted: same plan, same journal")
  .option("--abandon", "close an apply that was interrupted, as it stands; nothing is written to Datadog")
  .addOption(format("text", "json"))
  .addOption(verbose())
  .action((file, options) => run(async (terminal) => (await import("./apply.ts")).apply(file, options, terminal)));

program
  .command("undo")
  .description("plan the reverse of the last apply, and push it after asking")
  .addOption(project())
  .addOption(organization())
  .option("-y, --yes", "do not ask")
  .option("--out <file>", "save the plan instead, for `apply <file>`")
  .option("--allow <guard...>", "lift a guard by name and object")
  .addOption(format("text", "json"))
  .addOption(verbose())
  .action((options) => run(async (terminal) => (await import("./undo.ts")).undo(options, terminal)));

program
  .command("drift")
  .description("show what changed in Datadog outside these files, by whom and when")
  .addOption(project())
  .addOption(organization())
  .addOption(format("text", "json"))
  .addOption(verbose())
  .action((options) => run(async (terminal) => (await import("./drift.ts")).drift(options, terminal)));

program
  .command("show")
  .description("show who is in a group and what its members can do")
  .argument("<group>", "name of a mapped group")
  .addOption(project())
  .addOption(format("text", "json"))
  .option("--all", "also list what everybody has anyway")
  .addOption(verbose())
  .action((group, options) => run(async (terminal) => (await import("./show.ts")).show(group, options, terminal)));

program
  .command("test")
  .description("check what the files expect of access (expect:), claim by claim")
  .addOption(project())
  .addOption(format("text", "json"))
  .option("--mutate", "drop grants and widen roles one by one, and list what no expectation would notice")
  .option("--require-live", "fail when something could not be proven")
  .addOption(verbose())
  .action((options) => run(async (terminal) => (await import("./test.ts")).test(options, terminal)));

program
  .command("who-can")
  .description("list who can do something, through which group and role")
  .argument("<permission>", "name of a permission, such as logs_delete_data")
  .addOption(project())
  .addOption(organizationOrAll())
  .addOption(format("text", "json"))
  .addOption(verbose())
  .action((permission, options) =>
    run(async (terminal) => (await import("./ask.ts")).whoCan(permission, options, terminal)),
  );

program
  .command("explain")
  .description("explain a person: groups, roles, effective permissions and where each comes from")
  .argument("<person>", "login or address")
  .addOption(project())
  .addOption(organizationOrAll())
  .addOption(format("text", "json"))
  .addOption(verbose())
  .action((person, options) => run(async (terminal) => (await import("./ask.ts")).explain(person, options, terminal)));

program
  .command("what-if")
  .description("tell what would change if somebody joined or left a group, or a group got or lost a role")
  .option("--person <login>", "who joins or leaves")
  .option("--joins <group>", "the group that the person joins")
  .option("--leaves <group>", "the group that the person leaves")
  .option("--group <name>", "which group gains or loses a role")
  .option("--gains <role>", "the role that the group gains")
  .option("--loses <role>", "the role that the group loses")
  .addOption(project())
  .addOption(organizationOrAll())
  .addOption(format("text", "json"))
  .addOption(verbose())
  .action((options) => run(async (terminal) => (await import("./ask.ts")).whatIf(options, terminal)));

program
  .command("login")
  .description("play a SAML login through: which mappings match, what results, why it would fail")
  .argument("[file]", "a SAML response or assertion, XML or base64; - for standard input")
  .option("--person <login>", "take what the directory says of this person instead")
  .addOption(project())
  .addOption(organizationOrAll())
  .addOption(format("text", "json"))
  .addOption(verbose())
  .action((file, options) => run(async (terminal) => (await import("./ask.ts")).login(file, options, terminal)));

program
  .command("rule")
  .description("show the manual page of a rule, or list all rules")
  .argument("[id]", "id of a rule, such as ref/unknown-group")
  .action((id) => run(async (terminal) => (await import("./rule.ts")).rule(id, terminal)));

program
  .command("lock")
  .description("record ids and what this repository manages in accessmap.lock")
  .addOption(project())
  .option("--adopt [organization]", "from now on apply may also remove")
  .addOption(verbose())
  .action((options) => run(async (terminal) => (await import("./lock.ts")).lock(options, terminal)));

program
  .command("review")
  .description("show what changed since the last review, and record in accessmap.lock that somebody looked")
  .addOption(project())
  .option("-y, --yes", "do not ask")
  .addOption(verbose())
  .action((options) => run(async (terminal) => (await import("./review.ts")).review(options, terminal)));

program
  .command("snapshot")
  .description("write what the systems hold, without people, for checks without credentials")
  .addOption(project())
  .option("--out <file>", "another file than accessmap.snapshot.json")
  .addOption(verbose())
  .action((options) => run(async (terminal) => (await import("./snapshot.ts")).snapshot(options, terminal)));

program
  .command("purge")
  .description("delete what earlier runs kept of live systems on this disk")
  .action(() => run(async (terminal) => (await import("./purge.ts")).purge(terminal)));

program
  .command("sandbox")
  .description("run a company on this machine: Datadog and four kinds of directory on loopback")
  .option("--seed <file>", "another company, as JSON or YAML")
  .option("--okta-port <port>", "port of Okta (default: any free one)", toPort)
  .option("--datadog-port <port>", "port of Datadog (default: any free one)", toPort)
  .option("--json", "print one line of JSON when ready; end when standard input closes")
  .option("--write-sample <folder>", "write the sample project into a new folder and end")
  .action((options) => run(async (terminal) => (await import("./sandbox.ts")).sandbox(options, terminal)));

program
  .command("mcp")
  .description("serve the questions as read-only tools for language-model assistants, on standard input and output")
  .addOption(project())
  .action((options) => run(async (terminal) => (await import("./mcp.ts")).mcp(options, terminal)));

program
  .command("lsp")
  .description("run the language server")
  .option("--stdio", "talk over standard input and output")
  .allowUnknownOption() // editors add options of their own, such as --clientProcessId
  .action(async () => (await import("../lsp/main.ts")).startServer());

async function run(verb: (terminal: Terminal) => Promise<number>): Promise<void> {
  const { color, quiet } = program.opts<GlobalOptions>();
  const terminal = openTerminal({ ...(color ? {} : { color: false }), ...(quiet ? { quiet } : {}) });
  try {
    process.exitCode = await verb(terminal);
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    if (error.message !== "") terminal.note(`${terminal.color.red("error")} ${error.message}`);
    process.exitCode = error.code;
  }
}

function toCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1) return count;
  throw new InvalidArgumentError("A number from 1 on.");
}

function toPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError("A port is a number from 0 to 65535.");
}

// A closed pipe (`accessmap check | head`) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT.clean);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  // Commander has printed its message; help and version end with 0.
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? EXIT.clean : EXIT.usage;
}
