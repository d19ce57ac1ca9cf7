/** `textDocument/codeAction`: fixes of the findings at a selection, and one action for all that are safe. */

import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  DiagnosticSeverity,
  type Position,
  type Range,
} from "vscode-languageserver";
import { toProblems } from "../../core/analysis/places.ts";
import { fixAllSafe, fixesAt } from "../../core/features/codeActions.ts";
import { renameEverywhere } from "../../core/features/rename.ts";
import type { Finding } from "../../core/model/finding.ts";
import { printable } from "../../core/model/printable.ts";
import { toDiagnostic, toWorkspaceEdit } from "../convert.ts";
import type { Project } from "../projects.ts";
import type { WhyParams } from "../protocol.ts";
import { questionAbout, type Session } from "../session.ts";

const WHY = "accessmap.why";
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.accessmap`;

/**
 * Quick fixes of findings that touch the range, each also for all files where it is a rename, the reason of a finding
 * for clients that can show it, and what is safe to fix in the whole file.
 */
export async function onCodeAction(session: Session, params: CodeActionParams): Promise<CodeAction[]> {
  const question = await questionAbout(session, params.textDocument.uri);
  if (!question) return [];
  const { project, document, file, snapshot } = question;
  const { range, context } = params;
  const found = project.workspace.findings(file);
  const problems = toProblems(snapshot, found);
  const findings = new Map(problems.map((problem, index) => [problem, found[index] as Finding]));
  const edit = (edits: Parameters<typeof toWorkspaceEdit>[0]) =>
    toWorkspaceEdit(edits, project, session.client.versionedEdits);
  const actions: CodeAction[] = [];
  if (isWanted(context.only, CodeActionKind.QuickFix)) {
    const span = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
    for (const { title, edits, isPreferred, problem, fix } of fixesAt(problems, span)) {
      const kind = CodeActionKind.QuickFix;
      const diagnostics = [toDiagnostic(findings.get(problem) as Finding, project)];
      const preferred = isPreferred ? { isPreferred } : {};
      actions.push({ title: printable(title), kind, diagnostics, ...preferred, edit: edit(edits) });
      const everywhere = renameEverywhere(snapshot, problem, fix);
      if (everywhere)
        actions.push({ title: printable(everywhere.title), kind, diagnostics, edit: edit(everywhere.edits) });
    }
  }
  if (session.client.commands.has(WHY) && isWanted(context.only, CodeActionKind.QuickFix))
    actions.push(...whyActions(params.textDocument.uri, found, project, range));
  if (isWanted(context.only, FIX_ALL)) {
    const edits = fixAllSafe(problems);
    if (edits.length > 0) actions.push({ title: "Fix all that is safe to fix", kind: FIX_ALL, edit: edit(edits) });
  }
  return actions;
}

/** Explanations of the findings that a selection touches; a client that cannot show them gets none. */
function whyActions(uri: string, found: readonly Finding[], project: Project, range: Range): CodeAction[] {
  const diagnostics = found.map((finding) => toDiagnostic(finding, project));
  return diagnostics
    .filter(({ range: other }) => isBefore(other.start, range.end) && isBefore(range.start, other.end))
    .map((diagnostic) => {
      const params: WhyParams = { uri, rule: String(diagnostic.code), line: diagnostic.range.start.line };
      const title = `Why ${diagnostic.severity === DiagnosticSeverity.Error ? "is this red" : "is this marked"}? (${params.rule})`;
      const kind = CodeActionKind.QuickFix;
      return { title, kind, diagnostics: [diagnostic], command: { title, command: WHY, arguments: [params] } };
    });
}

function isBefore(one: Position, other: Position): boolean {
  return one.line < other.line || (one.line === other.line && one.character <= other.character);
}

/** Kinds are a hierarchy: `source` asks for `source.fixAll` too. */
function isWanted(only: readonly string[] | undefined, kind: string): boolean {
  return only === undefined || only.some((wanted) => wanted === "" || kind === wanted || kind.startsWith(`${wanted}.`));
}
