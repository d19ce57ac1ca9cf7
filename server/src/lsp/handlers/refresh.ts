/** `accessmap/refresh`: reads live systems again and answers when that has ended. `accessmap/projects`: what is known now. */

import type { CancellationToken } from "vscode-languageserver";
import { signalOf } from "../guard.ts";
import type { ProjectsResult, RefreshParams } from "../protocol.ts";
import type { Session } from "../session.ts";

/**
 * Settles when all projects, or the one of `folder`, are read; how it went is in their statuses, so a failed read is no
 * failure here.
 */
export async function onRefresh({ projects }: Session, params: RefreshParams, token: CancellationToken): Promise<null> {
  const signal = signalOf(token);
  await projects.whenOpen();
  const chosen = projects.all().filter(({ folder }) => params.folder === undefined || params.folder === folder);
  await Promise.all(chosen.map(({ workspace }) => workspace.refresh(params.cause ?? "command", signal)));
  return null;
}

/** Folders without an accessmap.yaml have no systems and no status. */
export async function onProjects({ projects }: Session): Promise<ProjectsResult> {
  await projects.whenOpen();
  const known = projects.all().filter(({ workspace }) => workspace.snapshot().project);
  return known.map(({ workspace }) => workspace.status());
}
