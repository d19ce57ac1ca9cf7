/** What can be typed, as data taken from the program's own declarations: a new verb or option completes by itself. */

import type { Command, Option } from "commander";

export interface Flag {
  /** `-o`, `--organization`; the short one first. */
  readonly names: readonly string[];
  readonly description: string;
  /** Absent for switches. */
  readonly value?: { readonly choices: readonly string[]; readonly isOptional: boolean };
  readonly isRepeatable: boolean;
}

export interface Verb {
  /** Words after `accessmap`, e.g. `["review", "pack"]`; none for the program itself. */
  readonly path: readonly string[];
  readonly description: string;
  readonly flags: readonly Flag[];
  readonly verbs: readonly Verb[];
  readonly arguments: readonly { readonly choices: readonly string[]; readonly isVariadic: boolean }[];
}

export function verbOf(command: Command, path: readonly string[] = []): Verb {
  const help = command.createHelp();
  return {
    path,
    description: command.description(),
    flags: help.visibleOptions(command).map(flagOf),
    verbs: help
      .visibleCommands(command)
      .filter((child) => child.name() !== "help")
      .map((child) => verbOf(child, [...path, child.name()])),
    arguments: command.registeredArguments.map(({ argChoices = [], variadic }) => ({
      choices: argChoices,
      isVariadic: variadic,
    })),
  };
}

/** The verb itself and all below it. */
export function allVerbs(verb: Verb): readonly Verb[] {
  return [verb, ...verb.verbs.flatMap(allVerbs)];
}

function flagOf({ short, long, description, argChoices = [], required, optional, variadic }: Option): Flag {
  return {
    names: [short, long].filter((name) => name !== undefined),
    description,
    ...((required || optional) && { value: { choices: argChoices, isOptional: optional } }),
    isRepeatable: variadic,
  };
}

/** A text in single quotes, for all three shells. */
export function quoted(text: string, isFish = false): string {
  return isFish ? `'${text.replace(/[\\']/g, "\\$&")}'` : `'${text.replaceAll("'", "'\\''")}'`;
}
