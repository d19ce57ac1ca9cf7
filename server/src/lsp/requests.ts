/**
 * Which function answers which request beyond LSP. What goes wrong is told to the person who asked. What few windows ever
 * ask for is loaded with the first question.
 */

import { guardCommand, type Handler } from "./guard.ts";
import { onAbandon, onApplies, onInterruptedPlan, onResume, onUndo } from "./handlers/applies.ts";
import { onApply } from "./handlers/apply.ts";
import { onCandidates } from "./handlers/candidates.ts";
import { onPlan } from "./handlers/plan.ts";
import { onPlanView, onSavePlan } from "./handlers/planView.ts";
import { onPurge } from "./handlers/purge.ts";
import { onAsk } from "./handlers/questions.ts";
import { onProjects, onRefresh } from "./handlers/refresh.ts";
import { onRows } from "./handlers/rows.ts";
import { onRulePage } from "./handlers/rulePage.ts";
import { onTool } from "./handlers/tool.ts";
import { onWhy } from "./handlers/why.ts";
import { exportMapRequest, mapRequest } from "./protocol/accessMap.ts";
import {
  abandonRequest,
  appliesRequest,
  interruptedPlanRequest,
  planViewRequest,
  resumeRequest,
  savePlanRequest,
  undoRequest,
} from "./protocol/planView.ts";
import type { Request } from "./protocol/request.ts";
import {
  applyRequest,
  askRequest,
  candidatesRequest,
  importRequest,
  newProjectRequest,
  planRequest,
  projectsRequest,
  purgeRequest,
  refreshRequest,
  rowsRequest,
  rulePageRequest,
  toolRequest,
  whyRequest,
} from "./protocol.ts";
import type { RowsAnnouncer } from "./rowsAnnouncer.ts";
import type { Session } from "./session.ts";

/** Registers every handler of our own requests. */
export function registerRequests(session: Session, rows: RowsAnnouncer): void {
  answer(session, projectsRequest, "Projects", () => onProjects(session));
  answer(session, refreshRequest, "Refresh", (params, token) => onRefresh(session, params, token));
  answer(session, purgeRequest, "Purge", () => onPurge(session));

  answer(session, planRequest, "Dry run", (params, token) => onPlan(session, params, token));
  answer(session, planViewRequest, "The plan view", (params) => onPlanView(session, params));
  answer(session, savePlanRequest, "Saving the plan", (params) => onSavePlan(session, params));
  answer(session, applyRequest, "Sync", (params, token) => onApply(session, params, token));
  answer(session, appliesRequest, "The journal", (params) => onApplies(session, params));
  answer(session, interruptedPlanRequest, "The interrupted apply", (params) => onInterruptedPlan(session, params));
  answer(session, resumeRequest, "Resuming", (params, token) => onResume(session, params, token));
  answer(session, abandonRequest, "Abandoning", (params) => onAbandon(session, params));
  answer(session, undoRequest, "Undo", (params, token) => onUndo(session, params, token));

  answer(session, askRequest, "The question", (params) => onAsk(session, params));
  answer(session, toolRequest, "The question", (params, token) => onTool(session, params, token));
  answer(session, candidatesRequest, "Names", (params) => onCandidates(session, params));
  answer(session, whyRequest, "The explanation", (params) => onWhy(session, params));
  answer(session, rulePageRequest, "Manual page", (params) => onRulePage(params));
  answer(session, rowsRequest, "The view", (params, token) => {
    rows.begin();
    return onRows(session, params, token);
  });

  const map = () => import("./handlers/accessMap.ts");
  answer(session, mapRequest, "The map", async (params) => (await map()).onMap(session, params));
  answer(session, exportMapRequest, "Exporting the map", async (params) => (await map()).onExportMap(session, params));
  answer(session, newProjectRequest, "New Project", async (params) =>
    (await import("./handlers/newProject.ts")).onNewProject(params),
  );
  answer(session, importRequest, "Import", async (params, token) =>
    (await import("./handlers/import.ts")).onImport(session, params, token),
  );
}

/** `name` begins the sentence that tells a failure. */
function answer<Params extends object, Result>(
  { connection, log }: Session,
  request: Request<Params, Result>,
  name: string,
  run: Handler<Partial<Params>, Result>,
): void {
  connection.onRequest<unknown, void>(request, guardCommand(name, log, run));
}
