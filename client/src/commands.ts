/** The palette commands, one small function each, and what all of them do first and last. */

import {
  commands,
  type Disposable,
  type ExtensionContext,
  type LogOutputChannel,
  l10n,
  ProgressLocation,
  window,
  workspace,
} from "vscode";
import { purgeRequest, type RowSubject, refreshRequest, type WhyParams } from "../../server/src/lsp/protocol.ts";
import type { Actions } from "./dialogs.ts";
import { importAccess } from "./importAccess.ts";
import { describeError } from "./log.ts";
import type { MapPanels } from "./map/panel.ts";
import { newProject } from "./newProject.ts";
import { tellNoSystem } from "./noSystem.ts";
import { ASSOCIATE_COMMAND, associate } from "./otherLanguage.ts";
import { copyPlan, savePlan } from "./plan/planFiles.ts";
import { dryRun, type PlanTools, refreshPlan, sync, undo } from "./plan/plans.ts";
import { abandon, resume } from "./plan/recovery.ts";
import { ask, showGroup } from "./questions.ts";
import { type DrillSource, openSample } from "./sandbox/sample.ts";
import { type SignInTools, signIn, signOut } from "./signIn/signIn.ts";
import { tryOut } from "./signIn/tryOut.ts";
import { describeUnread, needsSignIn } from "./status/freshness.ts";
import { STATUS_COMMAND, showStatusMenu, switchOrganization } from "./status/statusMenu.ts";
import { askStep } from "./steps.ts";
import { ROW_COMMANDS } from "./view/actions.ts";
import type { AccessView } from "./view/view.ts";
import { markDone } from "./walkthrough.ts";
import { showWhy } from "./why.ts";

/** Extension and walkthrough, as the manifest names them. */
const WALKTHROUGH = "accessmap.accessmap#accessmap.start";

export interface CommandTools extends PlanTools, SignInTools {
  readonly context: ExtensionContext;
  readonly log: LogOutputChannel;
  readonly drill: DrillSource;
  readonly view: AccessView;
  readonly maps: MapPanels;
  /** Settles when the server has started or failed to. */
  readonly ready: () => Promise<void>;
  /** Settles when the projects of the window are known. */
  readonly whenKnown: () => Promise<void>;
}

/** Milliseconds that a note stays in the status bar. */
const NOTE_TIME = 4_000;

type Command = (tools: CommandTools, argument: unknown) => unknown;

/** Commands about a project ask for one first; the others work everywhere. */
const COMMANDS: Readonly<Record<string, Command>> = {
  "accessmap.dryRun": needsLive(dryRun),
  "accessmap.sync": needsLive(sync),
  "accessmap.openMap": needsProject((tools, argument) => tools.maps.open(tools, argument)),
  "accessmap.undo": needsLive(undo),
  "accessmap.resume": needsLive(resume),
  "accessmap.abandon": needsProject(abandon),
  "accessmap.refreshPlan": needsLive(refreshPlan),
  "accessmap.savePlan": savePlan,
  "accessmap.copyPlan": copyPlan,
  "accessmap.whoCan": needsProject((tools) => ask(tools, "whoCan")),
  "accessmap.explain": needsProject((tools) => ask(tools, "explain")),
  "accessmap.escalation": needsProject((tools) => ask(tools, "escalation")),
  "accessmap.whatIf": needsProject((tools) => ask(tools, "whatIf")),
  "accessmap.login": needsProject((tools) => ask(tools, "login")),
  "accessmap.refresh": needsLive(refresh),
  "accessmap.signIn": needsLive(offerSignIn),
  "accessmap.signOut": async ({ store, dialogs, server }) => {
    if (await signOut(store, dialogs)) await server.announceConnections();
  },
  "accessmap.getStarted": () => commands.executeCommand("workbench.action.openWalkthrough", WALKTHROUGH, false),
  "accessmap.newProject": (tools) => newProject({ ...tools, askStep }),
  "accessmap.importAccess": needsLive(importAccess),
  "accessmap.openSample": ({ context }) => openSample(context),
  "accessmap.showLog": ({ log }) => log.show(),
  "accessmap.restart": restart,
  "accessmap.purge": purge,
  "accessmap.showGroup": needsProject((tools, argument) => showGroup(tools, argument as RowSubject | undefined)),
  // A project file that cannot be read names no system, and is red.
  "accessmap.why": async (tools, argument) => {
    await tools.ready();
    return showWhy(tools, argument as WhyParams | undefined);
  },
  "accessmap.switchOrganization": needsProject(switchOrganization),
  "accessmap.view.filter": ({ view }) => view.askFilter(),
  "accessmap.view.clearFilter": ({ view }) => view.clearFilter(),
  [ASSOCIATE_COMMAND]: associate,
  [STATUS_COMMAND]: needsProject(showStatusMenu),
  ...ROW_COMMANDS,
};

