/** `accessmap record verify`: whether plans and applies are as they were written down; and how a plan gets into the record. */

import { join } from "node:path";
import { countOf } from "../core/analysis/words.ts";
import { verifyRecord } from "../core/audit/verifyRecord.ts";
import { messageOf } from "../core/model/thrown.ts";
import type { SealedPlan } from "../core/sync/plan.ts";
import { hashText } from "../store/hash.ts";
import { JOURNAL_FOLDER, journalFolderOf } from "../store/journalFile.ts";
import { appendRecord, readRecord, recordHead } from "../store/record.ts";
import { EXIT, Exit } from "./support/exit.ts";
import { openProject, type ProjectOptions } from "./support/project.ts";
import type { Terminal } from "./support/terminal.ts";

export interface RecordOptions extends ProjectOptions {
  readonly format: "text" | "json";
  /** Beginning of a head that was kept elsewhere. */
  readonly head?: string;
}

/**
 * `EXIT.findings` when the record is broken. `--head` is a head that was kept elsewhere; without one only what is
 * inconsistent in itself is found. Throws `Exit` for a head that is none.
 */
export async function verify(options: RecordOptions, terminal: Terminal): Promise<number> {
  if (options.head !== undefined && !/^[0-9a-f]{8,64}$/i.test(options.head))
    throw new Exit(EXIT.usage, `"${options.head}" is no head; write at least the first 8 of its 64 hexadecimal digits`);
  const workspace = await openProject({ ...options, live: false }, terminal);
  const { project } = workspace.snapshot();
  const content = project?.problems.every(({ severity }) => severity !== "error") ? project.content : undefined;
  const witness = {
    kept: options.head,
    organizations: content && [...content.organizations.keys()],
  };
  const verdict = verifyRecord(await readRecord(join(workspace.folder, JOURNAL_FOLDER)), witness, hashText);
  const { entries, journals, head, broken, notes } = verdict;
  if (options.format === "json") terminal.printJson(JSON.stringify({ version: 1, ...verdict }, undefined, 2));
  else {
    const { color } = terminal;
    for (const why of broken) terminal.print(`${color.red("broken")}  ${why}`);
    for (const note of notes) terminal.print(`${color.yellow("note")}    ${note}`);
    const size = `${countOf(entries, "entry", "entries")} and ${countOf(journals, "journal")}`;
    if (broken.length > 0) {
      terminal.print(`The record is not as it was written. Looked at: ${size}.`);
      terminal.note(
        `No later entry mends it: keep ${JOURNAL_FOLDER} as it is for whoever looks into it. Where it is moved away a new record begins, and undo, drift and history know no earlier apply.`,
      );
    } else if (entries === 0)
      terminal.print("There is no record yet: it begins with the first plan that is saved or applied.");
    else terminal.print(`The record is sound: ${size}, head ${head?.hash ?? "not written yet"}.`);
    if (broken.length === 0 && entries > 0 && options.head === undefined)
      terminal.note(
        "Whoever may write these files may forge them all: keep the head elsewhere, and name it with --head.",
      );
  }
  return broken.length > 0 ? EXIT.findings : EXIT.clean;
}

/** Where the record stands, for whoever keeps its head elsewhere, such as the log of a CI job. */
export async function tellHead(journals: string, terminal: Terminal): Promise<void> {
  const head = await recordHead(journals);
  if (head) terminal.note(`Record: ${head.count === 1 ? "1 entry" : `${head.count} entries`}, head ${head.hash}`);
}

/** A plan that was saved may be reviewed and applied elsewhere. That it cannot be recorded here stops nobody. */
export async function recordPlan(folder: string, { plan, fingerprint }: SealedPlan, terminal: Terminal): Promise<void> {
  try {
    const { createdAt: at, organization } = plan;
    await appendRecord(await journalFolderOf(folder), {
      at,
      kind: "plan",
      organization: organization.name,
      fingerprint,
    });
  } catch (error) {
    terminal.note(`The plan is not in the record: ${messageOf(error)}`);
  }
}
