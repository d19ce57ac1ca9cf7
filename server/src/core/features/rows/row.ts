/** Rows of the activity view as plain data, and how a level of them is filtered and cut, so that any size opens at once. */

import { lineOf } from "../../analysis/places.ts";
import type { Snapshot } from "../../analysis/snapshot.ts";
import type { Finding } from "../../model/finding.ts";
import { printable } from "../../model/printable.ts";
import type { Spot } from "../../model/text.ts";

export type SectionKind = "groups" | "roles" | "people" | "findings" | "changes" | "journal";

export type RowKind =
  | SectionKind
  | "organization"
  | "group"
  | "role"
  | "team"
  | "person"
  | "permission"
  | "permissions"
  | "file"
  | "finding"
  | "access"
  | "steps"
  | "step"
  | "held"
  | "refusal"
  | "apply"
  | "note";

/** What a row draws attention to. `unknown`: it could not be read. */
export type Tone = "error" | "warning" | "info" | "unknown";

/** Where a row is in the files: line and column from 0, columns in UTF-16 code units. */
export interface RowPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Row {
  /** Differs from its siblings', and stays while the thing stays. */
  readonly key: string;
  readonly kind: RowKind;
  readonly label: string;
  /** Stands behind the label. */
  readonly detail?: string;
  /** More about it, plain text; for those who point at it. */
  readonly tooltip?: string;
  readonly tone?: Tone;
  /** Findings that it stands for. */
  readonly findings?: number;
  /** With a filter: how many rows it leaves of the level below. */
  readonly matches?: number;
  /** There is a level below it. */
  readonly opens?: true;
  readonly place?: RowPlace;
  /** The vendor's own page about it. */
  readonly page?: string;
  /** The name that questions are asked with, where the label is no such name. */
  readonly name?: string;
}

/** `hidden`: rows that the filter or the limit left out. */
export interface Level {
  readonly rows: readonly Row[];
  readonly hidden: number;
}

/** What rows are made of: a snapshot and what was found in its files. */
export interface View {
  readonly snapshot: Snapshot;
  /** Files that belong to the project, sorted. */
  readonly files: readonly string[];
  findingsOf(file: string): readonly Finding[];
}

/** More than anybody reads; the filter narrows them. */
export const MOST_ROWS = 2000;

export const EMPTY: Level = { rows: [], hidden: 0 };

/** The rows of the items that the filter leaves, and one that counts those beyond the limit. Only shown rows are made. */
export function levelOf<T>(
  items: readonly T[],
  textOf: (item: T) => string,
  toRow: (item: T) => Row,
  filter: string,
): Level {
  const left = matching(items, textOf, filter);
  const rows = left.slice(0, MOST_ROWS).map((item) => clean(toRow(item)));
  const beyond = left.length - rows.length;
  return {
    rows: beyond === 0 ? rows : [...rows, note("more", `${beyond} more; the filter narrows them down`)],
    hidden: items.length - rows.length,
  };
}

/** Items whose text has every word of the filter, in any case. */
export function matching<T>(items: readonly T[], textOf: (item: T) => string, filter: string): readonly T[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return items;
  return items.filter((item) => {
    const text = textOf(item).toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** A row that says something and stands for nothing. */
export function note(key: string, label: string, tone?: Tone): Row {
  return { key: `note ${key}`, kind: "note", label, ...(tone && { tone }) };
}

/** A level that says one thing. */
export function saying(label: string, tone?: Tone): Level {
  return { rows: [note("only", label, tone)], hidden: 0 };
}

/** Where a spot is, as editors count. */
export function placeOf(snapshot: Snapshot, spot: Spot): RowPlace {
  const { file, line, column } = lineOf(snapshot, spot);
  return { file, line: line - 1, column: column - 1 };
}

/** Names come from vendors: what has no width or moves letters would make one row look like another. */
function clean(row: Row): Row {
  const { label, detail, tooltip } = row;
  return {
    ...row,
    label: printable(label),
    ...(detail === undefined ? {} : { detail: printable(detail) }),
    ...(tooltip === undefined ? {} : { tooltip: tooltip.split("\n").map(printable).join("\n") }),
  };
}
