/** The proof of offboarding as text, Markdown, rows and data. */

import { countOf } from "../analysis/words.ts";
import { prose } from "../features/support/markdown.ts";
import { compareText } from "../model/order.ts";
import { type Instant, renderInstant } from "../model/time.ts";
import type { LeaverState } from "./leavers.ts";
import type { Offboarded, OffboardingReport } from "./offboarding.ts";
import type { OpenPath, PathKind } from "./openPaths.ts";
import { describeRead } from "./reads.ts";
import { markdownTable, type Sheet } from "./sheet.ts";

export interface OffboardingView {
  /** Tell of everybody, not only of those with something open or unproven. */
  readonly all: boolean;
}

const KINDS: Readonly<Record<PathKind, string>> = {
  account: "account",
  role: "role",
  team: "team",
  "application-key": "application key",
  "personal-token": "personal token",
  "service-token": "service token",
  "api-key": "API key",
  "service-account": "service account",
};

/** A row for each open path, and one for each person without any. */
export function offboardingSheet({ people, now }: OffboardingReport): Sheet {
  return {
    columns: [
      "Organization",
      "Person",
      "Name",
      "State",
      "According to",
      "Account",
      "Last login",
      "Verdict",
      "Open path",
      "What",
      "Closed by",
      "How",
      "Link",
      "Not known",
      "Switched off by the apply of",
      "As of",
    ],
    rows: people.flatMap((one) => {
      const head = [
        one.organization,
        one.person,
        one.name,
        STATES[one.state],
        one.directories.join(" "),
        one.account?.status ?? "none",
        one.account?.lastLogin?.slice(0, 10) ?? "",
        one.verdict,
      ];
      const tail = [one.unknown.join("; "), one.closedBy ?? "", now];
      if (one.open.length === 0) return [[...head, "", "", "", "", "", ...tail]];
      return one.open.map(({ kind, what, closes }) => [
        ...head,
        KINDS[kind],
        what,
        closes.by,
        closes.how,
        closes.link ?? "",
        ...tail,
      ]);
    }),
  };
}

const STATES: Readonly<Record<LeaverState, string>> = {
  deactivated: "deactivated",
  suspended: "suspended",
  "unknown-person": "in no directory",
};

/** For a terminal, the worst verdict first. Whose paths are all closed is counted, and listed only with `all`. */
export function renderOffboarding(report: OffboardingReport, { all }: OffboardingView): string {
  const { now, reads } = report;
  const shown = worstFirst(report).filter(({ verdict }) => all || verdict !== "closed");
  return [
    ...shown.flatMap((one) => [...personLines(one, now), ""]),
    "This rests on",
    ...reads.map((read) => `  ${read.system}, ${describeRead(read, now)}`),
    "",
    summary(report),
  ].join("\n");
}

function worstFirst({ people }: OffboardingReport): readonly Offboarded[] {
  const order = ["open", "unproven", "closed"];
  return [...people].sort(
    (a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict) || compareText(a.person, b.person),
  );
}

function personLines(one: Offboarded, now: Instant): readonly string[] {
  return [
    `${one.verdict.padEnd(8)}  ${one.person} in ${one.organization}: ${because(one)}${one.verdict === "closed" ? `; ${closedText(one, now)}` : ""}`,
    ...one.open.map((path) => `            ${KINDS[path.kind]} ${path.what}: ${closingText(path)}`),
    ...one.unknown.map((part) => `            not known: ${part}`),
  ];
}

function because({ state, directories }: Offboarded): string {
  return state === "unknown-person"
    ? `nobody in ${directories.join(" or ")} is called that`
    : `${state} in ${directories.join(", ")}`;
}

function closedText({ account, closedBy }: Offboarded, now: Instant): string {
  if (!account) return "there is no account";
  const by = closedBy === undefined ? "" : `, by the apply of ${renderInstant(closedBy, now)}`;
  return `the account is switched off${by}, and no key or token is theirs`;
}

function closingText({ closes: { by, how, link } }: OpenPath): string {
  return by === "hand" && link !== undefined ? `${how}, at ${link}` : how;
}

function summary({ people, reads }: OffboardingReport): string {
  const of = (verdict: Offboarded["verdict"]) => people.filter((one) => one.verdict === verdict);
  const paths = of("open").reduce((sum, { open }) => sum + open.length, 0);
  const counted = countOf(paths, "open path");
  const never = of("closed").filter(({ account }) => !account).length;
  const counts = [
    of("open").length === 0 ? "none with an open path" : `${of("open").length} with ${counted}`,
    ...(of("unproven").length > 0 ? [`${of("unproven").length} unproven`] : []),
    `${of("closed").length} closed${never > 0 ? ` (${never} without an account)` : ""}`,
  ];
  // Whom a directory did not tell of may have left too.
  const rest = reads.some(({ what, whole }) => what === "people" && !whole) ? " Who else left is not known." : "";
  return `${people.length} who left: ${counts.join(", ")}.${rest}`;
}

/** One table of everybody, the closed ones too: it is filed as evidence. */
export function offboardingMarkdown(report: OffboardingReport): string {
  const { columns, rows } = offboardingSheet(report);
  const wanted = [
    "Organization",
    "Person",
    "State",
    "Account",
    "Verdict",
    "Open path",
    "What",
    "How",
    "Not known",
    "Switched off by the apply of",
  ];
  const places = wanted.map((name) => columns.indexOf(name));
  const pick = (cells: readonly string[]) => places.map((at) => cells[at] ?? "");
  return [
    "# Offboarding",
    "",
    `Made ${renderInstant(report.now, "")}. ${summary(report)}`,
    "",
    markdownTable({ columns: wanted, rows: rows.map(pick) }),
    "",
    "## What this rests on",
    "",
    ...report.reads.map((read) => `- ${prose(`${read.system}, ${describeRead(read, "")}`)}`),
  ].join("\n");
}

/** Version 1, indented by two. */
export function offboardingJson(report: OffboardingReport): string {
  return JSON.stringify({ version: 1, ...report }, undefined, 2);
}
