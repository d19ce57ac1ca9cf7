/** `accessmap/rows`: a level of the activity view, from the same snapshot and findings that the open files show. */

import type { CancellationToken } from "vscode-languageserver";
import { changesLevel, describePending, stepsLevel } from "../../core/features/rows/changes.ts";
import { applyLevel, journalLevel } from "../../core/features/rows/journal.ts";
import { EMPTY, type Level, type Row, saying, type View } from "../../core/features/rows/row.ts";
import { organizationIn, type Pending, projectRows, rowsAt } from "../../core/features/rows/rows.ts";
import { renderInstant } from "../../core/model/time.ts";
import type { SealedPlan } from "../../core/sync/plan.ts";
import { journalOf, recentJournals } from "../../workspace/journals.ts";
import { whyOutdated } from "../../workspace/outdated.ts";
import type { Project } from "../projects.ts";
import type { RowsParams, RowsResult, ViewRow } from "../protocol.ts";
import { planKey, type Session, shownPlan } from "../session.ts";
import { planAnew } from "./plan.ts";

/**
 * All projects without a path, else the level below that row of the project at `folder`. `hidden` counts rows that were
 * left out. With `isOpening` what the level needs is read first.
 */
export async function onRows(
  session: Session,
  { folder, path = [], filter = "", isOpening = false }: Partial<RowsParams>,
  token: CancellationToken,
): Promise<RowsResult> {
  await session.projects.whenOpen();
  const all = session.projects.all().filter(({ workspace }) => workspace.snapshot().project);
  if (path.length === 0) {
    const rows = all.flatMap((project) => projectRows(viewOf(project), filter).map((row) => toRow(project, row)));
    return { rows, hidden: 0 };
  }
  const project = all.find((candidate) => candidate.folder === folder);
  if (!project) return EMPTY as RowsResult;
  const { rows, hidden } = await levelAt(session, project, path, filter, isOpening, token);
  return { rows: rows.map((row) => toRow(project, row)), hidden };
}

async function levelAt(
  session: Session,
  project: Project,
  path: readonly string[],
  filter: string,
  isOpening: boolean,
  token: CancellationToken,
): Promise<Level> {
  const organization = organizationIn(path) ?? "";
  const [, section, part] = path;
  if (section === "changes") {
    const sealed = await pendingOf(session, project, organization, isOpening, token);
    if (typeof sealed === "string") return saying(sealed, "unknown");
    return part === "steps" ? stepsLevel(sealed.plan, filter) : changesLevel(sealed.plan, filter);
  }
  if (section === "journal") {
    if (part !== undefined) {
      const state = await journalOf(project.folder, part);
      return state ? applyLevel(state, filter) : EMPTY;
    }
    const { recorded, older } = await recentJournals(project.folder, organization);
    return journalLevel(recorded, older);
  }
  return rowsAt(viewOf(project), path, filter, describe(session, project, organization));
}

/** The plan that was shown last. Reading live systems for a new one is for somebody who opens the level to see it. */
async function pendingOf(
  session: Session,
  project: Project,
  organization: string,
  isOpening: boolean,
  token: CancellationToken,
): Promise<SealedPlan | string> {
  const known = shownPlan(session, project, organization);
  if (known) return known;
  if (!isOpening)
    return session.unplanned.get(planKey(project, organization)) ?? "Not planned; plan again to see what is pending";
  return planAnew(session, project, organization, token).catch((error: Error) => error.message);
}

function describe(session: Session, project: Project, organization: string): Pending {
  const sealed = shownPlan(session, project, organization);
  if (!sealed)
    return session.unplanned.has(planKey(project, organization))
      ? { detail: "could not be planned", tone: "unknown" }
      : { detail: "planned when opened" };
  const { now } = project.workspace.snapshot();
  const age = `planned ${renderInstant(sealed.plan.createdAt, now)}`;
  const outdated = whyOutdated(project.workspace, sealed) !== undefined;
  return {
    detail: [describePending(sealed.plan), age, ...(outdated ? ["files changed since"] : [])].join(" · "),
    ...(outdated ? { tone: "unknown" } : {}),
  };
}

function viewOf({ workspace }: Project): View {
  return {
    snapshot: workspace.snapshot(),
    files: workspace.files(),
    findingsOf: (file) => workspace.findings(file),
  };
}

function toRow(project: Project, { place, ...row }: Row): ViewRow {
  return {
    ...row,
    folder: project.folder,
    ...(place ? { place: { uri: project.uri(place.file), line: place.line, character: place.column } } : {}),
  };
}
