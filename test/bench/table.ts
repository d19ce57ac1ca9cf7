/** What was measured, as tables on standard output: our figure, theirs, and how many times ours fits into theirs. */

import type { Samples } from "./measure.ts";

/** Samples in milliseconds, one number, or why there is none. */
export type Figure = Samples | number | string;

export interface Row {
  readonly name: string;
  readonly ours: Figure;
  readonly theirs?: Figure;
  readonly note?: string;
}

const NAME = 44;

export function printTable(title: string, rows: readonly Row[]): void {
  const theirs = rows.some((row) => row.theirs !== undefined) ? head("yaml-language-server") : "";
  console.log(`\n${title.padEnd(NAME)}${head("accessmap")}${theirs}${theirs && "     ratio"}`);
  for (const row of rows) {
    const ratio = ratioOf(row);
    const cells =
      theirs && `${cell(row.theirs ?? "")}${ratio === undefined ? " ".repeat(10) : `${render(ratio)}×`.padStart(10)}`;
    console.log(`${row.name.padEnd(NAME)}${cell(row.ours)}${cells}${row.note ? `   ${row.note}` : ""}`.trimEnd());
  }
}

/** A table of plain columns. */
export function printColumns(columns: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  const widths = columns.map((column, i) => Math.max(column.length, ...rows.map((row) => text(row[i]).length)) + 2);
  const line = (cells: readonly (string | number)[]) =>
    cells.map((value, i) => text(value).padStart(widths[i] ?? 0)).join("");
  console.log(`\n${line(columns)}`);
  for (const row of rows) console.log(line(row));
}

const CELL = 34;

function head(name: string): string {
  return `${name} (p95, n)`.padStart(CELL);
}

function cell(figure: Figure): string {
  if (typeof figure === "string") return figure.padStart(CELL);
  if (typeof figure === "number") return render(figure).padStart(CELL);
  return `${render(figure.median)} (${render(figure.p95)}, ${figure.count})`.padStart(CELL);
}

function ratioOf({ ours, theirs }: Row): number | undefined {
  const [a, b] = [middle(ours), middle(theirs)];
  return a && b ? b / a : undefined;
}

function middle(figure: Figure | undefined): number | undefined {
  if (figure === undefined || typeof figure === "string") return undefined;
  return typeof figure === "number" ? figure : figure.median;
}

/** Three digits that mean something. */
export function render(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString("en");
  return value.toFixed(value >= 10 ? 1 : 2);
}

function text(value: string | number | undefined): string {
  return typeof value === "number" ? render(value) : (value ?? "");
}
