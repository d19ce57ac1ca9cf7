/** Diagnostics of one file as they were last told, with an id that stays as long as they stay the same. */

import type { Diagnostic } from "vscode-languageserver";
import type { Problem } from "../core/model/problem.ts";
import { toDiagnostic } from "./convert.ts";
import type { Project } from "./projects.ts";

export interface Report {
  readonly id: string;
  readonly diagnostics: Diagnostic[];
}

export interface Reports {
  /** Reports of all files that the project speaks for, by URI. */
  of(project: Project): ReadonlyMap<string, Report>;
}

/** Remembers what each list of findings became: most files are the same from one keystroke to the next. */
export function createReports(): Reports {
  const known = new WeakMap<readonly Problem[], Report>();
  const last = new Map<string, { readonly text: string; readonly report: Report }>();
  let count = 0;

  function reportOf(project: Project, file: string, problems: readonly Problem[]): Report {
    const found = known.get(problems);
    if (found) return found;
    const diagnostics = problems.map((problem) => toDiagnostic(problem, project));
    const text = JSON.stringify(diagnostics);
    const before = last.get(project.uri(file));
    const report = before?.text === text ? before.report : { id: String(++count), diagnostics };
    last.set(project.uri(file), { text, report });
    known.set(problems, report);
    return report;
  }

  return {
    of(project) {
      const reports = new Map<string, Report>();
      for (const [file, problems] of project.workspace.problems()) {
        if (project.owns(file)) reports.set(project.uri(file), reportOf(project, file, problems));
      }
      return reports;
    },
  };
}
