/** The language server's process: start, stop, restart, and typed ways to ask it. */

import { type CancellationToken, type ExtensionContext, type LogOutputChannel, l10n, Uri, workspace } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { Request } from "../../../server/src/lsp/protocol/request.ts";
import {
  type ConnectionsChangedParams,
  connectionsChangedNotification,
  type ExchangeResult,
  exchangeRequest,
  type InitializationOptions,
  type ProjectStatus,
  rowsChangedNotification,
  statusNotification,
} from "../../../server/src/lsp/protocol.ts";
import { Advice } from "../advice.ts";
import { RULE_PAGES } from "../rulePages.ts";
import type { AnswerExchange } from "./exchange.ts";

/** What lenses, actions and completions of the server may run here. */
const COMMANDS = [
  "accessmap.dryRun",
  "accessmap.sync",
  "accessmap.showGroup",
  "accessmap.why",
  "editor.action.triggerSuggest",
];

export interface ServerOptions {
  readonly context: ExtensionContext;
  readonly log: LogOutputChannel;
  readonly answerExchange: AnswerExchange;
  readonly onStatus: (status: ProjectStatus) => void;
  readonly onStopped: () => void;
  /** Rows of the activity view may be other ones. */
  readonly onRowsChanged: () => void;
}

export interface Server {
  start(): Promise<void>;
  stop(): Promise<void>;
  restart(): Promise<void>;
  /** Rejects when the server is not running or refuses. */
  request<Params extends object, Result>(
    request: Request<Params, Result>,
    params: Params,
    token?: CancellationToken,
  ): Promise<Result>;
  /** Credentials or trust changed; the server reads again by itself. */
  announceConnections(change?: ConnectionsChangedParams): Promise<void>;
  /** Progress of one request, by the token given in its parameters. */
  onProgress(token: string, listener: (progress: WorkDone) => void): { dispose(): void };
}

export interface WorkDone {
  readonly message?: string;
  readonly percentage?: number;
}

type Library = typeof import("vscode-languageclient/node");

interface Opened {
  readonly client: LanguageClient;
  readonly library: Library;
}

/**
 * Loads the library when it is needed and not before: it is four fifths of the extension, and editors wait for `activate`,
 * also for what it leaves to be done within the same turn.
 */
async function open(options: ServerOptions): Promise<Opened> {
  await new Promise(setImmediate);
  const library = await import("vscode-languageclient/node");
  return { library, client: createClient(options, library) };
}

/**
 * Nothing runs before `start`. A request that the server's end cut off fails with words for people; other errors pass
 * as they are.
 */
export function createServer(options: ServerOptions): Server {
  let opened: Promise<Opened> | undefined;
  const whenOpen = () => {
    opened ??= open(options);
    return opened;
  };
  return {
    async start() {
      const [{ client }] = await Promise.all([whenOpen(), workspace.fs.createDirectory(storageOf(options.context))]);
      await client.start();
    },
    async stop() {
      if (opened) await stop(await opened);
    },
    async restart() {
      const server = await whenOpen();
      await stop(server);
      await server.client.start();
    },
    async request(request, params, token) {
      const { client } = await whenOpen();
      try {
        // An absent token must not be passed on: it would be taken for a second parameter.
        return await (token ? client.sendRequest(request, params, token) : client.sendRequest(request, params));
      } catch (error) {
        throw hasEnded(error) ? new Advice(l10n.t("The language server ended before it had finished.")) : error;
      }
    },
    announceConnections: async (change = {}) =>
      (await whenOpen()).client.sendNotification(connectionsChangedNotification, change),
    onProgress(token, listener) {
      const listening = whenOpen().then(({ client, library }) =>
        client.onProgress(library.WorkDoneProgress.type, token, (value) => {
          if (value.kind !== "end") listener(value);
        }),
      );
      return { dispose: () => void listening.then((one) => one.dispose()) };
    },
  };
}

function createClient(
  { context, log, answerExchange, onStatus, onStopped, onRowsChanged }: ServerOptions,
  { LanguageClient, State, TransportKind }: Library,
): LanguageClient {
  const module = context.asAbsolutePath("dist/server.js");
  const client = new LanguageClient(
    "accessmap",
    "accessmap",
    { run: { module, transport: TransportKind.ipc }, debug: { module, transport: TransportKind.ipc } },
    {
      documentSelector: [{ scheme: "file", language: "accessmap" }],
      outputChannel: log,
      // A function, so that a restart sees the trust of that moment.
      initializationOptions: (): InitializationOptions => ({
        exchange: true,
        storage: storageOf(context).fsPath,
        shared: context.globalStorageUri.fsPath,
        rulePages: RULE_PAGES,
        commands: COMMANDS,
        trusted: workspace.isTrusted,
      }),
    },
  );
  client.onRequest<ExchangeResult, void>(exchangeRequest, answerExchange);
  client.onNotification(statusNotification, onStatus);
  client.onNotification(rowsChangedNotification, onRowsChanged);
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Stopped) onStopped();
  });
  return client;
}

/** `PendingResponseRejected` and `ConnectionInactive` of the protocol. */
function hasEnded(error: unknown): boolean {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return code === -32097 || code === -32096;
}

/** A client that is starting cannot be stopped, and one that failed to start needs no stop. */
async function stop({ client, library }: Opened): Promise<void> {
  if (client.state === library.State.Running) await client.stop();
}

/** What is kept of this workspace's live systems; of all windows without one. */
function storageOf(context: ExtensionContext): Uri {
  return context.storageUri ?? Uri.joinPath(context.globalStorageUri, "no-workspace");
}
