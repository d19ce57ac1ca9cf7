/** Verbs that begin a project, take over what is there already, and carry it elsewhere. */

import { type Command, Option } from "commander";
import {
  collect,
  detailedExitcode,
  dryRun,
  format,
  organization,
  organizationOrAll,
  project,
  verbose,
} from "../support/options.ts";
import { run } from "../support/run.ts";

const path = (name: string, what: string) =>
  new Option(`--${name} <path>`, `how ${what} reach Datadog (default: scim)`).choices([
    "scim",
    "saml",
    "members",
    "off",
  ]);

/** Declares them; their code is loaded when one runs. */
export function adopting(program: Command): void {
  program.commandsGroup("Begin:");
  program
    .command("init")
    .description("write accessmap.yaml and a first, empty mapping file; asks for what no option says")
    .argument("[folder]", "folder of the new project (default: this one)")
    .option("--name <project>", "name of the project (default: the folder's)")
    .option("--okta <domain>", "an Okta organization, such as acme.okta.com")
    .option("--entra <tenant>", "a Microsoft Entra tenant, by its id")
    .addOption(
      new Option("--claim <what>", "what the SAML claim of Entra carries (default: id)").choices(["name", "id"]),
    )
    .option("--google <customer>", "a Google Workspace customer, such as C0123abc")
    .option("--google-admin <address>", "the administrator whom the Google service account acts for")
    .option("--scim <url>", "a SCIM 2.0 service")
    .option("--groups <pattern>", "list only groups of this pattern, such as dd-*")
    .option("--organization <name>", "what you call the Datadog organization (default: prod)")
    .option("--site <site>", "its Datadog site, such as datadoghq.eu")
    .option("--id <id>", "its id, so that keys of another organization are refused")
    .addOption(path("roles", "roles"))
    .addOption(path("teams", "teams"))
    .addOption(
      new Option("--users <what>", "what happens to accounts (default: off)").choices(["off", "deactivate", "full"]),
    )
    .option("--attribute <name>", "SAML attribute that carries the groups, where roles or teams go through SAML")
    .option("-y, --yes", "do not ask: take the defaults")
    .action((folder, options) =>
      run(program, async (terminal) => (await import("../init.ts")).init(folder, options, terminal)),
    );

  program
    .command("import")
    .description("write what is live, or what Terraform gives, into mapping files; what is written there stays")
    .addOption(project())
    .addOption(organization())
    .option("--from <path>", "a Terraform file (*.tf, *.tf.json, *.tfstate) or a folder of them (default: live)")
    .option("--provider <name>", "of Terraform resources only those of this provider, such as datadog.eu")
    .option("--no-live", "with --from: contact nothing")
    .option("--out <folder>", "folder of the project for new entries (default: access)")
    .addOption(dryRun())
    .option("--no-names", "count people in comments instead of naming them")
    .addOption(verbose())
    .action((options) =>
      run(program, async (terminal) => (await import("../import.ts")).importAccess(options, terminal)),
    );

  program
    .command("diff")
    .description("show what the mappings of one organization give and those of another do not, and where roles differ")
    .argument("<from>", "organization of accessmap.yaml that gives more")
    .argument("<to>", "organization of accessmap.yaml to compare it with")
    .addOption(project())
    .addOption(format("text", "json"))
    .option("--no-live", "compare the files alone")
    .addOption(detailedExitcode())
    .addOption(verbose())
    .action((from, to, options) =>
      run(program, async (terminal) => (await import("../diff.ts")).diff(from, to, options, terminal)),
    );

  program
    .command("promote")
    .description("write into the mappings of one organization what those of another give, after showing it")
    .argument("<from>", "organization of accessmap.yaml to take from")
    .argument("<to>", "organization of accessmap.yaml whose files are written")
    .addOption(project())
    .option("--group <name>", "only this group; may be given more than once", collect)
    .option("--no-live", "do not look which roles there are")
    .addOption(dryRun())
    .option("-y, --yes", "do not ask")
    .addOption(verbose())
    .action((from, to, options) =>
      run(program, async (terminal) => (await import("../diff.ts")).promote(from, to, options, terminal)),
    );

  program
    .command("export")
    .description("write what the mapping files say for another system")
    .command("hoop")
    .description("write access control of hoop.dev as Terraform JSON, from the hoop: keys of mappings; nothing is sent")
    .addOption(project())
    .addOption(organizationOrAll())
    .option("--out <file>", "write to this file, such as hoop.tf.json")
    .option("--no-live", "take ids of groups from accessmap.lock alone")
    .addOption(verbose())
    .action((options) =>
      run(program, async (terminal) => (await import("../exportHoop.ts")).exportHoop(options, terminal)),
    );
}
