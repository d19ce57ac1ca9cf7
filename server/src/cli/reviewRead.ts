/** `accessmap review read`: a reviewer's decisions as edits of the mapping files, shown first; and what is left to do by hand. */

import { countOf } from "../core/analysis/words.ts";
import { applyDecisions } from "../core/audit/review/applyDecisions.ts";
import { readDecisions } from "../core/audit/review/decisions.ts";
import { fromCsv } from "../store/csv.ts";
import { hashText } from "../store/hash.ts";
import { readNamed, UnusableFile } from "../store/ordinaryFile.ts";
import { decode } from "../workspace/discover.ts";
import { refuseBrokenFiles } from "./plan.ts";
import { EXIT, Exit } from "./support/exit.ts";
import { openProject, type ProjectOptions, readLive } from "./support/project.ts";
import { confirm } from "./support/prompt.ts";
import { rewrite } from "./support/rewrite.ts";
import type { Terminal } from "./support/terminal.ts";

export interface ReviewReadOptions extends ProjectOptions {
  readonly yes?: boolean;
  /** Only shows what would change. */
  readonly check?: boolean;
}

/** A file with one decision that cannot count is not taken at all: what was half taken in cannot be told from what was. */
export async function readReview(file: string, options: ReviewReadOptions, terminal: Terminal): Promise<number> {
  const workspace = await openProject(options, terminal);
  refuseBrokenFiles(workspace, "Nothing was taken in");
  const rows = fromCsv(await readTable(file));
  if ("problem" in rows) throw new Exit(EXIT.usage, `${file} cannot be read as CSV: ${rows.problem}`);
  await readLive(workspace, terminal, "review read");
  const snapshot = workspace.snapshot();
  const { decisions, undecided, problems } = readDecisions(rows, snapshot.now);
  const { texts, tasks, refused, kept } = applyDecisions(snapshot, decisions, hashText);
  const wrong = [...problems, ...refused];
  if (wrong.length > 0)
    throw new Exit(
      problems.length > 0 ? EXIT.usage : EXIT.refused,
      `Nothing was taken in:\n${wrong.map((why) => `  ${file}, ${why}`).join("\n")}`,
    );
  const before = workspace.texts();
  if (texts.size > 0) await rewrite(workspace, before, texts, { check: true }, terminal);
  const made = decisions.length - kept;
  terminal.print(
    `${countOf(decisions.length, "decision")}: ${kept} to keep, ${made} to revoke or change; ${countOf(undecided, "row")} without one.`,
  );
  if (tasks.length > 0)
    terminal.print(["What the mapping files cannot say:", ...tasks.map((task) => `  ${task}`)].join("\n"));
  if (texts.size === 0) return EXIT.clean;
  if (options.check) return EXIT.findings;
  await confirm("Write this into the mapping files?", options, terminal, "Nothing was written");
  await rewrite(workspace, before, texts, {}, terminal);
  terminal.print("Look at the files, commit them, and plan what follows.");
  return EXIT.clean;
}

async function readTable(file: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readNamed(file);
  } catch (error) {
    if (error instanceof UnusableFile) throw error;
    throw new Exit(EXIT.usage, `${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  const text = decode(bytes);
  // Letters of another encoding would stand in the files as something that nobody wrote.
  if (text === undefined || text.includes("\0"))
    throw new Exit(EXIT.usage, `${file} is not written in UTF-8; in Excel save it as "CSV UTF-8"`);
  return text;
}
