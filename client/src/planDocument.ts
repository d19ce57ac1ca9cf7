/** Read-only documents that show plans, one for each organization. */

import { type Disposable, EventEmitter, languages, Uri, ViewColumn, window, workspace } from "vscode";
import type { PlanResult } from "../../server/src/lsp/protocol.ts";

export const PLAN_SCHEME = "accessmap-plan";
const PLAN_LANGUAGE = "accessmap-plan";

export interface PlanDocuments extends Disposable {
  /** Shows the plan in its tab; `outcome` is put above it after an apply. */
  show(plan: PlanResult, outcome?: string): Promise<void>;
}

export function createPlanDocuments(): PlanDocuments {
  const texts = new Map<string, string>();
  const changed = new EventEmitter<Uri>();
  const registration = workspace.registerTextDocumentContentProvider(PLAN_SCHEME, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) =>
      texts.get(uri.path) ?? "This plan is gone. Run accessmap: Dry Run for a new one.\n",
  });
  return {
    async show(plan, outcome) {
      const uri = planUri(plan.organization);
      texts.set(uri.path, outcome === undefined ? plan.text : `${outcome}\n\n${plan.text}`);
      changed.fire(uri);
      const document = await workspace.openTextDocument(uri);
      await languages.setTextDocumentLanguage(document, PLAN_LANGUAGE);
      await window.showTextDocument(document, { preview: false, preserveFocus: false, viewColumn: ViewColumn.Active });
    },
    dispose() {
      registration.dispose();
      changed.dispose();
    },
  };
}

/** The last part of the path is the title of the tab. */
export function planUri(organization: string): Uri {
  return Uri.from({ scheme: PLAN_SCHEME, path: `/Plan: ${organization}` });
}
