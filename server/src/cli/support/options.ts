/** Options that several verbs share, and how numbers in options are read. */

import { InvalidArgumentError, Option } from "commander";

/** `-C`, the folder to work in. */
export const project = () =>
  new Option("-C, --project <folder>", "folder with accessmap.yaml (default: the nearest one upward)");
/** `-v`, which every verb has that reads. */
export const verbose = () => new Option("-v, --verbose", "say what is read from which system");
/** `-o` of verbs that work on one organization. */
export const organization = () =>
  new Option("-o, --organization <organization>", "name in accessmap.yaml (default: the only one)");
/** `-o` of verbs that answer for each organization. */
export const organizationOrAll = () =>
  new Option("-o, --organization <organization>", "name in accessmap.yaml (default: each of them)");

/** The first choice is the default. */
export const format = (...choices: string[]) =>
  new Option("--format <format>", "output format").choices(choices).default(choices[0]);

/** `--check` of verbs that write files. */
export const dryRun = () =>
  new Option("--check", "show what would change, write nothing, and exit with 1 if anything would");

/** `--detailed-exitcode` of verbs that tell a difference. */
export const detailedExitcode = () => new Option("--detailed-exitcode", "exit with 4 when something would change");

/** Given once for each guard: an option that takes several words would take the plan behind it for one more. */
export const allow = () =>
  new Option(
    "--allow <guard>",
    "lift a guard by name and object, such as lock/mass-removal:role=SRE; may be given more than once",
  ).argParser(collect);

/** `--output` of verbs whose result may go to a file. */
export const output = () => new Option("--output <file>", "write to this file, whole or not at all");

/** A whole number from 1; anything else is a usage error. */
export function toCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1) return count;
  throw new InvalidArgumentError("A number from 1 on.");
}

/** A port, 0 for any free one; anything else is a usage error. */
export function toPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError("A port is a number from 0 to 65535.");
}

/** The first is the default. */
export const CHECK_FORMATS = ["text", "json", "sarif", "junit", "github", "gitlab", "markdown"] as const;

/** `<format>=<file>`, several times. */
export function toAlso(text: string, before: readonly unknown[] = []): readonly unknown[] {
  const [, format, file] = /^([a-z]+)=(.+)$/s.exec(text) ?? [];
  const known: readonly string[] = CHECK_FORMATS;
  if (format === undefined || !known.includes(format))
    throw new InvalidArgumentError(
      `A format and a file, such as sarif=accessmap.sarif; formats are ${known.join(", ")}.`,
    );
  return [...before, { format, file }];
}

/** For options that may be given more than once. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
