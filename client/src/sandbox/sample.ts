/** The sample workspace: a project in the extension's own storage, with a sandbox that stands in for Okta and Datadog. */

import { commands, type ExtensionContext, FileType, type LogOutputChannel, l10n, Uri, window, workspace } from "vscode";
import type { Dialogs } from "../dialogs.ts";
import { describeError } from "../log.ts";
import { type Drill, drillOf } from "./drill.ts";
import { type SandboxProcess, startSandbox, writeSample } from "./sandboxProcess.ts";

const MODULE = "dist/sandbox.js";
const FOLDER = /^sample-(\d+)$/;
/** Remembers across the window's reload that the sample was just asked for. */
const OPENED = "sample.opened";
const FIRST_FILE = "access/platform.accessmap.yaml";

/** Writes a fresh sample and opens it in this window. */
export async function openSample(context: ExtensionContext): Promise<void> {
  const folder = await nextFolder(context.globalStorageUri);
  await writeSample(context.asAbsolutePath(MODULE), folder.fsPath);
  await context.globalState.update(OPENED, folder.fsPath);
  await commands.executeCommand("vscode.openFolder", folder, { forceReuseWindow: true });
}

/** Shows a file with findings when the sample was just opened, and says what to do there: a newcomer knows neither. */
export async function showFirstFile(context: ExtensionContext, dialogs: Dialogs): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  if (!folder || context.globalState.get(OPENED) !== folder.fsPath) return;
  await context.globalState.update(OPENED, undefined);
  await window.showTextDocument(Uri.joinPath(folder, FIRST_FILE), { preview: false });
  if (!workspace.isTrusted) await trustGiven(dialogs);
  const words = l10n.t(
    "This company lives on this machine; nothing real is contacted. Point at a group, open the light bulb at what is red, then look at what a push would change.",
  );
  dialogs.tell("info", words, {
    [l10n.t("Dry Run")]: "accessmap.dryRun",
    [l10n.t("Access Map")]: "accessmap.openMap",
  });
}

/** Says what is missing, once, and waits for it. */
function trustGiven(dialogs: Dialogs): Promise<void> {
  const words = l10n.t(
    "Trust this folder to see the sample alive: without trust nothing is contacted, the company on this machine neither.",
  );
  dialogs.tell("info", words, { [l10n.t("Manage Workspace Trust")]: "workbench.trust.manage" });
  return new Promise((given) => {
    const subscription = workspace.onDidGrantWorkspaceTrust(() => {
      subscription.dispose();
      given();
    });
  });
}

/** Where requests of this window go: to the sample's sandbox, to the one `ACCESSMAP_LOOPBACK` names, or to the real systems. */
export interface DrillSource {
  current(): Promise<Drill>;
  isOn(): boolean;
  /** Starts the sample's sandbox anew on the next question. */
  stop(): void;
}

/**
 * The sandbox starts with the first request of a sample and once at a time. Where it cannot start the request fails,
 * and the next one tries again.
 */
export function createDrillSource(context: ExtensionContext, log: LogOutputChannel): DrillSource {
  let sandbox: Promise<SandboxProcess> | undefined;

  function start(): Promise<SandboxProcess> {
    return startSandbox(context.asAbsolutePath(MODULE), (code) => {
      log.warn(`The sandbox ended (${code ?? "signal"}); it starts again with the next request.`);
      sandbox = undefined;
    });
  }

  return {
    async current() {
      if (!isSample(context)) return drillOf(process.env);
      sandbox ??= start();
      try {
        return (await sandbox).drill;
      } catch (error) {
        sandbox = undefined;
        log.error(`The sandbox did not start: ${describeError(error)}`);
        throw error;
      }
    },
    isOn: () => isSample(context) || (process.env.ACCESSMAP_LOOPBACK ?? "") !== "",
    stop() {
      void sandbox?.then(
        (running) => running.stop(),
        () => {},
      );
      sandbox = undefined;
    },
  };
}

/** Only folders this extension made are answered by a sandbox; a repository cannot pass for one. */
function isSample(context: ExtensionContext): boolean {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  if (!folder) return false;
  const name = folder.path.slice(folder.path.lastIndexOf("/") + 1);
  return FOLDER.test(name) && Uri.joinPath(context.globalStorageUri, name).fsPath === folder.fsPath;
}

async function nextFolder(storage: Uri): Promise<Uri> {
  await workspace.fs.createDirectory(storage);
  const taken = (await workspace.fs.readDirectory(storage)).flatMap(([name, type]) =>
    type === FileType.Directory ? Number(FOLDER.exec(name)?.[1] ?? 0) : [],
  );
  return Uri.joinPath(storage, `sample-${Math.max(0, ...taken) + 1}`);
}
