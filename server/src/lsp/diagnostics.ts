/** Findings of all files of all projects, pushed or pulled: one interface, and never both for one client. */

import type { Project } from "./projects.ts";
import { pullDiagnostics } from "./pullDiagnostics.ts";
import { pushDiagnostics } from "./pushDiagnostics.ts";
import type { Session } from "./session.ts";

/** `edit`: text in the editor changed. `disk` and `live`: something the client cannot know of. */
export type Reason = "edit" | "disk" | "live";

export interface Diagnostics {
  changed(project: Project, why: Reason): void;
  /** The project is gone: what was said of it is taken back. */
  dropped(project: Project): void;
  dispose(): void;
}

/** Pulled where the client can be told to pull again, else pushed. */
export function createDiagnostics(session: Session): Diagnostics {
  return session.client.pull ? pullDiagnostics(session) : pushDiagnostics(session);
}
