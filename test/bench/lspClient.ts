/** A client as an editor is one: a server as a child process over standard streams, and waiting for what it says. */

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  type Diagnostic,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import type { Edit } from "./documents.ts";
import type { Folder } from "./folder.ts";
import type { Server } from "./servers.ts";

export interface LspClient {
  readonly server: Server;
  readonly pid: number;
  /** When the process was started, and when it had answered `initialize`; milliseconds of `performance.now()`. */
  readonly spawnedAt: number;
  readonly initializedAt: number;
  open(file: string, text: string): void;
  edit(file: string, edit: Edit): void;
  replace(file: string, text: string): void;
  /** Settles when diagnostics of the file's last version have arrived that fulfil the condition; see `PATIENCE_MS`. */
  findings(file: string, until?: Condition): Promise<Arrival>;
  request<T>(method: string, params: object): Promise<T>;
  uri(file: string): string;
  /** Peak and present resident memory in megabytes; Linux tells, other systems do not. */
  memory(): Memory;
  /** Milliseconds of processor time that the main thread has used; Linux tells, other systems do not. */
  busyMs(): number;
  stop(): Promise<void>;
}

export interface Memory {
  readonly peak: number;
  readonly now: number;
}

export type Condition = (diagnostics: readonly Diagnostic[]) => boolean;

export interface Arrival {
  readonly at: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** Longer than anybody waits for an editor: a server that needs this much is given up. */
const PATIENCE_MS = 90_000;

const GOODBYE_MS = 10_000;

/** As much as an ordinary editor can do; diagnostics are pushed. */
const CAPABILITIES = {
  textDocument: {
    synchronization: { didSave: true },
    publishDiagnostics: { versionSupport: true },
    completion: {
      completionItem: { snippetSupport: true, resolveSupport: { properties: ["documentation"] } },
      completionList: { itemDefaults: ["editRange", "insertTextFormat", "insertTextMode"] },
    },
    hover: { contentFormat: ["markdown", "plaintext"] },
    rename: { prepareSupport: true },
  },
  workspace: { configuration: true, workspaceFolders: true, workspaceEdit: { documentChanges: true } },
};

/** Variables of this machine that could send a server to real systems, or make it behave in its own way. */
const FOREIGN = /^(DD_|OKTA_|AZURE_|GOOGLE_|ACCESSMAP_|NODE_)/;

export async function startClient(
  server: Server,
  folder: Folder,
  nodeOptions: readonly string[] = [],
): Promise<LspClient> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name)));
  const spawnedAt = performance.now();
  const child = spawn(process.env.ACCESSMAP_BENCH_NODE || process.execPath, [...nodeOptions, ...server.args], {
    cwd: folder.path,
    env,
  });
  child.stderr.pipe(process.stderr);
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const inbox = listen(connection, child, server);
  answerQuestions(connection, server, folder);
  connection.listen();
  const root = pathToFileURL(folder.path).href;
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: root,
    workspaceFolders: [{ uri: root, name: "bench" }],
    capabilities: CAPABILITIES,
    initializationOptions: server.initializationOptions(folder),
  });
  const initializedAt = performance.now();
  const notify = (method: string, params: object) => void connection.sendNotification(method, params);
  notify("initialized", {});
  const versions = new Map<string, number>();

  function next(file: string): { uri: string; version: number } {
    const version = (versions.get(file) ?? 0) + 1;
    versions.set(file, version);
    inbox.expect(folder.uri(file), version);
    return { uri: folder.uri(file), version };
  }

  return {
    server,
    pid: child.pid as number,
    spawnedAt,
    initializedAt,
    uri: folder.uri,
    open: (file, text) =>
      notify("textDocument/didOpen", { textDocument: { ...next(file), languageId: server.languageId, text } }),
    edit: (file, edit) => notify("textDocument/didChange", { textDocument: next(file), contentChanges: [edit] }),
    replace: (file, text) => notify("textDocument/didChange", { textDocument: next(file), contentChanges: [{ text }] }),
    findings: (file, until = () => true) => inbox.arrival(folder.uri(file), until),
    request: (method, params) => within(PATIENCE_MS, connection.sendRequest(method, params), `answer to ${method}`),
    memory: () => memoryOf(child.pid as number),
    busyMs: () => busyMsOf(child.pid as number),
    async stop() {
      const ended = once(child, "exit");
      // One that is too busy to go is made to; a profile is written by those that go.
      const timer = setTimeout(() => child.kill("SIGKILL"), GOODBYE_MS);
      void connection.sendRequest("shutdown").then(
        () => notify("exit", {}),
        () => {},
      );
      await ended;
      clearTimeout(timer);
      connection.dispose();
    },
  };
}

/** What was published, by document. A server that tells no versions speaks of the last one, as it drops pending checks. */
function listen(connection: ProtocolConnection, child: ChildProcessWithoutNullStreams, server: Server) {
  const expected = new Map<string, number>();
  const latest = new Map<string, Arrival>();
  const waiting = new Set<() => void>();
  let isOver = false;
  const wake = () => {
    for (const check of [...waiting]) check();
  };
  connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
    const at = performance.now();
    if (server.tellsVersions && params.version !== expected.get(params.uri)) return;
    latest.set(params.uri, { at, diagnostics: params.diagnostics });
    wake();
  });
  child.on("exit", () => {
    isOver = true;
    wake();
  });
  return {
    /** What was said before is about an older text. */
    expect(uri: string, version: number): void {
      expected.set(uri, version);
      latest.delete(uri);
    },
    arrival(uri: string, until: Condition): Promise<Arrival> {
      return new Promise((resolve, reject) => {
        const late = new Error(`no findings within ${PATIENCE_MS / 1000} s`);
        const timer = setTimeout(() => finish(() => reject(late)), PATIENCE_MS);
        function finish(settle: () => void): void {
          clearTimeout(timer);
          waiting.delete(check);
          settle();
        }
        function check(): void {
          const found = latest.get(uri);
          if (found && until(found.diagnostics)) finish(() => resolve(found));
          else if (isOver) finish(() => reject(new Error("the server has ended")));
        }
        waiting.add(check);
        check();
      });
    },
  };
}

function answerQuestions(connection: ProtocolConnection, server: Server, folder: Folder): void {
  const settings = server.settings(folder);
  connection.onRequest("workspace/configuration", ({ items }: { items: readonly { section?: string }[] }) =>
    items.map(({ section = "" }) => settings[section] ?? null),
  );
  connection.onRequest("client/registerCapability", () => null);
  connection.onRequest("workspace/workspaceFolders", () => [{ uri: pathToFileURL(folder.path).href, name: "bench" }]);
}

function within<T>(ms: number, work: Promise<T>, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${what} within ${ms / 1000} s`)), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function busyMsOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, "utf8").split(" ")[0]) / 1e6;
}

function memoryOf(pid: number): Memory {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const read = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
  return { peak: read("VmHWM"), now: read("VmRSS") };
}
