/** What a reviewer filled in: one decision a row, or why a row cannot be taken as one. */

import { printable } from "../../model/printable.ts";
import { type Day, dayOf, type Instant, parseDay } from "../../model/time.ts";
import { COLUMN } from "./columns.ts";
import { newEnd } from "./edits.ts";
import type { ReviewRowKind } from "./rows.ts";

export interface Decision {
  /** Number of the row in the file, the header being 1. */
  readonly row: number;
  readonly kind: ReviewRowKind;
  readonly organization: string;
  /** Login; of a grant who is meant, in words. */
  readonly person: string;
  /** `SRE`, `team sre`. */
  readonly access: string;
  readonly group: string;
  readonly fingerprint: string;
  readonly reviewer: string;
  readonly decision: "keep" | "revoke" | "change";
  /** Only with `change`. */
  readonly change: string;
  readonly comment: string;
  readonly date: Day;
}

export interface ReadDecisions {
  readonly decisions: readonly Decision[];
  readonly undecided: number;
  /** With the number of the row. */
  readonly problems: readonly string[];
}

type Cells = ReadonlyMap<string, string>;

const KINDS: readonly string[] = ["grant", "person", "outside"];
const NEEDED = [COLUMN.kind, COLUMN.access, COLUMN.fingerprint, COLUMN.reviewer, COLUMN.decision, COLUMN.date];

/** Rows that are left empty are nobody's decision. The day is the reviewer's to say: the one of reading back is another. */
export function readDecisions(rows: readonly Cells[], now: Instant): ReadDecisions {
  const [first] = rows;
  const missing = NEEDED.filter((name) => !first?.has(name));
  if (missing.length > 0)
    return {
      decisions: [],
      undecided: 0,
      problems: [`this is no table of a review: it has no column "${missing[0]}"`],
    };
  const decisions: Decision[] = [];
  const problems: string[] = [];
  let undecided = 0;
  for (const [index, cells] of rows.entries()) {
    const read = readRow(cells, index + 2, now);
    if (read === undefined) undecided++;
    else if (typeof read === "string") problems.push(`row ${index + 2}: ${read}`);
    else decisions.push(read);
  }
  return { decisions, undecided, problems: [...problems, ...contradictions(decisions)] };
}

/** Two words about one thing: which of them counts is not ours to say. */
function contradictions(decisions: readonly Decision[]): readonly string[] {
  const rows = new Map<string, Decision>();
  const taken = new Map<string, Decision>();
  for (const one of decisions) {
    if (one.kind === "grant" && one.decision !== "keep" && newEnd(one) === undefined) taken.set(one.fingerprint, one);
  }
  return decisions.flatMap((one): string[] => {
    const { row, kind, fingerprint, person, access, group, organization } = one;
    const key = JSON.stringify([kind, fingerprint, person.toLowerCase(), access, organization]);
    const before = rows.get(key);
    rows.set(key, one);
    if (before && (before.decision !== one.decision || before.change !== one.change))
      return [`row ${row}: row ${before.row} decides otherwise on the same ${access}`];
    const all = kind === "person" && one.decision === "keep" ? taken.get(fingerprint) : undefined;
    return all ? [`row ${row}: ${person} is to keep what row ${all.row} takes from everybody in ${group}`] : [];
  });
}

function readRow(cells: Cells, row: number, now: Instant): Decision | string | undefined {
  const at = (name: string) => printable(cells.get(name) ?? "").trim();
  const decision = at(COLUMN.decision).toLowerCase();
  const kind = at(COLUMN.kind);
  const change = at(COLUMN.change);
  if (decision === "" && change === "") return undefined;
  if (decision !== "keep" && decision !== "revoke" && decision !== "change")
    return `"${decision}" is no decision; write keep, revoke or change`;
  if (!KINDS.includes(kind)) return `"${kind}" is no kind of row`;
  if (decision === "change" && change === "") return `change to what? "${COLUMN.change}" is empty`;
  if (decision !== "change" && change !== "") return `"${COLUMN.change}" is filled in, and the decision is ${decision}`;
  const end = newEnd({ change });
  const last = end === undefined ? undefined : parseDay(end);
  if (end !== undefined && last === undefined) return `"${end}" is no day; write it as ${dayOf(now)}`;
  if (last !== undefined && last < dayOf(now))
    return `${last} has passed; write revoke where the access is to end at once`;
  const reviewer = at(COLUMN.reviewer);
  if (reviewer === "" || reviewer === "unassigned") return `"${COLUMN.reviewer}" does not say who decided`;
  const written = at(COLUMN.date);
  if (written === "") return `"${COLUMN.date}" does not say when; write the day, such as ${dayOf(now)}`;
  const date = parseDay(written);
  if (date === undefined) return `"${written}" is no day; write it as ${dayOf(now)}`;
  if (date > dayOf(now)) return `${date} has not come yet`;
  return {
    row,
    kind: kind as ReviewRowKind,
    organization: at(COLUMN.organization),
    person: at(COLUMN.person),
    access: at(COLUMN.access),
    group: at(COLUMN.through),
    fingerprint: at(COLUMN.fingerprint),
    reviewer,
    decision,
    change,
    comment: at(COLUMN.comment),
    date,
  };
}
