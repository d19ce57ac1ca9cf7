/** The server as a process of its own, over standard streams and over IPC: it starts, answers and ends. */

import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import {
  createProtocolConnection,
  ErrorCodes,
  IPCMessageReader,
  IPCMessageWriter,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { URI } from "vscode-uri";
import { cleanEnvironment } from "../support/process.ts";
import { buildServer } from "./serverProcess.ts";
import { PROJECT, PUSH } from "./support.ts";

let server: string;

beforeAll(async () => {
  server = await buildServer("server");
});

function makeFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "accessmap-process-")));
  writeFileSync(join(folder, "accessmap.yaml"), PROJECT);
  writeFileSync(join(folder, "a.accessmap.yaml"), "mappings:\n  - groop: dd-sre\n");
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Initializes and waits for the first findings of the mapping file. */
async function firstFindings(client: ProtocolConnection, folder: string): Promise<PublishDiagnosticsParams> {
  const uri = URI.file(join(folder, "a.accessmap.yaml")).toString();
  const found = new Promise<PublishDiagnosticsParams>((settle) => {
    client.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
      if (params.uri === uri) settle(params);
    });
  });
  client.listen();
  await client.sendRequest("initialize", {
    processId: process.pid,
    rootUri: URI.file(folder).toString(),
    capabilities: { ...PUSH, workspace: {} },
  });
  await client.sendNotification("initialized", {});
  return found;
}

async function goodbye(client: ProtocolConnection, child: ChildProcess): Promise<number | null> {
  const ended = once(child, "exit");
  await client.sendRequest("shutdown");
  await expect(client.sendRequest("shutdown")).rejects.toMatchObject({ code: ErrorCodes.InvalidRequest });
  const asked = { textDocument: { uri: "file:///a.accessmap.yaml" }, position: { line: 0, character: 0 } };
  await expect(client.sendRequest("textDocument/hover", asked)).rejects.toMatchObject({
    code: ErrorCodes.InvalidRequest,
  });
  await client.sendNotification("exit");
  const [code] = await ended;
  return code;
}

test("over standard streams", async () => {
  const folder = makeFolder();
  const child = spawn(process.execPath, [server, "--stdio"], { env: cleanEnvironment() });
  onTestFinished(() => void child.kill());
  const client = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const { diagnostics } = await firstFindings(client, folder);
  expect(diagnostics.map(({ code }) => code)).toContain("schema/unknown-key");
  expect(await goodbye(client, child)).toBe(0);
});

test("over IPC, as VS Code starts it", async () => {
  const folder = makeFolder();
  const child = fork(server, ["--node-ipc"], { env: cleanEnvironment(), stdio: ["ignore", "pipe", "pipe", "ipc"] });
  onTestFinished(() => void child.kill());
  const client = createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  const { diagnostics } = await firstFindings(client, folder);
  expect(diagnostics.length).toBeGreaterThan(0);
  expect(await goodbye(client, child)).toBe(0);
});

test("a client that dies takes the server with it", async () => {
  const child = spawn(process.execPath, [server, "--stdio"], { env: cleanEnvironment() });
  onTestFinished(() => void child.kill());
  const client = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  await firstFindings(client, makeFolder());
  const ended = once(child, "exit");
  child.stdin.destroy();
  await ended;
});
