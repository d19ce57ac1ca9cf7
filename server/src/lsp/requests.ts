/**
 * Which function answers which request beyond LSP. What goes wrong is told to the person who asked. What a project needs
 * once is loaded when it is asked for.
 */

import { guardCommand } from "./guard.ts";
import { onApply } from "./handlers/apply.ts";
import { onCandidates } from "./handlers/candidates.ts";
import { onPlan } from "./handlers/plan.ts";
import { onPurge } from "./handlers/purge.ts";
import { onAsk } from "./handlers/questions.ts";
import { onProjects, onRefresh } from "./handlers/refresh.ts";
import { onRows } from "./handlers/rows.ts";
import { onRulePage } from "./handlers/rulePage.ts";
import { onTool } from "./handlers/tool.ts";
import { onWhy } from "./handlers/why.ts";
import {
  type ApplyParams,
  type ApplyResult,
  type AskParams,
  type AskResult,
  applyRequest,
  askRequest,
  type CandidatesParams,
  type CandidatesResult,
  candidatesRequest,
  type ImportParams,
  type ImportResult,
  importRequest,
  type NewProjectParams,
  type NewProjectResult,
  newProjectRequest,
  type PlanParams,
  type PlanResult,
  type ProjectsResult,
  type PurgeResult,
  planRequest,
  projectsRequest,
  purgeRequest,
  type RefreshParams,
  type RowsParams,
  type RowsResult,
  type RulePageParams,
  type RulePageResult,
  refreshRequest,
  rowsRequest,
  rulePageRequest,
  type ToolParams,
  type ToolResult,
  toolRequest,
  type WhyParams,
  type WhyResult,
  whyRequest,
} from "./protocol.ts";
import type { RowsAnnouncer } from "./rowsAnnouncer.ts";
import type { Session } from "./session.ts";

export function registerRequests(session: Session, rows: RowsAnnouncer): void {
  const { connection, log } = session;
  connection.onRequest(
    refreshRequest,
    guardCommand<RefreshParams, null>("Refresh", log, (params, token) => onRefresh(session, params, token)),
  );
  connection.onRequest(
    projectsRequest,
    guardCommand<object, ProjectsResult>("Projects", log, () => onProjects(session)),
  );
  connection.onRequest(
    planRequest,
    guardCommand<PlanParams, PlanResult>("Dry run", log, (params, token) => onPlan(session, params, token)),
  );
  connection.onRequest(
    applyRequest,
    guardCommand<ApplyParams, ApplyResult>("Sync", log, (params, token) => onApply(session, params, token)),
  );
  connection.onRequest(
    askRequest,
    guardCommand<AskParams, AskResult>("The question", log, (params) => onAsk(session, params)),
  );
  connection.onRequest(
    toolRequest,
    guardCommand<ToolParams, ToolResult>("The question", log, (params, token) => onTool(session, params, token)),
  );
  connection.onRequest(
    rowsRequest,
    guardCommand<RowsParams, RowsResult>("The view", log, (params, token) => {
      rows.begin();
      return onRows(session, params, token);
    }),
  );
  connection.onRequest(
    whyRequest,
    guardCommand<WhyParams, WhyResult>("The explanation", log, (params) => onWhy(session, params)),
  );
  connection.onRequest(
    newProjectRequest,
    guardCommand<NewProjectParams, NewProjectResult>("New Project", log, async (params) =>
      (await import("./handlers/newProject.ts")).onNewProject(params),
    ),
  );
  connection.onRequest(
    importRequest,
    guardCommand<ImportParams, ImportResult>("Import", log, async (params, token) =>
      (await import("./handlers/import.ts")).onImport(session, params, token),
    ),
  );
  connection.onRequest(
    candidatesRequest,
    guardCommand<CandidatesParams, CandidatesResult>("Names", log, (params) => onCandidates(session, params)),
  );
  connection.onRequest(
    purgeRequest,
    guardCommand<object, PurgeResult>("Purge", log, () => onPurge(session)),
  );
  connection.onRequest(
    rulePageRequest,
    guardCommand<RulePageParams, RulePageResult>("Manual page", log, (params) => onRulePage(params)),
  );
}
