/** The credential report as text, Markdown, rows and data. */

import { prose } from "../features/support/markdown.ts";
import { renderInstant } from "../model/time.ts";
import type { CredentialReport, CredentialRow, CredentialScopes } from "./credentials.ts";
import { describeRead } from "./reads.ts";
import { alignedLines, markdownTable, type Sheet } from "./sheet.ts";

const COLUMNS = [
  "System",
  "Kind",
  "Name",
  "Belongs to",
  "Ends with",
  "Owner",
  "Owner is",
  "Scopes",
  "Pushes through SCIM",
  "Created",
  "Age in days",
  "Last used",
  "Expires",
  "Findings",
];

const KINDS: Readonly<Record<CredentialRow["kind"], string>> = {
  "api-key": "API key",
  "application-key": "application key",
  "personal-token": "personal token",
  "service-token": "service token",
  "api-token": "API token",
  "app-key": "key of a service app",
  "client-secret": "client secret",
  certificate: "certificate",
  "signing-certificate": "SAML signing certificate",
  "service-account-key": "key of a service account",
};

/** Says for people what rules of the project say of credentials besides. */
export interface CredentialExtras {
  /** Messages of `cred/*` findings that are not about a single key. */
  readonly messages: readonly string[];
}

/** All that is known of each, for spreadsheets. */
export function credentialSheet({ rows }: CredentialReport): Sheet {
  return { columns: COLUMNS, rows: rows.map(cellsOf) };
}

function cellsOf(row: CredentialRow): readonly string[] {
  return [
    row.system,
    KINDS[row.kind],
    row.name,
    row.application ?? "",
    row.last4 ?? "",
    row.owner ?? (row.ownerKind === "nobody" ? "nobody" : "unknown"),
    row.ownerKind ?? "unknown",
    scopesText(row.scopes, " "),
    row.pushesScim === undefined ? "unknown" : row.pushesScim ? "yes" : "no",
    row.createdAt?.slice(0, 10) ?? "unknown",
    row.age === undefined ? "unknown" : `${row.age}`,
    row.lastUsedAt?.slice(0, 10) ?? "not told",
    row.expiresAt?.slice(0, 10) ?? "never",
    row.findings.join("; "),
  ];
}

function scopesText(scopes: CredentialScopes, separator: string): string {
  switch (scopes) {
    case "everything":
      return "everything its owner may";
    case "nothing":
      return "none: permits nothing alone";
    case "unknown":
      return "unknown";
    default:
      return scopes.length === 0 ? "none" : scopes.join(separator);
  }
}

/** For a terminal: rows and reads by system, then what needs a look by hand, the numbers last. */
export function renderCredentials(report: CredentialReport, { messages }: CredentialExtras): string {
  const { now, reads, unchecked, byHand, limits } = report;
  const lines: string[] = [];
  for (const system of new Set(reads.map(({ system }) => system))) {
    if (reads.every((read) => read.system !== system || read.asOf === undefined)) continue;
    const rows = report.rows.filter((row) => row.system === system);
    lines.push(`Credentials of ${system}`, ...textRows(rows));
    for (const read of reads)
      if (read.system === system && read.asOf !== undefined) lines.push(`  ${describeRead(read, now)}`);
    lines.push("");
  }
  if (messages.length > 0) lines.push("Besides", ...messages.map((message) => `  ${message}`), "");
  if (unchecked.length > 0) lines.push("Not checked", ...unchecked.map((one) => `  ${uncheckedText(one)}`), "");
  if (byHand.length > 0) lines.push("To be looked at by hand", ...byHand.map((one) => `  ${byHandText(one)}`), "");
  return [...lines, summary(report, limits)].join("\n");
}

function textRows(rows: readonly CredentialRow[]): readonly string[] {
  const told = rows.map((row) => [
    row.application === undefined ? row.name : `${row.application}: ${row.name}`,
    `${KINDS[row.kind]}${row.last4 === undefined ? "" : ` …${row.last4}`}`,
    ownerText(row),
    row.age === undefined ? "age unknown" : `${row.age} days old`,
    row.unused === undefined ? "use not told" : `used ${row.unused === 0 ? "today" : `${row.unused} days ago`}`,
    fewScopes(row.scopes),
  ]);
  const lines = alignedLines({ columns: ["", "", "", "", "", ""], rows: told });
  return rows.flatMap((row, at) => [lines[at] ?? "", ...row.findings.map((finding) => `    ${finding}`)]);
}

function ownerText({ owner, ownerKind }: CredentialRow): string {
  if (owner === undefined) return ownerKind === "nobody" ? "no owner" : "owner unknown";
  return `${owner}${ownerKind === "service" ? " (service account)" : ""}`;
}

/** Many scopes are a count: CSV and JSON have them all. */
function fewScopes(scopes: CredentialScopes): string {
  return typeof scopes !== "string" && scopes.length > 3 ? `${scopes.length} scopes` : scopesText(scopes, ", ");
}

function uncheckedText({ system, what, why }: CredentialReport["unchecked"][number]): string {
  return `${system}, ${what}: ${why}`;
}

function byHandText({ system, what, how }: CredentialReport["byHand"][number]): string {
  return `${system}, ${what}: ${how}`;
}

function summary({ rows }: CredentialReport, { age, unused }: CredentialReport["limits"]): string {
  if (rows.length === 0) return "No credential is known.";
  const found = rows.filter(({ findings }) => findings.length > 0).length;
  const limits = `limits: ${age} days of age, ${unused} without use`;
  return `${found} of ${rows.length} ${rows.length === 1 ? "credential has" : "credentials have"} findings (${limits}).`;
}

/** One table of all systems; vendors' names in it are made harmless for Markdown. */
export function credentialsMarkdown(report: CredentialReport, { messages }: CredentialExtras): string {
  const { now, reads, unchecked, byHand } = report;
  return [
    "# Credentials",
    "",
    `Made ${renderInstant(now, "")}. ${summary(report, report.limits)}`,
    "",
    markdownTable(credentialSheet(report)),
    "",
    ...(messages.length === 0 ? [] : ["## Besides", "", ...messages.map((text) => `- ${prose(text)}`), ""]),
    "## What this rests on",
    "",
    ...reads.map((read) => `- ${prose(`${read.system}: ${describeRead(read, "")}`)}`),
    ...unchecked.map((one) => `- not checked: ${prose(uncheckedText(one))}`),
    ...byHand.map((one) => `- by hand: ${prose(byHandText(one))}`),
  ].join("\n");
}

/** Version 1, indented by two. */
export function credentialsJson(report: CredentialReport, { messages }: CredentialExtras): string {
  return JSON.stringify({ version: 1, ...report, messages }, undefined, 2);
}
