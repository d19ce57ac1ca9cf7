/** `accessmap/plan`: a plan from fresh reads, shown before anything is applied, and kept for the apply that may follow. */

import type { CancellationToken } from "vscode-languageserver";
import { isEmpty, openRefusals, summarize } from "../../core/sync/makePlan.ts";
import { renderPlan } from "../../core/sync/renderPlan.ts";
import { chooseOrganization } from "../choose.ts";
import { failed, signalOf } from "../guard.ts";
import type { PlanParams, PlanResult } from "../protocol.ts";
import type { Session } from "../session.ts";

export async function onPlan(session: Session, params: PlanParams, token: CancellationToken): Promise<PlanResult> {
  const { project, organization } = await chooseOrganization(session, params);
  const { workspace } = project;
  const unreadable = workspace.unreadable();
  // A plan from half of the files would take away what the other half gives.
  if (unreadable.length > 0)
    throw failed(
      `No plan while files cannot be read: ${unreadable.map(({ file, message }) => `${file} ${message}`).join("; ")}`,
    );

  const progress = session.connection.window.attachWorkDoneProgress(params.workDoneToken);
  progress.begin(`Planning ${organization}`, undefined, "reading live systems", true);
  try {
    const attempt = await workspace.makePlan(organization, signalOf(token), (system, { what, done, total }) =>
      progress.report(`${system}: ${what} ${done}${total === undefined ? "" : ` of ${total}`}`),
    );
    if (token.isCancellationRequested) throw failed("Cancelled; nothing was changed");
    if ("missing" in attempt)
      throw failed(
        `No plan without live data: ${attempt.missing.map(({ system, message }) => `${system}: ${message}`).join("; ")}`,
      );
    const { sealed } = attempt;
    const { plan, fingerprint } = sealed;
    for (const [known, shown] of session.plans)
      if (shown.project === project && shown.sealed.plan.organization.name === organization)
        session.plans.delete(known);
    session.plans.set(fingerprint, { project, sealed });
    const refusals = openRefusals(plan, []);
    return {
      organization,
      organizationTitle: plan.organization.title,
      text: renderPlan(sealed, { format: "text" }),
      fingerprint,
      isEmpty: isEmpty(plan),
      isApplyable: refusals.length === 0,
      summary: summarize(plan),
      refusals: refusals.map((refusal) => refusal.message),
    };
  } finally {
    progress.done();
  }
}
