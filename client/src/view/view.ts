/** The activity view: its tree, its filter, and the messages where there is nothing to show. */

import { commands, type Disposable, l10n, type Memento, window, workspace } from "vscode";
import { type ProjectStatus, rowsRequest, type ViewRow } from "../../../server/src/lsp/protocol.ts";
import { describeError } from "../log.ts";
import type { Projects } from "../projects.ts";
import type { Server } from "../server/languageClient.ts";
import { projectName } from "../targets.ts";
import { registerDecorations } from "./decorations.ts";
import { idOf, type Node } from "./node.ts";
import { type Notice, noticesFor, withFreshness } from "./notices.ts";
import { toTreeItem } from "./rowItem.ts";
import { createTree } from "./tree.ts";

const VIEW = "accessmap.access";

export interface AccessView extends Disposable {
  /** The server says that rows may be other ones. */
  refresh(): void;
  /** Asks for words that rows must have; the view follows while they are typed. */
  askFilter(): void;
  clearFilter(): Promise<void>;
  /** The row that a command without one is about. What is merely focused the editor does not tell (VS Code 1.139). */
  selected(): Node | undefined;
}

export interface ViewOptions {
  readonly server: Server;
  readonly projects: Projects;
  readonly ready: () => Promise<void>;
  /** The workspace's: what is filtered stays so over a reload. */
  readonly memory: Memento;
}

const FILTER = "view.filter";

/**
 * The filter is kept in `memory` from session to session. A change that comes while the view is hidden is caught up on
 * when it shows.
 */
export function createAccessView({ server, projects, ready, memory }: ViewOptions): AccessView {
  let notices: readonly Notice[] = [];
  let filter = memory.get(FILTER, "");
  let hidden = 0;
  let isMissed = false;

  const tree = createTree({
    filter,
    async ask(params) {
      try {
        await ready();
        return await server.request(rowsRequest, params);
      } catch (error) {
        return { rows: [failedRow(describeError(error))], hidden: 0 };
      }
    },
    atTop: (rows) => {
      notices = rows.length === 0 ? [] : noticesFor(projects.systems(), workspace.isTrusted);
      return [...notices.map(noticeRow), ...rows.map((row) => fresh(row, projects.all()))];
    },
    toItem: (node) =>
      toTreeItem(
        node,
        notices.find(({ key }) => idOf("", [key]) === node.id),
      ),
    onHidden(number) {
      hidden = number;
      tellFilter();
    },
  });
  const view = window.createTreeView<Node>(VIEW, { treeDataProvider: tree, showCollapseAll: true });

  function tellFilter(): void {
    // A section that was never opened hides rows that nobody has counted; its own row says how many are left of how many.
    const words =
      hidden === 0
        ? l10n.t("Only “{0}”.", filter)
        : l10n.t("Only “{0}”. {1} rows of open sections are hidden.", filter, hidden);
    view.message = filter === "" ? "" : words;
  }

  /** What nobody sees is looked at when somebody does. */
  function refresh(): void {
    if (view.visible) void tree.refresh();
    else isMissed = true;
  }

  /** Menus ask for it. */
  function markFiltered(): void {
    void commands.executeCommand("setContext", "accessmap.isFiltered", filter !== "");
  }

  async function setFilter(next: string): Promise<void> {
    filter = next.trim();
    markFiltered();
    tellFilter();
    await memory.update(FILTER, filter === "" ? undefined : filter);
    const narrowed = await tree.setFilter(filter);
    // What is looked for would stay behind a closed row. By the next word typed a row may be gone.
    const isLast = () => filter === next.trim();
    for (const node of narrowed)
      if (isLast()) await view.reveal(node, { expand: true, select: false, focus: false }).then(undefined, () => {});
  }

  markFiltered();
  tellFilter();
  const subscriptions: Disposable[] = [
    view,
    tree,
    registerDecorations(),
    view.onDidExpandElement(({ element }) => tree.opened(element)),
    view.onDidCollapseElement(({ element }) => tree.closed(element)),
    view.onDidChangeVisibility(({ visible }) => {
      if (visible && isMissed) refresh();
      if (visible) isMissed = false;
    }),
    projects.onDidChange(refresh),
    workspace.onDidGrantWorkspaceTrust(refresh),
  ];

  return {
    refresh,
    askFilter() {
      const box = window.createInputBox();
      box.title = l10n.t("Filter Access");
      box.placeholder = l10n.t("Words in names of groups, roles, people or findings");
      box.value = filter;
      box.onDidChangeValue((value) => void setFilter(value));
      box.onDidAccept(() => box.hide());
      box.onDidHide(() => box.dispose());
      box.show();
    },
    clearFilter: () => setFilter(""),
    selected: () => view.selection[0],
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

function fresh(row: ViewRow, projects: readonly ProjectStatus[]): ViewRow {
  const systems = projects.find(({ folder }) => folder === row.folder)?.systems ?? [];
  const dated = row.kind === "organization" ? withFreshness(row, systems, Date.now()) : row;
  // Two projects of a window may name an organization alike. In front, where a narrow view does not cut it off.
  if (projects.length < 2) return dated;
  return { ...dated, detail: [projectName(row.folder), dated.detail].filter(Boolean).join(" · ") };
}

function noticeRow({ key, label }: Notice): ViewRow {
  return { key, kind: "note", label, folder: "" };
}

function failedRow(message: string): ViewRow {
  return { key: "failed", kind: "note", label: message, tone: "error", folder: "" };
}
