/** Which function answers what the plan view asks besides the plan itself. */

import { guardCommand } from "./guard.ts";
import { onAbandon, onApplies, onInterruptedPlan, onResume, onUndo } from "./handlers/applies.ts";
import { onPlanView, onSavePlan } from "./handlers/planView.ts";
import {
  type AbandonResult,
  type AppliesResult,
  abandonRequest,
  appliesRequest,
  interruptedPlanRequest,
  type PlanViewResult,
  planViewRequest,
  type ResumeParams,
  resumeRequest,
  type SavePlanParams,
  type ShownPlanParams,
  savePlanRequest,
  type UndoParams,
  undoRequest,
} from "./protocol/planView.ts";
import type { ApplyResult, PlanResult, Target } from "./protocol.ts";
import type { Session } from "./session.ts";

export function registerPlanView(session: Session): void {
  const { connection, log } = session;
  connection.onRequest(
    planViewRequest,
    guardCommand<ShownPlanParams, PlanViewResult>("The plan view", log, (params) => onPlanView(session, params)),
  );
  connection.onRequest(
    savePlanRequest,
    guardCommand<SavePlanParams, null>("Saving the plan", log, (params) => onSavePlan(session, params)),
  );
  connection.onRequest(
    appliesRequest,
    guardCommand<Target, AppliesResult>("The journal", log, (params) => onApplies(session, params)),
  );
  connection.onRequest(
    interruptedPlanRequest,
    guardCommand<Target, PlanResult>("The interrupted apply", log, (params) => onInterruptedPlan(session, params)),
  );
  connection.onRequest(
    resumeRequest,
    guardCommand<ResumeParams, ApplyResult>("Resuming", log, (params, token) => onResume(session, params, token)),
  );
  connection.onRequest(
    abandonRequest,
    guardCommand<Target, AbandonResult>("Abandoning", log, (params) => onAbandon(session, params)),
  );
  connection.onRequest(
    undoRequest,
    guardCommand<UndoParams, PlanResult>("Undo", log, (params, token) => onUndo(session, params, token)),
  );
}
