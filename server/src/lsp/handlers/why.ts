/** `accessmap/why`: a finding explained, with its data, age and how to check it by hand. */

import { explainFinding } from "../../core/features/why.ts";
import type { Finding } from "../../core/model/finding.ts";
import { toDiagnostic } from "../convert.ts";
import { fileIn, pathOf } from "../folders.ts";
import { failed } from "../guard.ts";
import type { Project } from "../projects.ts";
import type { WhyParams, WhyResult } from "../protocol.ts";
import type { Session } from "../session.ts";

/** The finding at or nearest to `line`, counted from 0, of `rule` where that is given. Fails where there is none. */
export async function onWhy({ projects }: Session, { uri, rule, line = 0 }: Partial<WhyParams>): Promise<WhyResult> {
  await projects.whenOpen();
  const path = pathOf(uri ?? "");
  for (const project of projects.all()) {
    const file = path === undefined ? undefined : fileIn(project.folder, path);
    if (file === undefined || !project.workspace.has(file) || !project.owns(file)) continue;
    const finding = nearest(project, file, rule, line);
    if (!finding) break;
    const { title, lines } = explainFinding(project.workspace.snapshot(), finding);
    return { title, text: `${[title, "", ...lines].join("\n")}\n`, folder: project.folder };
  }
  throw failed("There is no finding here: put the cursor on a line with one");
}

/** The finding at the line, else the nearest one: what was shown may have moved since. */
function nearest(project: Project, file: string, rule: string | undefined, line: number): Finding | undefined {
  const found = project.workspace
    .findings(file)
    .filter((finding) => rule === undefined || finding.rule === rule)
    .map((finding) => ({ finding, distance: distanceTo(toDiagnostic(finding, project).range, line) }))
    .sort((one, other) => one.distance - other.distance);
  const [first] = found;
  return first && (rule !== undefined || first.distance === 0) ? first.finding : undefined;
}

function distanceTo({ start, end }: { start: { line: number }; end: { line: number } }, line: number): number {
  return line < start.line ? start.line - line : Math.max(0, line - end.line);
}
