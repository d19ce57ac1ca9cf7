/** `accessmap history`: who had something on a past day and why, from the files in git and the journals of applies. */

import { join } from "node:path";
import { takeSnapshot } from "../core/analysis/snapshot.ts";
import { askPast, type PastAnswer, type PastFiles, type PastMaterial } from "../core/audit/history.ts";
import { questionsOf } from "../core/audit/pastQuestions.ts";
import { historyJson, historyMarkdown, renderHistory } from "../core/audit/renderHistory.ts";
import { type Day, dayOf, parseDay } from "../core/model/time.ts";
import type { RecordedApply } from "../core/sync/journal/journal.ts";
import { recordedApplies } from "../store/applied.ts";
import { JOURNAL_FOLDER } from "../store/journalFile.ts";
import { PROJECT_FILE } from "../workspace/discover.ts";
import { GitFailure, openGit } from "../workspace/git.ts";
import { liveGaps } from "../workspace/live/statuses.ts";
import { readPast } from "../workspace/past.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { type ContentKind, deliver, type Output } from "./support/deliver.ts";
import { EXIT, Exit } from "./support/exit.ts";
import { chooseOrganizations, codeOfAnswer, openProject, type ProjectOptions, readLive } from "./support/project.ts";
import type { Terminal } from "./support/terminal.ts";

export interface HistoryOptions extends ProjectOptions, Output {
  readonly on: string;
  readonly organization?: string;
  readonly format: keyof typeof FORMATS;
}

const FORMATS = {
  text: ["text", renderHistory],
  json: ["json", historyJson],
  markdown: ["text", historyMarkdown],
} as const satisfies Readonly<Record<string, readonly [ContentKind, (answers: readonly PastAnswer[]) => string]>>;

/**
 * `what` is a permission, role, team, group or person of today or of then; what it may be of these is all answered.
 * `EXIT.live` where the files' history is cut, as in a shallow clone, or files of the day cannot be read in full. Throws `Exit` for a day to come and for what nobody knows.
 */
export async function history(what: string, options: HistoryOptions, terminal: Terminal): Promise<number> {
  const day = parseDay(options.on);
  if (day === undefined) throw new Exit(EXIT.usage, `"${options.on}" is no day; write it like 2026-01-31`);
  const workspace = await openProject(options, terminal);
  if (day > dayOf(workspace.snapshot().now)) throw new Exit(EXIT.usage, `${day} has not come yet`);
  const chosen = chooseOrganizations(workspace, options.organization);
  const organizations = chosen.map(({ name }) => name);
  await readLive(workspace, terminal, "history");
  const code = codeOfAnswer(workspace, chosen, terminal);
  const past = await filesOf(workspace, day);
  const answers: PastAnswer[] = [];
  for (const organization of organizations) {
    const applies = await allApplies(workspace, organization);
    const material: PastMaterial = { day, organization, now: workspace.snapshot(), applies, ...past };
    answers.push(...questionsOf(what, material).map((question) => askPast(question, material)));
  }
  if (answers.length === 0) {
    const message = `"${what}" is no permission, role, team, group or person that is known of ${organizations.join(" or ")}, today or then`;
    throw code === EXIT.clean
      ? new Exit(EXIT.usage, message)
      : new Exit(code, `${message}. Not certain: ${liveGaps(workspace, chosen).join("; ")}`);
  }
  const [kind, write] = FORMATS[options.format];
  await deliver(write(answers), kind, options, terminal);
  const hasGaps = answers.some(({ files }) => files !== undefined && files.gaps.length > 0);
  return past.isCut || hasGaps ? EXIT.live : code;
}

/** The project as the main line had it at the end of the day. `isCut`: there may be files, but they cannot be read. */
async function filesOf(
  workspace: Workspace,
  day: Day,
): Promise<{ readonly files: PastFiles | undefined; readonly noFiles?: string; readonly isCut?: boolean }> {
  const moment = `${day}T23:59:59.999Z`;
  try {
    const git = await openGit(workspace.folder);
    const found = await git.lastCommitAt(`${day}T23:59:59Z`);
    if (!found) {
      const isCut = await git.isShallow();
      const hint = isCut ? "; this clone has only the latest commits" : "";
      return { files: undefined, noFiles: `there is no commit of that day or earlier${hint}`, isCut };
    }
    const { texts, unread } = await readPast(git, found.commit);
    if (unread.includes(PROJECT_FILE))
      return { files: undefined, noFiles: `${PROJECT_FILE} of that day cannot be read here`, isCut: true };
    if (!texts.has(PROJECT_FILE))
      return { files: undefined, noFiles: `commit ${found.commit.slice(0, 12)} has no ${PROJECT_FILE} in this folder` };
    const snapshot = takeSnapshot({ ...workspace.judge(texts).snapshot(), now: moment });
    return { files: { ...found, snapshot, unread } };
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    return { files: undefined, noFiles: error.message, isCut: true };
  }
}

async function allApplies(workspace: Workspace, organization: string): Promise<readonly RecordedApply[]> {
  const applies: RecordedApply[] = [];
  for await (const apply of recordedApplies(join(workspace.folder, JOURNAL_FOLDER), organization)) applies.push(apply);
  return applies;
}
