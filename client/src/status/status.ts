/** The status bar item: the organization, how old its data is, and what could not be read. */

import { type Disposable, l10n, MarkdownString, StatusBarAlignment, ThemeColor, window, workspace } from "vscode";
import type { Current } from "../current.ts";
import type { Projects } from "../projects.ts";
import { currentOf, nameOf, organizationsIn } from "../targets.ts";
import { type StatusView, viewStatus } from "./statusView.ts";

/** Ages are shown in minutes. */
const TICK = 60_000;

export interface StatusOptions {
  readonly projects: Projects;
  readonly current: Current;
  readonly isDrill: () => boolean;
  /** Runs on a click. */
  readonly command: string;
}

/** Shows the item and keeps it up to date. */
export function showStatus({ projects, current, isDrill, command }: StatusOptions): Disposable {
  const item = window.createStatusBarItem("accessmap.status", StatusBarAlignment.Left, 10);
  item.name = "accessmap";
  item.command = command;
  const update = () => {
    const drill = isDrill();
    const all = organizationsIn(projects);
    const chosen = currentOf(all, current);
    const organizations = (chosen ? [chosen] : all).map((target) => nameOf(projects, target)).join(", ");
    const moment = { trusted: workspace.isTrusted, drill, now: Date.now(), organizations };
    const view = viewStatus(projects.systems(), moment);
    if (!view) return item.hide();
    item.text = view.text;
    item.accessibilityInformation = { label: view.text.replaceAll(/\$\([\w~-]+\)\s*/g, ""), role: "button" };
    item.tooltip = tooltipFor(view, drill);
    item.backgroundColor = view.isWarning ? new ThemeColor("statusBarItem.warningBackground") : undefined;
    item.show();
  };
  const timer = setInterval(update, TICK);
  const subscriptions = [
    projects.onDidChange(update),
    current.onDidChange(update),
    workspace.onDidGrantWorkspaceTrust(update),
  ];
  update();
  return {
    dispose() {
      clearInterval(timer);
      for (const subscription of subscriptions) subscription.dispose();
      item.dispose();
    },
  };
}

/** Names come from files and messages from vendors, so both are added as text: nothing in them becomes a link or picture. */
function tooltipFor({ rows }: StatusView, drill: boolean): MarkdownString {
  const tooltip = new MarkdownString("**accessmap**\n\n");
  for (const { name, text } of rows) {
    tooltip.appendMarkdown("- **").appendText(name).appendMarkdown("**: ").appendText(text).appendMarkdown("\n");
  }
  if (drill) tooltip.appendMarkdown(`\n${l10n.t("A sandbox on this machine stands in for the real systems.")}\n`);
  return tooltip.appendMarkdown(`\n${l10n.t("Click to refresh, switch, sign in or see the log.")}`);
}
