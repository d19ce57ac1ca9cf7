/** `accessmap/planView` and `accessmap/savePlan`: the plan that is on the screen, by its fingerprint. */

import { planNotes } from "../../core/features/planNotes.ts";
import { renderPlan } from "../../core/sync/render/plan.ts";
import { planOutline } from "../../core/sync/render/planOutline.ts";
import { saveOwnPlan } from "../../store/own.ts";
import { whyOutdated } from "../../workspace/outdated.ts";
import { failed } from "../guard.ts";
import type { PlanViewNote, PlanViewResult, SavePlanParams, ShownPlanParams } from "../protocol/planView.ts";
import { keepView, type Session, type ShownPlan } from "../session.ts";

/**
 * Text, folds and notes of a shown plan, and why it no longer is what would be planned, if so. Fails when it is not
 * known any more.
 */
export function onPlanView(session: Session, params: Partial<ShownPlanParams>): PlanViewResult {
  const shown = findShown(session, params);
  const outdated = whyOutdated(shown.project.workspace, shown.sealed);
  return {
    outline: planOutline(shown.sealed),
    notes: notesOf(shown),
    markdown: renderPlan(shown.sealed, { format: "markdown" }),
    createdAt: shown.sealed.plan.createdAt,
    ...(outdated === undefined ? {} : { outdated }),
  };
}

/** Writes the sealed plan to `path`, for the command line to apply. Fails in words for people. */
export async function onSavePlan(session: Session, { path, fingerprint }: Partial<SavePlanParams>): Promise<null> {
  const { sealed, project } = findShown(session, fingerprint === undefined ? {} : { fingerprint });
  if (path === undefined) throw failed("Say where the plan is to be saved");
  await saveOwnPlan(path, sealed, project.workspace.applies).catch((error: NodeJS.ErrnoException) => {
    throw failed(`${path} cannot be written (${error.code ?? error.message})`);
  });
  return null;
}

/** An applied plan may not be applied again, but it can still be looked at. */
function findShown({ plans, undos, views }: Session, { fingerprint = "" }: Partial<ShownPlanParams>): ShownPlan {
  const shown = plans.get(fingerprint) ?? undos.get(fingerprint) ?? views.get(fingerprint);
  if (!shown) throw failed("This plan is no longer known; make a new one");
  keepView(views, shown);
  return shown;
}

function notesOf({ project, sealed: { plan } }: ShownPlan): readonly PlanViewNote[] {
  const { content } = project.workspace.snapshot().project ?? {};
  const organization = content?.organizations.get(plan.organization.name);
  if (!content || !organization) return [];
  return planNotes(plan, content.file, organization).map(({ place, severity, code, message }) => {
    const { start, end } = project.lines(place.file).toRange(place.span);
    const page = project.pageOf(code);
    return { uri: project.uri(place.file), start, end, severity, code, message, ...(page ? { page } : {}) };
  });
}
