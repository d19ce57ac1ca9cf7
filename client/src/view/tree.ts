/**
 * The activity view's tree. Levels that are open are asked for again when the server says that something changed, and
 * only those that differ are drawn anew: nothing flickers, and nothing is read from live systems because of typing.
 */

import { EventEmitter, type TreeDataProvider, type TreeItem } from "vscode";
import type { RowsParams, RowsResult, ViewRow } from "../../../server/src/lsp/protocol.ts";
import { idOf, type Node } from "./node.ts";

/** Asks the server for a level. Never rejects: what went wrong is a row. */
export type AskRows = (params: RowsParams) => Promise<RowsResult>;

export interface TreeOptions {
  /** Words that rows must have from the start. */
  readonly filter?: string;
  readonly ask: AskRows;
  /** Rows of the top are looked at before they are shown: the client knows more about its own state. */
  readonly atTop: (rows: readonly ViewRow[]) => readonly ViewRow[];
  readonly toItem: (node: Node) => TreeItem;
  /** The number of rows that the filter or the limit hides, after every change. */
  readonly onHidden: (hidden: number) => void;
}

export interface Tree extends TreeDataProvider<Node> {
  getParent(node: Node): Node | undefined;
  /** Something may have changed: looks at the levels that are open. Calls gather. */
  refresh(): Promise<void>;
  /** Answers with the closed rows below which it leaves few enough to look at. */
  setFilter(filter: string): Promise<readonly Node[]>;
  opened(node: Node): void;
  closed(node: Node): void;
  dispose(): void;
}

interface Level {
  readonly node: Node | undefined;
  nodes: readonly Node[];
  hidden: number;
  isOpen: boolean;
  /** Something changed while it was closed. */
  isStale: boolean;
  /** Settles when it was read for the first time. */
  ready: Promise<void>;
}

/** Key of the top level; no node has it. */
const TOP = "";

/** Rows that fit where somebody looks for one by its name. */
const FEW = 20;

/** Levels are asked for when somebody opens them; `ask` never fails, but tells a failure as a row. */
export function createTree({ ask, atTop, toItem, onHidden, filter: first = "" }: TreeOptions): Tree {
  const changed = new EventEmitter<Node | undefined>();
  const levels = new Map<string, Level>();
  const nodes = new Map<string, Node>();
  let filter = first;
  let looking: Promise<void> | undefined;
  let isAskedAgain = false;

  async function read(node: Node | undefined, isOpening: boolean): Promise<RowsResult> {
    const where = node ? { folder: node.row.folder, path: node.path } : {};
    const result = await ask({ ...where, filter, ...(isOpening ? { isOpening } : {}) });
    return node ? result : { ...result, rows: atTop(result.rows) };
  }

  function toNodes(parent: Node | undefined, rows: readonly ViewRow[]): readonly Node[] {
    return rows.map((row) => {
      const path = [...(parent?.path ?? []), row.key];
      const id = idOf(row.folder, path);
      const node = nodes.get(id) ?? { id, parent, path, row };
      node.row = row;
      nodes.set(id, node);
      return node;
    });
  }

  /** True when the level is another one than before. */
  function take(level: Level, { rows, hidden }: RowsResult): boolean {
    const before = JSON.stringify(level.nodes.map(({ row }) => row));
    const kept = new Set(rows.map((row) => idOf(row.folder, [...(level.node?.path ?? []), row.key])));
    for (const gone of level.nodes) if (!kept.has(gone.id)) forget(gone);
    level.nodes = toNodes(level.node, rows);
    level.hidden = hidden;
    level.isStale = false;
    return before !== JSON.stringify(rows);
  }

  function open(node: Node | undefined): Level {
    const level: Level = { node, nodes: [], hidden: 0, isOpen: true, isStale: false, ready: Promise.resolve() };
    levels.set(node?.id ?? TOP, level);
    level.ready = read(node, node !== undefined).then((result) => {
      take(level, result);
      tellHidden();
    });
    return level;
  }

  function forget(node: Node): void {
    for (const child of levels.get(node.id)?.nodes ?? []) forget(child);
    levels.delete(node.id);
    nodes.delete(node.id);
  }

  function isShown(level: Level): boolean {
    if (!level.isOpen) return false;
    const above = level.node && levels.get(level.node.parent?.id ?? TOP);
    return level.node === undefined || (above !== undefined && isShown(above));
  }

  async function look(): Promise<void> {
    for (const [key, level] of [...levels]) {
      if (levels.get(key) !== level) continue; // it went with a row above
      if (isShown(level)) await lookAt(level);
      else level.isStale = true;
    }
    tellHidden();
  }

  async function lookAt(level: Level): Promise<void> {
    await level.ready;
    if (take(level, await read(level.node, false))) changed.fire(level.node);
  }

  function isNarrowed({ id, row: { matches = 0 } }: Node): boolean {
    return matches > 0 && matches <= FEW && !levels.get(id)?.isOpen;
  }

  function tellHidden(): void {
    onHidden([...levels.values()].reduce((sum, level) => sum + (isShown(level) ? level.hidden : 0), 0));
  }

  async function lookAgain(): Promise<void> {
    do {
      isAskedAgain = false;
      await look();
    } while (isAskedAgain);
    looking = undefined;
  }

  function refresh(): Promise<void> {
    isAskedAgain = true;
    looking ??= lookAgain();
    return looking;
  }

  return {
    onDidChangeTreeData: changed.event,
    getTreeItem: toItem,
    getParent: ({ parent }) => parent,
    async getChildren(node) {
      const key = node?.id ?? TOP;
      const level = levels.get(key) ?? open(node);
      await level.ready;
      return [...level.nodes];
    },
    refresh,
    async setFilter(next) {
      filter = next;
      await refresh();
      return [...levels.values()].filter(isShown).flatMap((level) => level.nodes.filter(isNarrowed));
    },
    opened(node) {
      const level = levels.get(node.id);
      if (!level) return;
      level.isOpen = true;
      if (level.isStale) void lookAt(level).then(tellHidden);
      else tellHidden();
    },
    closed(node) {
      const level = levels.get(node.id);
      if (level) level.isOpen = false;
      tellHidden();
    },
    dispose: () => changed.dispose(),
  };
}
