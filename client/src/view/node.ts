/** A row of the activity view with its place in the tree. The same object stands for the same row for as long as it is there. */

import type { RowSubject, ViewRow } from "../../../server/src/lsp/protocol.ts";

export interface Node {
  /** Unique in the tree, stable over time. */
  readonly id: string;
  readonly parent: Node | undefined;
  /** Keys from the top, as the server wants them. */
  readonly path: readonly string[];
  row: ViewRow;
}

/** What a row's command is about. */
export type Subject = RowSubject;

/** Unique in the view, and the same for the same row: the editor keeps folds and selection by it. */
export function idOf(folder: string, path: readonly string[]): string {
  return JSON.stringify([folder, ...path]);
}

/** The organization that a node stands below, and the name that questions about it use. */
export function subjectOf(node: Node): Subject {
  let top = node;
  while (top.parent) top = top.parent;
  const { folder, name, label } = node.row;
  return { folder, organization: top.row.name ?? top.row.label, name: name ?? label };
}
