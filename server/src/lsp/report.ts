/** Diagnostics of files as they were last told, with an id that stays as long as they stay the same. */

import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver";
import type { Finding } from "../core/model/finding.ts";
import { abridge } from "./abridge.ts";
import { toDiagnostic } from "./convert.ts";
import type { Project } from "./projects.ts";

export interface FileReport {
  readonly id: string;
  readonly diagnostics: Diagnostic[];
}

export interface Reports {
  of(project: Project, file: string): FileReport;
}

interface Made {
  readonly line: number;
  readonly diagnostic: Diagnostic;
}

/** Remembers what findings became: most stay where they are from one keystroke to the next. */
export function createReports(): Reports {
  const made = new WeakMap<Finding, Made>();
  const last = new Map<string, FileReport>();
  let count = 0;

  function diagnosticOf(project: Project, finding: Finding): Diagnostic {
    const line = project.workspace.lineOf(finding.source);
    const known = made.get(finding);
    // What is related may have moved although this has not.
    if (known?.line === line && finding.related.length === 0) return known.diagnostic;
    const diagnostic = toDiagnostic(finding, project);
    made.set(finding, { line, diagnostic });
    return diagnostic;
  }

  return {
    of(project, file) {
      const unread = unreadIn(project).get(file);
      const diagnostics = unread
        ? [whyUnread(unread)]
        : abridge(project.workspace.findings(file), (finding) => diagnosticOf(project, finding));
      const uri = project.uri(file);
      const before = last.get(uri);
      const report = before && isSame(before.diagnostics, diagnostics) ? before : { id: String(++count), diagnostics };
      last.set(uri, report);
      return report;
    },
  };
}

/** Why files of a project cannot be read, by file. An editor that shows one has read it in its own way. */
export function unreadIn({ workspace }: Project): ReadonlyMap<string, string> {
  const unread = workspace.unreadable().filter(({ file }) => !workspace.has(file));
  return new Map(unread.map(({ file, message }) => [file, message]));
}

function whyUnread(why: string): Diagnostic {
  const start = { line: 0, character: 0 };
  return {
    range: { start, end: start },
    severity: DiagnosticSeverity.Error,
    source: "accessmap",
    message: `This file ${why}. Nothing is planned or pushed while it is left out.`,
  };
}

function isSame(before: readonly Diagnostic[], after: readonly Diagnostic[]): boolean {
  return (
    before.length === after.length &&
    before.every((one, index) => one === after[index] || JSON.stringify(one) === JSON.stringify(after[index]))
  );
}
