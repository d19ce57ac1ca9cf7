/** What every handler is given: the connection, the open documents, the projects, and what the client can do. */

import type { Connection, TextDocuments } from "vscode-languageserver";
import type { Snapshot } from "../core/analysis/snapshot.ts";
import type { SealedPlan } from "../core/sync/plan.ts";
import type { Storage } from "../workspace/storage.ts";
import type { ClientFeatures } from "./clientFeatures.ts";
import type { ChunkedDocument } from "./document.ts";
import type { Log } from "./guard.ts";
import type { Project, Projects } from "./projects.ts";

export interface Session {
  readonly connection: Connection;
  readonly documents: TextDocuments<ChunkedDocument>;
  readonly projects: Projects;
  readonly client: ClientFeatures;
  readonly log: Log;
  /** Where live data outlives the process. */
  readonly storage: Storage | undefined;
  /** Tells the activity view, if there is one, that its rows may be other ones now. */
  readonly announceRows: (project: Project) => void;
  /** Plans that were shown and may be applied, by fingerprint. */
  readonly plans: Map<string, ShownPlan>;
  /** The same for plans that reverse the last apply. */
  readonly undos: Map<string, ShownPlan>;
  /** Plans that were looked at, by fingerprint, the oldest first. */
  readonly views: Map<string, ShownPlan>;
  /** Why the last plan of an organization could not be made, by `planKey`. */
  readonly unplanned: Map<string, string>;
}

export interface ShownPlan {
  readonly project: Project;
  readonly sealed: SealedPlan;
}

/** Tells organizations of one name in two projects apart. */
export function planKey({ folder }: Project, organization: string): string {
  return `${folder}\n${organization}`;
}

/** The plan of an organization that was shown last and not applied. */
export function shownPlan({ plans }: Session, project: Project, organization: string): SealedPlan | undefined {
  const shown = [...plans.values()].find(
    (candidate) => candidate.project === project && candidate.sealed.plan.organization.name === organization,
  );
  return shown?.sealed;
}

/** Plans of a session that has begun. */
export function newShelves(): Pick<Session, "plans" | "unplanned" | "undos" | "views"> {
  return { plans: new Map(), unplanned: new Map(), undos: new Map(), views: new Map() };
}

/** Plans whose tabs may still be open. */
const MOST_VIEWS = 12;

/** Remembers a plan beyond its apply. */
export function keepView(views: Session["views"], shown: ShownPlan): void {
  views.delete(shown.sealed.fingerprint);
  views.set(shown.sealed.fingerprint, shown);
  for (const oldest of [...views.keys()].slice(0, Math.max(0, views.size - MOST_VIEWS))) views.delete(oldest);
}

/** An open document in its project, with the snapshot to answer from. */
export interface DocumentQuestion {
  readonly project: Project;
  readonly file: string;
  readonly document: ChunkedDocument;
  readonly text: string;
  readonly snapshot: Snapshot;
}

/** Undefined for a document that is not open or lies in no project. */
export async function questionAbout(session: Session, uri: string): Promise<DocumentQuestion | undefined> {
  const home = await session.projects.homeOf(uri);
  const document = session.documents.get(uri);
  if (!home || !document) return undefined;
  const { project, file } = home;
  return {
    project,
    file,
    document,
    get text() {
      return document.getText();
    },
    snapshot: project.workspace.snapshot(),
  };
}