/** Registers every command. A failure is shown with what can be done about it, and is never thrown at the caller. */
export function registerCommands(tools: CommandTools): Disposable[] {
  return Object.entries(COMMANDS).map(([id, command]) =>
    commands.registerCommand(id, async (argument: unknown) => {
      try {
        return await command(tools, argument);
      } catch (error) {
        if (isCancellation(error)) return undefined;
        tools.log.error(`${id}: ${describeError(error)}`);
        tools.dialogs.tell("error", describeError(error), remedies(tools));
        return undefined;
      }
    }),
  );
}

function needsProject(command: Command): Command {
  return async (tools, argument) => {
    await tools.whenKnown();
    if (tools.projects.systems().length > 0) return command(tools, argument);
    return tellNoSystem(tools.dialogs);
  };
}

function needsLive(command: Command): Command {
  return needsProject(async (tools, argument) => {
    if (workspace.isTrusted) return command(tools, argument);
    const why = l10n.t("This workspace is not trusted, so accessmap contacts nothing and uses no credentials.");
    tools.dialogs.tell("warning", why, { [l10n.t("Manage Workspace Trust")]: "workbench.trust.manage" });
    return undefined;
  });
}

/** Whoever asks for it is told what could not be read; that all was read the status bar says. */
async function refresh({ server, projects, dialogs }: CommandTools): Promise<void> {
  const options = { location: ProgressLocation.Window, title: l10n.t("accessmap: reading live systems") };
  await window.withProgress(options, () => server.request(refreshRequest, { cause: "command" }));
  const unread = describeUnread(projects.systems());
  if (!unread) return;
  const { text, signInHelps } = unread;
  if (signInHelps) dialogs.tell("info", text, { [l10n.t("Sign In")]: "accessmap.signIn" });
  else dialogs.tell("warning", text, { [l10n.t("Show Log")]: "accessmap.showLog" });
}

async function offerSignIn(tools: CommandTools): Promise<void> {
  const { projects, dialogs, drill } = tools;
  if (drill.isOn()) {
    dialogs.tell("info", l10n.t("A sandbox stands in for the real systems in this window; no sign-in is needed."));
    return;
  }
  const connections = projects.connections();
  if (connections.length === 0) {
    dialogs.tell("info", l10n.t("accessmap.yaml names no system that can be signed in to."));
    return;
  }
  const kept = await signIn(connections, tools);
  if (!kept) return;
  markDone("signedIn");
  await tryOut(kept, tools);
}

async function restart({ server, drill, whenKnown }: CommandTools): Promise<void> {
  const options = { location: ProgressLocation.Window, title: l10n.t("accessmap: restarting the language server") };
  await window.withProgress(options, async () => {
    drill.stop();
    await server.restart();
    await whenKnown();
  });
  window.setStatusBarMessage(`$(check) ${l10n.t("Language server restarted")}`, NOTE_TIME);
}

async function purge({ server, dialogs, ready }: CommandTools): Promise<void> {
  await ready();
  const { length } = await server.request(purgeRequest, {});
  const deleted =
    length === 1
      ? l10n.t("Deleted 1 file of kept live data. Credentials are not touched.")
      : l10n.t("Deleted {0} files of kept live data. Credentials are not touched.", length);
  dialogs.tell("info", length === 0 ? l10n.t("Nothing was kept.") : deleted);
}

/** Buttons that may help after a failure. */
function remedies({ projects }: CommandTools): Actions {
  const signInHelps = projects.connections().some(needsSignIn);
  return {
    ...(signInHelps ? { [l10n.t("Sign In")]: "accessmap.signIn" } : {}),
    [l10n.t("Show Log")]: "accessmap.showLog",
  };
}

/** `RequestCancelled` of the protocol: the person pressed Cancel and needs no message about it. */
function isCancellation(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === -32800;
}
