/** `accessmap rule`: the manual page of a rule, or the list of all. */

import { RULE_PAGES, summaryOf } from "../core/model/rulePages.ts";
import { nearestOrFuller } from "../core/syntax/nearest.ts";
import { EXIT, Exit } from "./support/exit.ts";
import type { Terminal } from "./support/terminal.ts";

/** One page as it is written, or a line for each rule. Throws `Exit` for an id that there is not. */
export async function rule(id: string | undefined, terminal: Terminal): Promise<number> {
  if (id === undefined) {
    const width = Math.max(...[...RULE_PAGES.keys()].map(({ length }) => length));
    for (const [name, page] of RULE_PAGES)
      terminal.print(`${name.padEnd(width)}  ${terminal.color.dim(summaryOf(page))}`);
    return EXIT.clean;
  }
  const page = RULE_PAGES.get(id);
  if (page === undefined) throw noSuchRule(id);
  terminal.print(page.trimEnd());
  return EXIT.clean;
}

/** Ends a command that names a rule which does not exist. */
export function noSuchRule(id: string): Exit {
  const near = nearestOrFuller(id, RULE_PAGES.keys(), 3);
  const hint = near.length > 0 ? `; did you mean ${near.join(" or ")}?` : "; `accessmap rule` lists all";
  return new Exit(EXIT.usage, `There is no rule "${id}"${hint}`);
}
