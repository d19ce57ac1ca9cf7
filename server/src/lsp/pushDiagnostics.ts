/**
 * Diagnostics for clients that wait to be told: at once after each edit, with versions, taken back when files go.
 *
 * There is no pause to wait for. Keystrokes that have arrived together are checked together, since the check waits for its
 * turn behind messages that are there already; what rests on whole organizations follows (`settling.ts`).
 */

import type { Diagnostic } from "vscode-languageserver";
import { traceOf } from "../core/model/thrown.ts";
import type { Diagnostics } from "./diagnostics.ts";
import { tell } from "./guard.ts";
import type { Project } from "./projects.ts";
import { createReports, unreadIn } from "./report.ts";
import type { Session } from "./session.ts";
import { createSettling } from "./settling.ts";

/** What a client was told of a file. */
interface Told {
  /** Whose findings they are: a project inside another takes its files over. */
  readonly project: Project;
  readonly file: string;
  readonly id: string;
  readonly version: number | undefined;
}

/** Sends what changed, and nothing twice. */
export function pushDiagnostics({ connection, documents, announceRows, log }: Session): Diagnostics {
  const reports = createReports();
  const told = new Map<string, Told>();
  const pending = new Map<Project, NodeJS.Immediate>();
  const settling = createSettling((project) => {
    publishChanged(project);
    announceRows(project);
  });

  function schedule(project: Project): void {
    clearImmediate(pending.get(project));
    settling.cancel(project);
    // One turn lets a message in that has arrived already: it may be the next keystroke.
    const first = setImmediate(() => {
      const second = setImmediate(() => {
        pending.delete(project);
        publishChanged(project);
        settling.begin(project);
      });
      pending.set(project, second);
    });
    pending.set(project, first);
  }

  function publishChanged(project: Project): void {
    try {
      const unread = unreadIn(project);
      const isThere = (file: string) => (project.workspace.has(file) || unread.has(file)) && project.owns(file);
      for (const file of [...project.workspace.takeChanged(), ...unread.keys()])
        if (isThere(file)) publish(project, file);
      takeBack(project, (file) => !isThere(file));
    } catch (error) {
      log(`findings of ${project.folder} failed: ${traceOf(error)}`);
    }
  }

  /** Text, findings and version are taken in one go, so an answer can never be about a text that has moved on. */
  function publish(project: Project, file: string): void {
    const uri = project.uri(file);
    const version = documents.get(uri)?.version;
    const { id, diagnostics } = reports.of(project, file);
    const last = told.get(uri);
    if (last?.project === project && last.id === id && last.version === version) return;
    told.set(uri, { project, file, id, version });
    // A file that never had a finding needs no empty list, unless its new version should be acknowledged.
    if (!last && diagnostics.length === 0 && version === undefined) return;
    send(uri, diagnostics, version);
  }

  function send(uri: string, diagnostics: Diagnostic[], version: number | undefined): void {
    tell(() => connection.sendDiagnostics({ uri, diagnostics, ...(version === undefined ? {} : { version }) }));
  }

  function takeBack(project: Project, isGone: (file: string) => boolean): void {
    for (const [uri, last] of told) {
      if (last.project !== project || !isGone(last.file)) continue;
      told.delete(uri);
      send(uri, [], undefined);
    }
  }

  return {
    changed: schedule,
    dropped(project) {
      clearImmediate(pending.get(project));
      pending.delete(project);
      settling.cancel(project);
      takeBack(project, () => true);
    },
    dispose() {
      for (const timer of pending.values()) clearImmediate(timer);
      pending.clear();
      settling.dispose();
    },
  };
}
