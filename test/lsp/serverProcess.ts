/** The language server as a process of its own, and a client that asks it for findings. Every wait has an end. */

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { build } from "esbuild";
import {
  createProtocolConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
  type WorkspaceDiagnosticReport,
} from "vscode-languageserver/node";
import { URI } from "vscode-uri";
import { cleanEnvironment } from "../support/process.ts";
import { PULL } from "./support.ts";

const ROOT = resolve(import.meta.dirname, "../..");

/** Longer than any answer takes on a busy machine, shorter than anybody would call an answer. */
const PATIENCE_MS = 20_000;

/** Bundles the server as it is in the sources; answers the path of the program. */
export async function buildServer(name: string): Promise<string> {
  const folder = join(ROOT, ".cache/lsp-test");
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `${name}.mjs`);
  await build({
    entryPoints: [join(ROOT, "server/src/lsp/program.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "error",
  });
  return outfile;
}

export interface ServerProcess {
  open(file: string, text: string): void;
  edit(file: string, range: Range, text: string): void;
  replace(file: string, text: string): void;
  close(file: string): void;
  /** A file changed on disk. */
  changed(file: string): void;
  /** What the server finds in the file as it is now. Rejects when no answer comes. */
  findings(file: string): Promise<readonly Diagnostic[]>;
  /** The same for all files of the project, open or not, by name. */
  allFindings(): Promise<ReadonlyMap<string, readonly Diagnostic[]>>;
  /** What the server logged since the last call. It catches its own failures and answers with nothing, but it says so. */
  takeLog(): readonly string[];
  /** Peak resident memory in megabytes, where the system tells. */
  peakMemory(): number | undefined;
  /** Says goodbye; answers the exit code. */
  stop(): Promise<number | null>;
}

export async function startServerProcess(program: string, folder: string): Promise<ServerProcess> {
  const child = spawn(process.execPath, [program, "--stdio"], { env: cleanEnvironment() });
  child.stderr.pipe(process.stderr);
  const client = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  for (const question of ["client/registerCapability", "workspace/diagnostic/refresh"])
    client.onRequest(question, () => null);
  const logged: string[] = [];
  client.onNotification("window/logMessage", ({ message }: { message: string }) => {
    logged.push(message);
  });
  client.listen();
  const uri = (file: string) => URI.file(join(folder, file)).toString();
  const notify = (method: string, params: object) => void client.sendNotification(method, params);
  const ask = <T>(method: string, params: object) => answered<T>(client.sendRequest(method, params), method, child);
  const versions = new Map<string, number>();
  const next = (file: string) => {
    const version = (versions.get(file) ?? 0) + 1;
    versions.set(file, version);
    return { uri: uri(file), version };
  };
  await ask("initialize", {
    processId: process.pid,
    rootUri: URI.file(folder).toString(),
    capabilities: { ...PULL, workspace: { diagnostics: { refreshSupport: true } } },
    initializationOptions: { storage: join(folder, ".storage") },
  });
  notify("initialized", {});
  return {
    open: (file, text) =>
      notify("textDocument/didOpen", { textDocument: { ...next(file), languageId: "accessmap", text } }),
    edit: (file, range, text) =>
      notify("textDocument/didChange", { textDocument: next(file), contentChanges: [{ range, text }] }),
    replace: (file, text) => notify("textDocument/didChange", { textDocument: next(file), contentChanges: [{ text }] }),
    close: (file) => notify("textDocument/didClose", { textDocument: { uri: uri(file) } }),
    changed: (file) => notify("workspace/didChangeWatchedFiles", { changes: [{ uri: uri(file), type: 2 }] }),
    async findings(file) {
      return itemsOf(
        await ask<DocumentDiagnosticReport>("textDocument/diagnostic", { textDocument: { uri: uri(file) } }),
      );
    },
    async allFindings() {
      const { items } = await ask<WorkspaceDiagnosticReport>("workspace/diagnostic", { previousResultIds: [] });
      return new Map(items.map((report) => [basename(report.uri), itemsOf(report)]));
    },
    takeLog: () => logged.splice(0),
    peakMemory: () => peakOf(child.pid),
    async stop() {
      const ended = once(child, "exit");
      await ask("shutdown", {});
      notify("exit", {});
      const [code] = await ended;
      client.dispose();
      return code;
    },
  };
}

function itemsOf(report: DocumentDiagnosticReport): readonly Diagnostic[] {
  return report.kind === "full" ? report.items : [];
}

/** A server that does not answer is ended: it might never. */
function answered<T>(work: Promise<T>, what: string, child: ChildProcessWithoutNullStreams): Promise<T> {
  return new Promise((done, fail) => {
    const give = (why: string) => {
      child.kill("SIGKILL");
      fail(new Error(why));
    };
    const over = (code: number | null, signal: string | null) => give(`the server ended with ${code ?? signal}`);
    const timer = setTimeout(() => give(`no answer to ${what} within ${PATIENCE_MS / 1000} s`), PATIENCE_MS);
    child.once("exit", over);
    work.then(done, fail).finally(() => {
      clearTimeout(timer);
      child.off("exit", over);
    });
  });
}

function peakOf(pid: number | undefined): number | undefined {
  if (process.platform !== "linux") return undefined;
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}
