/** What can be typed, as data taken from the program's own declarations: a new verb or option completes by itself. */

import type { Command, Option } from "commander";

export interface Flag {
  /** `-o`, `--organization`; the short one first. */
  readonly names: readonly string[];
  readonly description: string;
  /** Absent for switches. */
  readonly value?: { readonly choices: readonly string[]; readonly isOptional: boolean; readonly names?: NameKind };
  readonly isRepeatable: boolean;
}

export interface Verb {
  /** Words after `accessmap`, e.g. `["review", "pack"]`; none for the program itself. */
  readonly path: readonly string[];
  readonly description: string;
  readonly flags: readonly Flag[];
  readonly verbs: readonly Verb[];
  readonly arguments: readonly {
    readonly choices: readonly string[];
    readonly isVariadic: boolean;
    readonly names?: NameKind;
  }[];
}

/** What `accessmap names` can list, asked by the shell when such a name is due. */
export const NAME_KINDS = ["group", "role", "permission", "person", "organization", "rule", "subject"] as const;
export type NameKind = (typeof NAME_KINDS)[number];

/** By the word between the brackets of an argument or option. */
const KINDS: ReadonlyMap<string, NameKind> = new Map([
  ["group", "group"],
  ["role", "role"],
  ["permission", "permission"],
  ["person", "person"],
  ["login", "person"],
  ["organization", "organization"],
  ["from", "organization"],
  ["to", "organization"],
  ["rule", "rule"],
  ["subject", "subject"],
]);

/** A command with all below it; `path` is the words that lead to it. What help hides is hidden here, too. */
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
    arguments: command.registeredArguments.map((argument) => ({
      choices: argument.argChoices ?? [],
      isVariadic: argument.variadic,
      ...namesOf(argument.name()),
    })),
  };
}

/** The verb itself and all below it. */
export function allVerbs(verb: Verb): readonly Verb[] {
  return [verb, ...verb.verbs.flatMap(allVerbs)];
}

function namesOf(word: string | undefined): { readonly names?: NameKind } {
  const names = KINDS.get(word ?? "");
  return names === undefined ? {} : { names };
}

function flagOf({ flags, short, long, description, argChoices = [], required, optional, variadic }: Option): Flag {
  const [, word] = /[<[]([a-z]+)[\]>]/.exec(flags) ?? [];
  return {
    names: [short, long].filter((name) => name !== undefined),
    description,
    ...((required || optional) && { value: { choices: argChoices, isOptional: optional, ...namesOf(word) } }),
    isRepeatable: variadic,
  };
}

/** A text in single quotes, for all three shells. */
export function quoted(text: string, isFish = false): string {
  return isFish ? `'${text.replace(/[\\']/g, "\\$&")}'` : `'${text.replaceAll("'", "'\\''")}'`;
}
