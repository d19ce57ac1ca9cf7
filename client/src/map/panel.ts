/** The access map in a tab: a page that asks, the server that answers, and the lines that a click goes to. */

import { randomBytes } from "node:crypto";
import {
  commands,
  type Disposable,
  type ExtensionContext,
  env,
  l10n,
  Range,
  ThemeIcon,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from "vscode";
import {
  type ExportMapParams,
  exportMapRequest,
  type MapParams,
  type MapPlace,
  type MapResult,
  type MapView,
  mapRequest,
} from "../../../server/src/lsp/protocol/accessMap.ts";
import { describeError } from "../log.ts";
import { type PlanTools, planOnScreen, targetOfPlan } from "../plan/plans.ts";
import { chooseTarget, keyOf, nameOf, type Target, targetIn } from "../targets.ts";
import type { FromPage, MapState, ToPage } from "./messages.ts";
import { pageOf } from "./page.ts";
import { pageWords } from "./words.ts";

/** What the editor keeps a page of over a reload of its window. */
export const MAP_VIEW = "accessmap.map";
/** Milliseconds without an edit before an open map is drawn anew. */
const PAUSE = 600;

interface Open {
  readonly panel: WebviewPanel;
  /** The plan that the view `plan` is about, when somebody came from one. */
  fingerprint: string | undefined;
  /** The view that somebody came for. A page that was hidden hears of it when it asks again: it begins anew. */
  wanted: MapView | undefined;
}

export interface MapTools extends PlanTools {
  readonly context: ExtensionContext;
}

export interface MapPanels extends Disposable {
  open(tools: MapTools, argument: unknown): Promise<void>;
  /** A page that was open when the window was reloaded; `state` is what the page had kept. */
  restore(tools: MapTools, panel: WebviewPanel, state: unknown): void;
}

/** One panel for each organization; a second request shows the first one's again. */
export function createMapPanels(): MapPanels {
  /** One for each organization. */
  const panels = new Map<string, Open>();

  async function open(tools: MapTools, argument: unknown): Promise<void> {
    const shown = planOnScreen(tools, argument);
    const target = shown ? targetOfPlan(shown) : await chooseTarget(tools, l10n.t("Access map of"), targetIn(argument));
    if (!target) return;
    const wanted = shown && "plan";
    const known = panels.get(keyOf(target));
    if (known) {
      Object.assign(known, { wanted, fingerprint: shown?.plan.fingerprint ?? known.fingerprint });
      if (known.panel.visible) await tell(known.panel, { kind: "stale" });
      return known.panel.reveal();
    }
    const title = l10n.t("Access Map: {0}", nameOf(tools.projects, target));
    const panel = window.createWebviewPanel(MAP_VIEW, title, ViewColumn.Active, { enableFindWidget: true });
    fill(tools, target, { panel, fingerprint: shown?.plan.fingerprint, wanted });
  }

  function fill(tools: MapTools, target: Target, opened: Open): void {
    opened.panel.iconPath = new ThemeIcon("table");
    writePage(tools.context, target, opened.panel);
    panels.set(keyOf(target), opened);
    const wires = wire(tools, target, opened);
    opened.panel.onDidDispose(() => {
      panels.delete(keyOf(target));
      for (const one of wires) one.dispose();
    });
  }

  return {
    open,
    restore(tools, panel, state) {
      const target = targetIn((state as Partial<MapState> | undefined)?.target);
      if (target && !panels.has(keyOf(target)))
        fill(tools, target, { panel, fingerprint: undefined, wanted: undefined });
      else panel.dispose();
    },
    dispose() {
      for (const { panel } of [...panels.values()]) panel.dispose();
    },
  };
}

function writePage({ extensionUri }: ExtensionContext, { folder, organization }: Target, panel: WebviewPanel): void {
  const root = Uri.joinPath(extensionUri, "dist/webview");
  const { webview, title } = panel;
  webview.options = { enableScripts: true, enableForms: false, localResourceRoots: [root] };
  webview.html = pageOf({
    script: webview.asWebviewUri(Uri.joinPath(root, "map.js")).toString(),
    style: webview.asWebviewUri(Uri.joinPath(root, "map.css")).toString(),
    source: webview.cspSource,
    nonce: randomBytes(16).toString("base64url"),
    language: env.language,
    title,
    words: pageWords(),
    target: { folder, organization },
  });
}

/** Answers the page, and tells it when what it shows is old. */
function wire(tools: MapTools, target: Target, opened: Open): Disposable[] {
  const { panel } = opened;
  let timer: NodeJS.Timeout | undefined;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void tell(panel, { kind: "stale" }), PAUSE);
  };
  return [
    panel.webview.onDidReceiveMessage((message: FromPage) => {
      answer(tools, target, opened, message).catch((error: unknown) =>
        tools.dialogs.tell("error", describeError(error)),
      );
    }),
    tools.projects.onDidChange(soon),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (document.languageId === "accessmap" && contentChanges.length > 0) soon();
    }),
    { dispose: () => clearTimeout(timer) },
  ];
}

