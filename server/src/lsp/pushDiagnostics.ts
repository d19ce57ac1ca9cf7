/** Diagnostics for clients that wait to be told: after a pause in typing, with versions, taken back when files go. */

import type { Diagnostics, DiagnosticsOptions } from "./diagnostics.ts";
import { tell } from "./guard.ts";
import type { Project } from "./projects.ts";
import { createReports } from "./report.ts";
import type { Session } from "./session.ts";

/** What a client was told of a file. */
interface Told {
  /** Whose findings they are: a project inside another takes its files over. */
  readonly project: Project;
  readonly id: string;
  readonly version: number | undefined;
}

export function pushDiagnostics({ connection, documents, log }: Session, { delayMs }: DiagnosticsOptions): Diagnostics {
  const reports = createReports();
  const told = new Map<string, Told>();
  const timers = new Map<Project, NodeJS.Timeout>();

  /** Texts, findings and versions are taken in one go, so an answer can never be about a text that has moved on. */
  function publish(project: Project): void {
    timers.delete(project);
    try {
      const now = reports.of(project);
      for (const [uri, { id, diagnostics }] of now) {
        const version = documents.get(uri)?.version;
        const last = told.get(uri);
        if (last?.project === project && last.id === id && last.version === version) continue;
        told.set(uri, { project, id, version });
        // A file that never had a finding needs no empty list, unless its new version should be acknowledged.
        if (!last && diagnostics.length === 0 && version === undefined) continue;
        send(uri, diagnostics, version);
      }
      takeBack(project, (uri) => !now.has(uri));
    } catch (error) {
      log(
        `findings of ${project.folder} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    }
  }

  function send(
    uri: string,
    diagnostics: Parameters<typeof connection.sendDiagnostics>[0]["diagnostics"],
    version: number | undefined,
  ): void {
    tell(() => connection.sendDiagnostics({ uri, diagnostics, ...(version === undefined ? {} : { version }) }));
  }

  function takeBack(project: Project, isGone: (uri: string) => boolean): void {
    for (const [uri, last] of told) {
      if (last.project !== project || !isGone(uri)) continue;
      told.delete(uri);
      send(uri, [], undefined);
    }
  }

  return {
    changed(project, why) {
      const pending = timers.get(project);
      // A keystroke puts the pause off; news from elsewhere need not wait for a pending one.
      if (pending) clearTimeout(pending);
      timers.set(
        project,
        setTimeout(() => publish(project), why === "edit" || pending ? delayMs : 0),
      );
    },
    dropped(project) {
      clearTimeout(timers.get(project));
      timers.delete(project);
      takeBack(project, () => true);
    },
    dispose() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
