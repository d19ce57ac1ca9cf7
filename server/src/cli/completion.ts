/** `accessmap completion`: a script that lets a shell complete verbs, options and their choices. */

import type { Command } from "commander";
import { bashScript } from "./completion/bash.ts";
import { fishScript } from "./completion/fish.ts";
import { verbOf } from "./completion/model.ts";
import { zshScript } from "./completion/zsh.ts";
import { EXIT } from "./support/exit.ts";
import type { Terminal } from "./support/terminal.ts";

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

/** Writes the script to standard output. */
export async function completion(shell: keyof typeof SCRIPTS, program: Command, terminal: Terminal): Promise<number> {
  terminal.write(SCRIPTS[shell](verbOf(program)));
  return EXIT.clean;
}
