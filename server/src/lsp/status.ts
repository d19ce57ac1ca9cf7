/** `accessmap/status`: the freshness of each project's systems, told whenever it changed. */

import type { Connection } from "vscode-languageserver";
import { tell } from "./guard.ts";
import type { Project } from "./projects.ts";
import { type ProjectStatus, statusNotification } from "./protocol.ts";

export interface StatusReporter {
  changed(project: Project): void;
  dropped(project: Project): void;
}

/** A folder without accessmap.yaml has no systems and no status. */
export function reportStatus(connection: Connection): StatusReporter {
  const told = new WeakMap<Project, string>();
  const send = (status: ProjectStatus) => tell(() => connection.sendNotification(statusNotification, status));
  return {
    changed(project) {
      if (!project.workspace.snapshot().project) return;
      const status = project.workspace.status();
      const text = JSON.stringify(status);
      if (told.get(project) === text) return;
      told.set(project, text);
      send(status);
    },
    dropped: ({ folder }) => send({ folder, systems: [], mappings: 0 }),
  };
}
