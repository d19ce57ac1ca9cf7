/** The status bar item: the organization, how old its data is, and what could not be read. */

import { type Disposable, MarkdownString, StatusBarAlignment, ThemeColor, window, workspace } from "vscode";
import type { SystemStatus } from "../../server/src/lsp/protocol.ts";
import { describeAge, describeSystem, needsSignIn } from "./freshness.ts";
import type { Projects } from "./projects.ts";

/** Ages are shown in minutes. */
const TICK = 60_000;

/** Text and tooltip of the item; text is undefined where there is nothing to say. */
export interface StatusView {
  readonly text: string | undefined;
  readonly isWarning: boolean;
  readonly tooltip: string;
}

/** Shows the item and keeps it up to date. `command` runs on a click. */
export function showStatus(projects: Projects, isDrill: () => boolean, command: string): Disposable {
  const item = window.createStatusBarItem("accessmap.status", StatusBarAlignment.Left, 10);
  item.name = "accessmap";
  item.command = command;
  const update = () => {
    const view = viewStatus(projects.systems(), { trusted: workspace.isTrusted, drill: isDrill(), now: Date.now() });
    if (view.text === undefined) return item.hide();
    item.text = view.text;
    item.tooltip = new MarkdownString(view.tooltip, true);
    item.backgroundColor = view.isWarning ? new ThemeColor("statusBarItem.warningBackground") : undefined;
    item.show();
  };
  const timer = setInterval(update, TICK);
  const subscription = projects.onDidChange(update);
  update();
  return {
    dispose() {
      clearInterval(timer);
      subscription.dispose();
      item.dispose();
    },
  };
}

/** What the item says about these systems. A missing sign-in is offered, not warned about. */
export function viewStatus(
  systems: readonly SystemStatus[],
  at: { readonly trusted: boolean; readonly drill: boolean; readonly now: number },
): StatusView {
  const name = systems
    .filter((system) => system.kind === "organization")
    .map((system) => system.name)
    .join(", ");
  if (systems.length === 0) return { text: undefined, isWarning: false, tooltip: "" };
  const failed = systems.filter((system) => system.failure && system.state !== "reading");
  const isWarning = at.trusted && failed.some((system) => !needsSignIn(system));
  const text = `${icon(systems, failed, at.trusted)} ${name}: ${phrase(systems, failed, at)}`;
  return { text, isWarning, tooltip: tooltip(systems, at) };
}

function icon(systems: readonly SystemStatus[], failed: readonly SystemStatus[], trusted: boolean): string {
  if (!trusted) return "$(shield)";
  if (systems.some((system) => system.state === "reading")) return "$(sync~spin)";
  if (failed.length === 0) return "$(organization)";
  return failed.every(needsSignIn) ? "$(key)" : "$(warning)";
}

function phrase(
  systems: readonly SystemStatus[],
  failed: readonly SystemStatus[],
  at: { readonly trusted: boolean; readonly drill: boolean; readonly now: number },
): string {
  if (!at.trusted) return "not trusted, files only";
  if (systems.some((system) => system.state === "reading")) return "reading";
  if (failed.length > 0) {
    const names = failed.map((system) => system.name).join(", ");
    return failed.every(needsSignIn) ? `sign in to ${names}` : `${names} not checked`;
  }
  const oldest = systems.flatMap((system) => system.asOf ?? []).sort()[0];
  const age = oldest === undefined ? "not read yet" : `read ${describeAge(oldest, at.now)}`;
  return at.drill ? `sandbox, ${age}` : age;
}

function tooltip(systems: readonly SystemStatus[], at: { readonly drill: boolean; readonly now: number }): string {
  const rows = systems.map((system) => `- **${system.name}** (${system.vendor}): ${describeSystem(system, at.now)}`);
  const where = at.drill ? "\n\nA sandbox on this machine stands in for the real systems." : "";
  return `**accessmap**\n\n${rows.join("\n")}${where}\n\nClick to refresh, sign in or see the log.`;
}