async function answer(tools: MapTools, target: Target, opened: Open, message: FromPage): Promise<void> {
  switch (message.kind) {
    case "ask": {
      const { wanted } = opened;
      opened.wanted = undefined;
      if (wanted !== undefined && wanted !== message.state.view)
        return tell(opened.panel, { kind: "show", view: wanted });
      return tell(opened.panel, {
        kind: "map",
        id: message.id,
        result: await askMap(tools, target, opened, message.state),
      });
    }
    case "open":
      return openPlace(target, message.place);
    case "export":
      return exportMap(tools, target, opened, message);
    case "dryRun":
      await commands.executeCommand("accessmap.dryRun", target);
      opened.panel.reveal();
      opened.fingerprint = undefined;
      return tell(opened.panel, { kind: "stale" });
  }
}

/** A server that is starting again has no answer yet; the page says so and asks again with the next news. */
async function askMap({ server }: MapTools, target: Target, opened: Open, state: MapState): Promise<MapResult> {
  try {
    return await server.request(mapRequest, paramsFor(target, opened, state));
  } catch (error) {
    return { about: "", problem: describeError(error) };
  }
}

function paramsFor(
  { folder, organization }: Target,
  { fingerprint }: Open,
  { view, by, filters }: MapState,
): MapParams {
  return {
    folder,
    organization,
    view,
    by,
    filter: filters[view] ?? "",
    ...(fingerprint === undefined ? {} : { fingerprint }),
  };
}

/** Beside the map, so that both can be seen. */
async function openPlace({ folder }: Target, { file, line }: MapPlace): Promise<void> {
  const uri = Uri.joinPath(Uri.file(folder), file);
  const selection = new Range(line - 1, 0, line - 1, 0);
  await window.showTextDocument(uri, { viewColumn: ViewColumn.Beside, preview: true, selection });
}

async function exportMap(
  { server, dialogs }: MapTools,
  target: Target,
  opened: Open,
  { format, state }: Extract<FromPage, { kind: "export" }>,
): Promise<void> {
  const proposal = Uri.joinPath(Uri.file(target.folder), `access-map-${target.organization}-${state.view}.${format}`);
  const title = l10n.t("Export Access Map");
  const path = await dialogs.choosePath(title, proposal, { [format.toUpperCase()]: [format] });
  if (path === undefined) return;
  const params: ExportMapParams = { ...paramsFor(target, opened, state), format, path };
  await server.request(exportMapRequest, params);
  dialogs.tell("info", l10n.t("Access map saved to {0}.", workspace.asRelativePath(path)));
}

async function tell({ webview }: WebviewPanel, message: ToPage): Promise<void> {
  await webview.postMessage(message);
}
