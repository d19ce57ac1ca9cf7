/** The language server: what happens at the start, and which function answers which message. */

import {
  CodeLensRefreshRequest,
  type Connection,
  type InitializeParams,
  InlayHintRefreshRequest,
  TextDocuments,
} from "vscode-languageserver";
import { indexNames } from "../core/features/completion/names.ts";
import { READING_IDS } from "../core/model/problem.ts";
import { traceOf } from "../core/model/thrown.ts";
import { RULES } from "../core/rules/index.ts";
import { environmentTransport } from "../workspace/environmentTransport.ts";
import { chooseStorage } from "../workspace/storage.ts";
import { openWorkspace, type Workspace, type WorkspaceOptions } from "../workspace/workspace.ts";
import { capabilitiesFor } from "./capabilities.ts";
import { featuresOf, optionsOf } from "./clientFeatures.ts";
import { createDiagnostics } from "./diagnostics.ts";
import { CHUNKED_DOCUMENTS } from "./document.ts";
import { exchangeTransport, gatedTransport } from "./exchangeTransport.ts";
import { registerFeatures } from "./features.ts";
import { pathOf } from "./folders.ts";
import { type Log, tell } from "./guard.ts";
import { createProjects, type Project } from "./projects.ts";
import { type ConnectionsChangedParams, connectionsChangedNotification } from "./protocol.ts";
import { registerRequests } from "./requests.ts";
import { createRowsAnnouncer } from "./rowsAnnouncer.ts";
import { newShelves } from "./session.ts";
import { inSlices } from "./slices.ts";
import { reportStatus } from "./status.ts";
import { askToWatch, gatherDiskChanges } from "./watch.ts";

/** Whatever has a manual page. */
const RULE_IDS: ReadonlySet<string> = new Set([...RULES.map(({ id }) => id), ...READING_IDS]);

export interface ServerOptions {
  /** Opens a project; tests pass their own. */
  readonly open?: (options: WorkspaceOptions) => Promise<Workspace>;
}

/** Wires a connection. The caller starts it to listen. */
export function serve(connection: Connection, options: ServerOptions = {}): void {
  const log: Log = (line) => tell(async () => connection.console.log(line));
  connection.onInitialize((params) => {
    const client = featuresOf(params.capabilities, optionsOf(params));
    const session = openSession(connection, params, options, log);
    connection.onInitialized(() => {
      if (client.watchesOnRequest) attempt("watching files", askToWatch(connection), log);
      attempt("opening projects", session.start(), log);
      if (client.foldersChange) {
        connection.workspace.onDidChangeWorkspaceFolders(() => attempt("changing folders", session.start(), log));
      }
    });
    connection.onShutdown(() => session.stop());
    return { capabilities: capabilitiesFor(client), serverInfo: { name: "accessmap" } };
  });
}

function openSession(connection: Connection, params: InitializeParams, options: ServerOptions, log: Log) {
  const { open = openWorkspace } = options;
  const { exchange = false, trusted = true, rulePages, ...folders } = optionsOf(params);
  const storage = chooseStorage(process.env, folders);
  const client = featuresOf(params.capabilities, optionsOf(params));
  const documents = new TextDocuments(CHUNKED_DOCUMENTS);
  const ended = new AbortController();
  const status = reportStatus(connection);
  let isTrusted = trusted;

  const projects = createProjects({ documents, open: openProject, pageOf, onChange, onOpened, onDropped, log });
  const rows = createRowsAnnouncer(connection);
  const { changed: announceRows } = rows;
  const session = { connection, documents, projects, client, log, storage, ...newShelves(), announceRows };
  const diagnostics = createDiagnostics(session);
  registerFeatures(session);
  registerRequests(session, rows);

  documents.onDidOpen(({ document }) => projects.opened(document));
  documents.onDidChangeContent(({ document }) => projects.changed(document));
  documents.onDidClose(({ document }) => {
    projects.closed(document);
    for (const project of projects.all()) diagnostics.changed(project, "disk");
  });
  documents.onDidSave(({ document }) => attempt("reading after a save", readMore(document.uri), log));
  documents.listen(connection);
  gatherDiskChanges(connection, (paths) => attempt("reading changed files", diskChanged(paths), log));
  connection.onNotification(connectionsChangedNotification, (change: ConnectionsChangedParams | null) => {
    isTrusted = change?.trusted ?? isTrusted;
    for (const project of projects.all()) refresh(project, "connections changed");
  });

  function pageOf(rule: string): string | undefined {
    return rulePages !== undefined && RULE_IDS.has(rule) ? `${rulePages}${rule}.md` : undefined;
  }

  async function openProject(folder: string): Promise<Workspace> {
    let workspace: Workspace | undefined;
    const inner = exchange
      ? exchangeTransport(connection)
      : environmentTransport(process.env, () => workspace?.connections() ?? []);
    workspace = await open({ folder, transport: gatedTransport(inner, () => isTrusted), storage, log });
    return workspace;
  }

  function onOpened(project: Project): void {
    announceRows(project);
    diagnostics.changed(project, "disk");
    status.changed(project);
    refresh(project, "start");
  }

  function onChange(project: Project, what: "files" | "live" | "status"): void {
    announceRows(project);
    if (what === "files") {
      diagnostics.changed(project, "edit");
      return;
    }
    status.changed(project);
    if (what === "status") return;
    diagnostics.changed(project, "live");
    attempt("indexing names", inSlices(indexNames(project.workspace.snapshot())), log);
    redraw();
  }

  /** What a client shows in the text and asks for anew only when somebody types. */
  function redraw(): void {
    if (client.lensRefresh) attempt("refreshing lenses", connection.sendRequest(CodeLensRefreshRequest.type), log);
    if (client.hintRefresh) attempt("refreshing hints", connection.sendRequest(InlayHintRefreshRequest.type), log);
  }

  function onDropped(project: Project): void {
    announceRows(project);
    diagnostics.dropped(project);
    status.dropped(project);
    redraw();
  }

  async function diskChanged(paths: readonly string[]): Promise<void> {
    if (!(await projects.diskChanged(paths))) return;
    for (const project of projects.all()) {
      diagnostics.changed(project, "disk");
      status.changed(project);
    }
  }

  /** In the background: nobody who types waits for it. */
  function refresh({ workspace }: Project, cause: string): void {
    attempt("reading live systems", workspace.refresh(cause, ended.signal), log);
  }

  /** Typing causes no request; saving a file that maps a new group does, once, for what is not known yet. */
  async function readMore(uri: string): Promise<void> {
    const home = await projects.homeOf(uri);
    if (home?.project.workspace.asksForMore()) refresh(home.project, "save");
  }

  /** A client that cannot answer still told its folders at the start. */
  async function currentFolders() {
    if (!client.foldersChange) return params.workspaceFolders;
    return connection.workspace.getWorkspaceFolders().catch(() => params.workspaceFolders);
  }

  return {
    async start() {
      const folders = await currentFolders();
      const uris = folders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : []);
      await projects.setRoots(uris.flatMap((uri) => pathOf(uri) ?? []));
    },
    stop() {
      ended.abort();
      rows.dispose();
      diagnostics.dispose();
    },
  };
}

/** Work that nobody waits for still must not fail in silence. */
function attempt(what: string, work: Promise<unknown>, log: Log): void {
  work.catch((error: unknown) => log(`${what} failed: ${traceOf(error)}`));
}
