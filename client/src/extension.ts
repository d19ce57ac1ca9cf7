/** Wires the extension: log, secrets, server, commands and status, and their end. */

import { authentication, type ExtensionContext, l10n, window, workspace } from "vscode";
import { projectsRequest, refreshRequest } from "../../server/src/lsp/protocol.ts";
import { showBelonging } from "./belonging.ts";
import { type CommandTools, registerCommands } from "./commands.ts";
import { createCurrent } from "./current.ts";
import { type Dialogs, dialogs as editorDialogs } from "./dialogs.ts";
import { registerLanguageModelTools } from "./languageModelTools.ts";
import { describeError, openLog } from "./log.ts";
import { createMapPanels, MAP_VIEW } from "./map/panel.ts";
import { watchOtherLanguages } from "./otherLanguage.ts";
import { createPlanDocuments } from "./plan/planDocument.ts";
import { watchInterrupted } from "./plan/recovery.ts";
import { createProjects, type Projects } from "./projects.ts";
import { registerRulePages } from "./rulePages.ts";
import { createDrillSource, showFirstFile } from "./sandbox/sample.ts";
import { createExchange } from "./server/exchange.ts";
import { keepFresh } from "./server/keepFresh.ts";
import { createServer, type Server } from "./server/languageClient.ts";
import { createMicrosoftSignIn } from "./signIn/microsoft.ts";
import { remindOfRotation } from "./signIn/rotation.ts";
import { createSecretStore } from "./signIn/secretStore.ts";
import { settings } from "./signIn/settings.ts";
import { showStatus } from "./status/status.ts";
import { STATUS_COMMAND } from "./status/statusMenu.ts";
import { createAccessView } from "./view/view.ts";

/** What other extensions and tests get from `activate`. */
export interface ExtensionApi {
  readonly projects: Projects;
  /** Milliseconds that the editor waited for `activate`. */
  readonly activationMs: number;
  /** Settles when the language server runs. */
  readonly ready: () => Promise<void>;
  /** Questions to the person; replaceable, so that a test can answer them. */
  readonly dialogs: { -readonly [Name in keyof Dialogs]: Dialogs[Name] };
}

/** The editor calls `deactivate` without a context, so the running server is kept here. */
let running: Server | undefined;

/**
 * Begins everything and returns at once: the server starts in the background, and whoever needs it waits. What is
 * answered is for the tests of the editor.
 */
export function activate(context: ExtensionContext): ExtensionApi {
  const begun = performance.now();
  const log = openLog(context.extension);
  const projects = createProjects();
  const documents = createPlanDocuments();
  const maps = createMapPanels();
  const drill = createDrillSource(context, log);
  const store = createSecretStore(context.secrets, () => new Date().toISOString().slice(0, 10));
  const microsoft = createMicrosoftSignIn((provider, scopes, options) =>
    authentication.getSession(provider, scopes, options),
  );
  const dialogs = { ...editorDialogs };
  const current = createCurrent(context.workspaceState);
  const server = createServer({
    context,
    log,
    answerExchange: createExchange({
      store,
      microsoft,
      drill: () => drill.current(),
      systemsNamed: (connection) => projects.systems().filter(({ name }) => name === connection),
      log,
    }),
    onStatus: (status) => projects.update(status),
    onStopped: () => projects.clear(),
    onRowsChanged: () => view.refresh(),
  });
  running = server;

  const started = server.start().catch((error: unknown) => {
    log.error(`The language server did not start: ${describeError(error)}`);
    throw new Error(l10n.t("The accessmap language server did not start. See the log."));
  });
  const ready = () => started;
  const whenKnown = async () => {
    await started;
    for (const status of await server.request(projectsRequest, {})) projects.update(status);
  };
  const view = createAccessView({ server, projects, ready, memory: context.workspaceState });

  const tools: CommandTools = {
    context,
    log,
    projects,
    current,
    documents,
    maps,
    drill,
    store,
    microsoft,
    settings,
    dialogs,
    server,
    view,
    ready,
    whenKnown,
  };

  context.subscriptions.push(
    log,
    projects,
    documents,
    maps,
    view,
    registerRulePages(server),
    ...registerLanguageModelTools(server, ready),
    { dispose: () => drill.stop() },
    showStatus({ projects, current, isDrill: () => drill.isOn(), command: STATUS_COMMAND }),
    remindOfRotation({ memory: context.globalState, store, projects, dialogs, isDrill: () => drill.isOn() }),
    keepFresh(projects, (cause) => void server.request(refreshRequest, { cause })),
    watchInterrupted({ projects, server, dialogs }),
    watchOtherLanguages(dialogs),
    showBelonging(projects, whenKnown()),
    workspace.onDidGrantWorkspaceTrust(() => server.announceConnections({ trusted: true })),
    ...registerCommands(tools),
    window.registerWebviewPanelSerializer(MAP_VIEW, {
      deserializeWebviewPanel: async (panel, state) => maps.restore(tools, panel, state),
    }),
  );
  // Nobody waits for the server here; who needs it asks `ready`, and hears of a failure there.
  started.catch(() => {});
  void showFirstFile(context, dialogs);
  return { projects, activationMs: performance.now() - begun, ready, dialogs };
}

/** Ends the server. VS Code waits some seconds for this, and disposes of the rest itself. */
export async function deactivate(): Promise<void> {
  await running?.stop();
  running = undefined;
}
