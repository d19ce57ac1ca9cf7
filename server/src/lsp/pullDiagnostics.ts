/** Diagnostics for clients that ask: per document and for the whole workspace, with a hint when to ask again. */

import {
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";
import { messageOf } from "../core/model/thrown.ts";
import type { Diagnostics } from "./diagnostics.ts";
import { guard, tell } from "./guard.ts";
import { createReports, type FileReport, unreadIn } from "./report.ts";
import type { Session } from "./session.ts";
import { createSettling } from "./settling.ts";

const FULL = DocumentDiagnosticReportKind.Full;
const UNCHANGED = DocumentDiagnosticReportKind.Unchanged;

/** Registers the handlers of the session's connection. */
export function pullDiagnostics(session: Session): Diagnostics {
  const { connection, projects, documents, log } = session;
  const reports = createReports();
  let pending: NodeJS.Immediate | undefined;
  const settling = createSettling((project) => {
    if (project.workspace.takeChanged().length === 0) return;
    refresh();
    session.announceRows(project);
  });

  connection.languages.diagnostics.on(
    guard("document diagnostics", none(), log, async ({ textDocument, previousResultId }) => {
      const home = await projects.homeOf(textDocument.uri);
      if (!home?.project.owns(home.file)) return none();
      const report = reports.of(home.project, home.file);
      const { id, diagnostics } = report;
      if (id === previousResultId) return { kind: UNCHANGED, resultId: id };
      return { kind: FULL, resultId: id, items: diagnostics };
    }),
  );

  connection.languages.diagnostics.onWorkspace(
    guard<{ previousResultIds: { uri: string; value: string }[] }, WorkspaceDiagnosticReport>(
      "workspace diagnostics",
      { items: [] },
      log,
      ({ previousResultIds }) => {
        const previous = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
        const items: WorkspaceDocumentDiagnosticReport[] = [];
        for (const project of projects.all()) {
          for (const file of [...project.workspace.files(), ...unreadIn(project).keys()]) {
            if (!project.owns(file)) continue;
            const uri = project.uri(file);
            items.push(toItem(uri, reports.of(project, file), previous.get(uri)));
            previous.delete(uri);
          }
        }
        // What is left was told once and is no longer a file of any project.
        for (const uri of previous.keys()) items.push({ kind: FULL, uri, version: null, items: [] });
        return { items };
      },
    ),
  );

  function toItem(
    uri: string,
    { id, diagnostics }: FileReport,
    previous: string | undefined,
  ): WorkspaceDocumentDiagnosticReport {
    const version = documents.get(uri)?.version ?? null;
    if (id === previous) return { kind: UNCHANGED, uri, version, resultId: id };
    return { kind: FULL, uri, version, resultId: id, items: diagnostics };
  }

  /** Several changes in one turn ask for one refresh. */
  function refresh(): void {
    pending ??= setImmediate(() => {
      pending = undefined;
      const refused = (error: unknown) => log(`refresh refused: ${messageOf(error)}`);
      tell(() => connection.languages.diagnostics.refresh().catch(refused));
    });
  }

  return {
    // The client asks again by itself after an edit.
    changed(project, why) {
      project.workspace.takeChanged();
      settling.begin(project);
      if (why !== "edit") refresh();
    },
    dropped(project) {
      settling.cancel(project);
      refresh();
    },
    dispose() {
      clearImmediate(pending);
      settling.dispose();
    },
  };
}

function none(): DocumentDiagnosticReport {
  return { kind: FULL, items: [] };
}
