/** `accessmap review pack`: an access review as a folder of CSV, HTML and Markdown, one of each for every reviewer. */

import { existsSync, lstatSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { directoriesOf } from "../core/analysis/grants.ts";
import type { Snapshot } from "../core/analysis/snapshot.ts";
import { reviewSheet } from "../core/audit/review/columns.ts";
import { reviewHtml } from "../core/audit/review/html.ts";
import { reviewMarkdown } from "../core/audit/review/markdown.ts";
import { byReviewer, type ReviewPack, type RoutedRow, reviewPack } from "../core/audit/review/pack.ts";
import { reviewerText, reviewWords } from "../core/audit/review/words.ts";
import { printable } from "../core/model/printable.ts";
import { dayOf } from "../core/model/time.ts";
import { toCsv } from "../store/csv.ts";
import { hashText } from "../store/hash.ts";
import { writeWhole } from "../store/wholeFile.ts";
import { GitFailure, openGit } from "../workspace/git.ts";
import { readPeople } from "../workspace/live/people.ts";
import { readPast } from "../workspace/past.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { grantAges } from "./grantAges.ts";
import { refuseBrokenFiles } from "./plan.ts";
import { readForAudit } from "./support/auditRead.ts";
import { readOrEnd } from "./support/cancel.ts";
import { EXIT, Exit, orUnwritable } from "./support/exit.ts";
import { openProject, type ProjectOptions } from "./support/project.ts";
import type { Terminal } from "./support/terminal.ts";

export interface ReviewPackOptions extends ProjectOptions {
  /** Who decides what owners cannot. */
  readonly second?: string;
}

/** Ends with `live` when something could not be read: the pack says so on every page. */
export async function packReview(
  folder: string | undefined,
  options: ReviewPackOptions,
  terminal: Terminal,
): Promise<number> {
  const workspace = await openProject(options, terminal);
  refuseBrokenFiles(workspace, "No review");
  const snapshot = await readForAudit(workspace, terminal, { cause: "review pack", include: [] });
  const target = resolve(folder ?? `access-review-${dayOf(snapshot.now)}`);
  // Nobody named it, so it may have come with the repository, and lead anywhere.
  if (folder === undefined && lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink())
    throw new Exit(EXIT.usage, `${target} is a link; remove it, or name a folder`);
  if (existsSync(target) && readdirSync(target).length > 0)
    throw new Exit(EXIT.usage, `${target} is there already and holds something; name another folder`);
  const people = await readOrEnd(terminal, (signal, onProgress) =>
    readPeople(snapshot, directoriesIn(snapshot), workspace.http, signal, onProgress),
  );
  const { second } = options;
  const commit = await commitOf(workspace);
  const history = await grantAges(workspace.folder, snapshot);
  const pack = reviewPack(snapshot, {
    problems: workspace.problems(),
    people,
    hash: hashText,
    ...("why" in history ? { noHistory: history.why } : { history }),
    ...(second !== undefined && { second }),
    ...(commit !== undefined && { commit }),
  });
  const files = filesOf(pack);
  for (const [name, text] of files) await orUnwritable(target, writeWhole(join(target, name), text));
  const words = reviewWords(pack);
  terminal.print(`${target}: ${words.counts}`);
  for (const reviewer of words.reviewers) terminal.print(printable(`  ${reviewerText(reviewer)}`));
  terminal.print(words.whole);
  terminal.note("It names people and what they hold: give each reviewer their own files, and keep it out of git.");
  return words.isWhole && pack.states.every(({ whole }) => whole) ? EXIT.clean : EXIT.live;
}

/** Those that any organization's people come from. */
function directoriesIn(snapshot: Snapshot): readonly string[] {
  const organizations = [...(snapshot.project?.content.organizations.values() ?? [])];
  return [...new Set(organizations.flatMap((organization) => directoriesOf(snapshot, organization)))];
}

/** The commit that is checked out, if it has the very files that the review is made from. */
async function commitOf(workspace: Workspace): Promise<string | undefined> {
  try {
    const git = await openGit(workspace.folder);
    const head = await git.findCommit("HEAD");
    const { texts } = head === undefined ? { texts: new Map<string, string>() } : await readPast(git, head);
    const now = workspace.texts();
    const isSame = now.size === texts.size && [...now].every(([file, text]) => texts.get(file) === text);
    return isSame ? head : undefined;
  } catch (error) {
    if (error instanceof GitFailure) return undefined;
    throw error;
  }
}

/** The manifest comes last: a folder without one was not finished. */
function filesOf(pack: ReviewPack): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const add = (name: string, rows: readonly RoutedRow[], reviewer?: string) => {
    files.set(`${name}.csv`, toCsv(reviewSheet(rows)));
    files.set(`${name}.html`, reviewHtml(pack, rows, reviewer));
    files.set(`${name}.md`, `${reviewMarkdown(pack, rows, reviewer)}\n`);
  };
  add("review", pack.rows);
  for (const [reviewer, rows] of byReviewer(pack)) add(freeName(files, reviewer), rows, reviewer);
  const { rows, ...rest } = pack;
  const hashes = Object.fromEntries([...files].map(([name, text]) => [name, hashText(text)]));
  const { isWhole, reviewers, controls } = reviewWords(pack);
  const manifest = { version: 1, ...rest, whole: isWhole, rows: rows.length, reviewers, controls, sha256: hashes };
  return files.set("manifest.json", `${JSON.stringify(manifest, undefined, 2)}\n`);
}

/** Systems end names at 255 bytes, and Windows paths at 260: this leaves room for a folder. */
const LONGEST_NAME = 100;

/** A reviewer's name as that of a file; whatever it holds, it stays in the folder. */
function freeName(files: ReadonlyMap<string, string>, reviewer: string): string {
  const base = `reviewer-${reviewer.toLowerCase().replaceAll(/[^\w.@-]/g, "_")}`.slice(0, LONGEST_NAME);
  for (let count = 1; ; count++) {
    const name = count === 1 ? base : `${base}-${count}`;
    if (!files.has(`${name}.csv`)) return name;
  }
}
