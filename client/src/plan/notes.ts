/** Findings of dry runs as diagnostics, for as long as their plan is open and their lines are as it found them. */

import {
  Diagnostic,
  DiagnosticSeverity,
  type Disposable,
  languages,
  Range,
  type TextDocumentChangeEvent,
  Uri,
  workspace,
} from "vscode";
import type { PlanViewNote } from "../../../server/src/lsp/protocol/planView.ts";
import { type LineEdit, moveNotes } from "./moveNotes.ts";

export interface PlanNotes extends Disposable {
  /** Replaces the findings of a plan; `plan` is what its document is found by. */
  show(plan: string, notes: readonly PlanViewNote[]): void;
  clear(plan: string): void;
}

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
} as const;

/** Told apart from the findings of checks, which come and go with every keystroke. */
const SOURCE = "accessmap dry run";

/** Notes move with edits above them, and go where the line itself is edited. */
export function createPlanNotes(): PlanNotes {
  const collection = languages.createDiagnosticCollection(SOURCE);
  /** By plan, then by the URI of the file. */
  const byPlan = new Map<string, Map<string, readonly PlanViewNote[]>>();

  function tell(uri: string): void {
    const notes = [...byPlan.values()].flatMap((files) => files.get(uri) ?? []);
    collection.set(Uri.parse(uri), notes.map(toDiagnostic));
  }

  function set(plan: string, notes: readonly PlanViewNote[]): void {
    const before = byPlan.get(plan)?.keys() ?? [];
    const files = new Map<string, readonly PlanViewNote[]>();
    for (const note of notes) {
      const uri = Uri.parse(note.uri).toString();
      files.set(uri, [...(files.get(uri) ?? []), note]);
    }
    byPlan.set(plan, files);
    for (const uri of new Set([...before, ...files.keys()])) tell(uri);
  }

  const subscription = workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    const uri = document.uri.toString();
    let isMoved = false;
    for (const files of byPlan.values()) {
      const notes = files.get(uri);
      if (!notes?.length || contentChanges.length === 0) continue;
      files.set(uri, moveNotes(notes, contentChanges.map(toLineEdit)));
      isMoved = true;
    }
    if (isMoved) tell(uri);
  });

  return {
    show: set,
    clear(plan) {
      set(plan, []);
      byPlan.delete(plan);
    },
    dispose() {
      subscription.dispose();
      collection.dispose();
    },
  };
}

function toLineEdit({ range, text }: TextDocumentChangeEvent["contentChanges"][number]): LineEdit {
  return {
    first: range.start.line,
    last: range.end.line,
    lineEnds: text.split("\n").length - 1,
    isWholeLines: range.start.character === 0 && range.end.character === 0 && (text === "" || text.endsWith("\n")),
  };
}

function toDiagnostic({ start, end, severity, code, page, message }: PlanViewNote): Diagnostic {
  const range = new Range(start.line, start.character, end.line, end.character);
  const diagnostic = new Diagnostic(range, message, SEVERITIES[severity]);
  diagnostic.source = SOURCE;
  diagnostic.code = page === undefined ? code : { value: code, target: Uri.parse(page) };
  return diagnostic;
}
