/** Rows of text under headings, as Markdown and for a terminal. CSV is made where files are written. */

import { prose } from "../features/support/markdown.ts";

/** All rows have as many cells as there are columns. */
export interface Sheet {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A Markdown table; nothing in a cell can end it or become markup. */
export function markdownTable({ columns, rows }: Sheet): string {
  const line = (cells: readonly string[]) => `| ${cells.map(prose).join(" | ")} |`;
  return [line(columns), `|${columns.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n");
}

/** Columns side by side, without headings. Empty ones are left out. */
export function alignedLines({ columns, rows }: Sheet, indent = "  "): readonly string[] {
  const widths = columns.map((_, at) => Math.max(0, ...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    `${indent}${row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .filter((_, at) => widths[at] !== 0)
      .join("  ")}`.trimEnd(),
  );
}
