/** `accessmap diff` and `promote`: what one organization's mappings give and another's lack, and writing it there. */

import { compareOrganizations, type OrganizationDifference } from "../core/adopt/compareOrganizations.ts";
import { promote as promoteTo } from "../core/adopt/promote.ts";
import { differenceToJson, renderDifference } from "../core/adopt/renderDifference.ts";
import { textsOf, writeMappings } from "../core/adopt/writeMappings.ts";
import { countOf } from "../core/analysis/words.ts";
import { nearest } from "../core/syntax/nearest.ts";
import type { Workspace } from "../workspace/workspaceTypes.ts";
import { refuseBrokenFiles } from "./plan.ts";
import { EXIT, Exit } from "./support/exit.ts";
import { chooseOrganization, codeOfAnswer, openProject, type ProjectOptions, readLive } from "./support/project.ts";
import { confirm } from "./support/prompt.ts";
import { rewrite } from "./support/rewrite.ts";
import type { Terminal } from "./support/terminal.ts";

export interface DiffOptions extends ProjectOptions {
  readonly format: "text" | "json";
  readonly detailedExitcode?: boolean;
}

export interface PromoteOptions extends ProjectOptions {
  readonly group?: readonly string[];
  readonly check?: boolean;
  readonly yes?: boolean;
}

/**
 * What `from` gives and `to` lacks. `EXIT.pending` for a difference with `--detailed-exitcode`; an answer that rests on
 * half a read has the code for that instead.
 */
export async function diff(from: string, to: string, options: DiffOptions, terminal: Terminal): Promise<number> {
  const workspace = await openProject(options, terminal);
  const { difference, code } = await compare(workspace, from, to, options, terminal);
  const reverse = compareOrganizations(workspace.snapshot(), to, from).groups.length;
  if (options.format === "json") terminal.printJson(differenceToJson(difference));
  else terminal.print(renderDifference(difference, reverse));
  const isSame = difference.groups.length + difference.roles.length === 0;
  return code === EXIT.clean && options.detailedExitcode && !isSame ? EXIT.pending : code;
}

/**
 * Writes what `to` lacks into its mapping files, after showing it and asking; with `--check` it only shows. What cannot
 * be carried over is told as held back.
 */
export async function promote(from: string, to: string, options: PromoteOptions, terminal: Terminal): Promise<number> {
  const workspace = await openProject(options, terminal);
  const { difference } = await compare(workspace, from, to, options, terminal);
  const { proposal, heldBack } = promoteTo(workspace.snapshot(), difference, chosenGroups(difference, options.group));
  for (const text of heldBack) terminal.note(`Held back: ${text}`);
  const written = writeMappings(workspace.snapshot(), proposal, { withNotes: false });
  if ("problem" in written) throw new Exit(EXIT.usage, `Nothing was written: ${written.problem}`);
  const texts = textsOf(written.changes);
  if (written.changes.length === 0) {
    terminal.print(`There is nothing to write: the mappings of ${to} give all of this, or cannot.`);
    return EXIT.clean;
  }
  const shown = await rewrite(workspace, workspace.texts(), texts, { check: true }, terminal);
  if (options.check) return shown;
  const entries = countOf(proposal.mappings.length, "entry", "entries");
  await confirm(
    `Write ${entries} of ${to}? Datadog changes with the next push alone.`,
    options,
    terminal,
    "Nothing was written",
  );
  return rewrite(workspace, workspace.texts(), texts, {}, terminal);
}

/** Live data tells which roles there are, and what they permit; without it the files are compared alone, which `code` tells. */
async function compare(
  workspace: Workspace,
  from: string,
  to: string,
  { live = true }: ProjectOptions,
  terminal: Terminal,
): Promise<{ readonly difference: OrganizationDifference; readonly code: number }> {
  refuseBrokenFiles(workspace, "No comparison");
  const both = [from, to].map((name) => chooseOrganization(workspace, name));
  if (from === to) throw new Exit(EXIT.usage, `${from} is one organization; name another one to compare it with`);
  if (live) await readLive(workspace, terminal, "diff");
  const code = live ? codeOfAnswer(workspace, both, terminal) : EXIT.clean;
  return { difference: compareOrganizations(workspace.snapshot(), from, to), code };
}

function chosenGroups(
  { from, to, groups }: OrganizationDifference,
  wanted: readonly string[] | undefined,
): readonly string[] | undefined {
  const names = groups.map(({ group }) => group);
  for (const name of wanted ?? []) {
    if (names.includes(name)) continue;
    const near = nearest(name, names);
    throw new Exit(
      EXIT.usage,
      `${from} gives ${name} nothing that ${to} does not${near === undefined ? "" : `; did you mean ${near}?`}`,
    );
  }
  return wanted;
}
