/** A language server and a client in one process, over streams in memory. Every wait has an end. */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PassThrough } from "node:stream";
import { onTestFinished } from "vitest";
import {
  type CancellationToken,
  type ClientCapabilities,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  ProposedFeatures,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { URI } from "vscode-uri";
import {
  type ExchangeParams,
  type ExchangeResult,
  exchangeRequest,
  type InitializationOptions,
  type ProjectStatus,
  statusNotification,
} from "../../server/src/lsp/protocol.ts";
import { type ServerOptions, serve } from "../../server/src/lsp/server.ts";

export const PROJECT = `version: 1
project: acme-access
directories:
  okta: { type: okta, domain: acme.okta.com }
organizations:
  prod: { site: datadoghq.eu, directory: okta }
`;

export const PUSH: ClientCapabilities = {
  textDocument: {
    publishDiagnostics: { versionSupport: true },
    completion: { completionItem: { snippetSupport: true, insertTextModeSupport: { valueSet: [1, 2] } } },
    hover: { contentFormat: ["markdown", "plaintext"] },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
  },
  workspace: { workspaceEdit: { documentChanges: true }, workspaceFolders: true },
};

export const PULL: ClientCapabilities = {
  textDocument: { ...PUSH.textDocument, diagnostic: {} },
  workspace: { ...PUSH.workspace, diagnostics: { refreshSupport: true } },
};

export interface SessionOptions extends ServerOptions {
  readonly files: Readonly<Record<string, string>>;
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: InitializationOptions;
  /** Answers `accessmap/exchange`; by default every request is denied. */
  readonly exchange?: (request: ExchangeParams, token: CancellationToken) => ExchangeResult | Promise<ExchangeResult>;
  /** Folders of the window below the test's own; it alone when absent. */
  readonly folders?: readonly string[];
}

export interface TestSession {
  readonly client: ProtocolConnection;
  readonly folder: string;
  readonly exchanges: readonly ExchangeParams[];
  readonly published: readonly PublishDiagnosticsParams[];
  readonly refreshes: () => number;
  readonly logged: readonly string[];
  readonly capabilities: Record<string, unknown>;
  uri(file: string): string;
  open(file: string, text: string, version?: number): void;
  edit(file: string, version: number, range: Range, text: string): void;
  replace(file: string, version: number, text: string): void;
  close(file: string): void;
  /** Writes a file and tells the server, as a watching client would. */
  write(file: string, text: string): void;
  /** Removes a file, or a folder with all that is in it, and tells of it alone. */
  remove(file: string): void;
  setFolders(folders: readonly string[]): void;
  /** The next, or an earlier not yet awaited, publication for the file that fulfils the condition. */
  diagnostics(file: string, until?: (found: PublishDiagnosticsParams) => boolean): Promise<Diagnostic[]>;
  status(until: (status: ProjectStatus) => boolean): Promise<ProjectStatus>;
  until(condition: () => boolean, what: string): Promise<void>;
}

const PATIENCE_MS = 30_000;

export async function openSession(options: SessionOptions): Promise<TestSession> {
  // Real paths: on some systems the temporary folder is a link.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "accessmap-lsp-")));
  for (const [file, text] of Object.entries(options.files)) put(file, text);
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const server = createConnection(
    ProposedFeatures.all,
    new StreamMessageReader(toServer),
    new StreamMessageWriter(toClient),
  );
  serve(server, { ...(options.open ? { open: options.open } : {}) });
  server.listen();
  const client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const exchanges: ExchangeParams[] = [];
  const published: PublishDiagnosticsParams[] = [];
  const statuses: ProjectStatus[] = [];
  const logged: string[] = [];
  const waiting = new Set<() => void>();
  let refreshed = 0;
  const wake = () => {
    for (const check of waiting) check();
  };
  client.onRequest<ExchangeResult, void>(exchangeRequest, (request: ExchangeParams, token) => {
    exchanges.push(request);
    wake();
    const system = request.credential?.connection ?? "?";
    return (
      options.exchange?.(request, token) ?? { failure: { kind: "not-configured", system, message: "no credential" } }
    );
  });
  client.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
    published.push(params);
    wake();
  });
  client.onNotification(statusNotification, (status: ProjectStatus) => {
    statuses.push(status);
    wake();
  });
  client.onNotification("window/logMessage", ({ message }: { message: string }) => {
    logged.push(message);
    wake();
  });
  client.onRequest("workspace/diagnostic/refresh", () => {
    refreshed++;
    wake();
    return null;
  });
  client.onRequest("client/registerCapability", () => null);
  client.onRequest("workspace/codeLens/refresh", () => null);
  const toFolder = (name: string) => ({ uri: URI.file(join(folder, name)).toString(), name });
  let folders = (options.folders ?? [""]).map(toFolder);
  client.onRequest("workspace/workspaceFolders", () => folders);
  client.listen();
  onTestFinished(async () => {
    await client.sendRequest("shutdown");
    client.dispose();
    server.dispose();
    rmSync(folder, { recursive: true });
  });

  // Where applies of one person meet is no matter of the editor; tests keep out of the real place.
  process.env.ACCESSMAP_STORAGE = join(folder, ".storage");
  onTestFinished(() => void delete process.env.ACCESSMAP_STORAGE);
  const initialized = await client.sendRequest<{ capabilities: Record<string, unknown> }>("initialize", {
    processId: null,
    rootUri: URI.file(folder).toString(),
    workspaceFolders: folders,
    capabilities: options.capabilities ?? PUSH,
    initializationOptions: { exchange: true, storage: join(folder, ".storage"), ...options.initializationOptions },
  });
  await client.sendNotification("initialized", {});

  function put(file: string, text: string): void {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }

  function until(condition: () => boolean, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => finish(new Error(`never happened: ${what}\n${logged.join("\n")}`)), PATIENCE_MS);
      function finish(error?: Error): void {
        clearTimeout(timer);
        waiting.delete(check);
        if (error) reject(error);
        else resolve();
      }
      function check(): void {
        if (condition()) finish();
      }
      waiting.add(check);
      check();
    });
  }

  const uri = (file: string) => URI.file(join(folder, file)).toString();
  const notify = (method: string, params: object) => void client.sendNotification(method, params);
  const tellWatched = (file: string, type: number) =>
    notify("workspace/didChangeWatchedFiles", { changes: [{ uri: uri(file), type }] });
  return {
    client,
    folder,
    exchanges,
    published,
    logged,
    refreshes: () => refreshed,
    capabilities: initialized.capabilities,
    uri,
    open: (file, text, version = 1) =>
      notify("textDocument/didOpen", { textDocument: { uri: uri(file), languageId: "accessmap", version, text } }),
    edit: (file, version, range, text) =>
      notify("textDocument/didChange", {
        textDocument: { uri: uri(file), version },
        contentChanges: [{ range, text }],
      }),
    replace: (file, version, text) =>
      notify("textDocument/didChange", { textDocument: { uri: uri(file), version }, contentChanges: [{ text }] }),
    close: (file) => notify("textDocument/didClose", { textDocument: { uri: uri(file) } }),
    write(file, text) {
      put(file, text);
      tellWatched(file, 2);
    },
    remove(file) {
      rmSync(join(folder, file), { recursive: true });
      tellWatched(file, 3);
    },
    setFolders(names) {
      const removed = folders;
      folders = names.map(toFolder);
      notify("workspace/didChangeWorkspaceFolders", { event: { added: folders, removed } });
    },
    async diagnostics(file, condition = () => true) {
      const find = () => published.findLast((params) => params.uri === uri(file) && condition(params));
      await until(() => find() !== undefined, `diagnostics of ${file}`);
      return find()?.diagnostics ?? [];
    },
    async status(condition) {
      await until(() => statuses.some(condition), "status");
      return statuses.findLast(condition) as ProjectStatus;
    },
    until,
  };
}

/** A position just behind `marker` in `text`, counted as the protocol counts: UTF-16 units, any line break. */
export function positionBehind(text: string, marker: string): { line: number; character: number } {
  const offset = text.indexOf(marker) + marker.length;
  const before = text.slice(0, offset).split(/\r\n|\n|\r/);
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}
