/** A review as one page that needs nothing else, for screen and paper. It runs no script and asks for nothing. */

import { printable } from "../../model/printable.ts";
import { COLUMN, reviewSheet } from "./columns.ts";
import type { ReviewPack, RoutedRow } from "./pack.ts";
import { HOW_TO, reviewerText, reviewWords } from "./words.ts";

/** Two lines a row keep a page of paper readable: what it is, and where it comes from. */
const HEAD = ["Who", "Access", "Through", "Why and until", "Last login", "Findings", "Decision", "Signed"] as const;

/**
 * The page for everybody, or for one reviewer, with the rows that are given. Whatever comes from vendors and files is
 * escaped.
 */
export function reviewHtml(pack: ReviewPack, rows: readonly RoutedRow[], reviewer?: string): string {
  const words = reviewWords(pack);
  const list = (items: readonly string[]) => `<ul>${items.map((item) => `<li>${text(item)}</li>`).join("")}</ul>`;
  const title = `${words.title}${reviewer === undefined ? "" : `, ${reviewer}`}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${text(title)}</title>
<style>${STYLE}${pageFoot(`${title}. ${words.made}`)}</style>
</head>
<body>
<header>
<h1>${text(words.title)}</h1>
${reviewer === undefined ? "" : `<p class="reviewer">Reviewer: <strong>${text(reviewer)}</strong></p>\n`}<p>${text(words.made)}. Evidence for ${text(words.controls)}.</p>
<p class="${words.isWhole ? "whole" : "part"}">${text(words.whole)}</p>
<p>${text(words.counts)}${reviewer === undefined ? "" : ` On this page: ${rows.length}.`}</p>
</header>
<section><h2>How to decide</h2>${list(HOW_TO)}</section>
<section><h2>Rows</h2>
<table>
<thead><tr>${HEAD.map((name) => `<th scope="col">${name}</th>`).join("")}</tr></thead>
<tbody>
${tableRows(rows)}
</tbody>
</table>
</section>
<section class="end"><h2>What this rests on</h2>${list(words.reads)}
${reviewer === undefined ? `<h2>Who decides</h2>${list(words.reviewers.map(reviewerText))}` : SIGNATURE}</section>
</body>
</html>
`;
}

function tableRows(rows: readonly RoutedRow[]): string {
  const { columns, rows: cells } = reviewSheet(rows);
  const at = (row: readonly string[], name: string) => row[columns.indexOf(name)] ?? "";
  return rows
    .map((row, index) => {
      // Under its grant a person's row need not say again why it is there.
      const isRepeated = row.kind === "person" && row.fingerprint === rows[index - 1]?.fingerprint;
      const cell = (name: string) => at(cells[index] ?? [], name);
      const { kind, sensitivity } = row;
      const age = row.age === undefined ? "" : ` ${row.age} days old`;
      const status = row.account === "active" && age !== "" ? "" : ` ${row.account ?? ""}`;
      const account = row.account === undefined ? "" : `account${status}${status && age && ","}${age}`;
      const about = [cell("Name"), cell("State"), account].filter(Boolean).join(", ");
      const who = row.person === undefined ? strong(cell(COLUMN.person)) : lines(cell(COLUMN.person), about);
      const level = sensitivity === undefined ? "" : `<span class="level ${sensitivity}">${sensitivity}</span>`;
      const until = row.until === undefined ? "" : `until ${row.until}`;
      const owner = row.owner === undefined ? "" : `owner ${row.owner}`;
      const since = row.since === undefined ? "" : `in the files since ${row.since}`;
      return `<tr class="${kind}"><td>${who}</td><td>${text(cell(COLUMN.access))} ${level}</td>${isRepeated ? `<td><small>${text(cell(COLUMN.through))}</small></td><td></td>` : `<td>${lines(cell(COLUMN.through), cell("Directory"), cell("Place"))}</td><td>${lines(cell("Reason"), until, owner, since)}</td>`}<td>${kind === "grant" ? "" : text(cell("Last login"))}</td><td>${lines(...row.findings, cell("Controls"), row.note ?? "")}</td><td class="decide">${CHOICES}</td><td></td></tr>`;
    })
    .join("\n");
}

/** Boxes are drawn: not every font that a page is printed with has the letter. The line is for what to change to. */
const CHOICES = `${["keep", "revoke", "change to"].map((choice) => `<span class="box">${choice}</span>`).join(" ")}<span class="line"></span>`;

const SIGNATURE = '<p class="sign">Decided by <span class="line"></span> on <span class="line"></span></p>';

function strong(words: string): string {
  return `<strong>${text(words)}</strong>`;
}

/** The first line counts, the others explain it. */
function lines(...all: readonly string[]): string {
  const [first = "", ...more] = all.filter((line) => line !== "");
  return [text(first), ...more.map((line) => `<small>${text(line)}</small>`)].join("<br>");
}

/** Names are text, whatever they hold. */
function text(words: string): string {
  return printable(words).replaceAll(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** Which review a sheet of paper is from, and which sheet. What is no plain letter is escaped, for a string in a style sheet. */
function pageFoot(review: string): string {
  const foot = (place: string, content: string) =>
    `@${place} { content: ${content}; font: 9px sans-serif; color: #555; }`;
  const of = `"${printable(review).replaceAll(/[^\w .,@-]/gu, (char) => `\\${char.codePointAt(0)?.toString(16)} `)}"`;
  return `@page { ${foot("bottom-left", of)} ${foot("bottom-right", '"Page " counter(page) " of " counter(pages)')} }\n`;
}

const STYLE = `
:root { color-scheme: light; font: 13px/1.4 system-ui, "Segoe UI", "Liberation Sans", sans-serif; color: #1a1a1a; }
body { margin: 2rem auto; max-width: 1200px; padding: 0 1.5rem; }
h1 { font-size: 1.6rem; margin: 0 0 .5rem; } h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
p { margin: .3rem 0; max-width: 75em; } ul { margin: .3rem 0; padding-left: 1.2rem; max-width: 75em; }
.reviewer { font-size: 1.1rem; } .whole { color: #17603a; } .part { color: #a01515; font-weight: bold; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { border: 1px solid #c9c9c9; padding: .3rem .4rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #eee; font-weight: 600; } thead { display: table-header-group; }
tr { break-inside: avoid; } tr.grant { break-after: avoid; } tr.grant td { background: #f3f6fb; border-top: 2px solid #7a8ba8; }
th:nth-child(1) { width: 19%; } th:nth-child(2) { width: 13%; } th:nth-child(3) { width: 13%; } th:nth-child(4) { width: 13%; }
th:nth-child(5) { width: 7%; } th:nth-child(6) { width: 11%; } th:nth-child(7) { width: 18%; } th:nth-child(8) { width: 6%; }
small { color: #555; } .box { white-space: nowrap; margin-right: .35em; }
.box::before { content: ""; display: inline-block; width: .7em; height: .7em; border: 1px solid #1a1a1a; margin-right: .35em; }
.level { border: 1px solid currentColor; border-radius: 3px; padding: 0 .25em; font-size: .85em; white-space: nowrap; color: #555; }
.level.critical { color: #a01515; font-weight: bold; } .level.high { color: #8a4b00; }
.end { break-inside: avoid; } .sign { margin-top: 2.5rem; } .line { display: inline-block; width: 16em; border-bottom: 1px solid #1a1a1a; }
.decide .line { display: block; width: auto; height: 1.6em; }
@page { size: A4 landscape; margin: 12mm; }
@media print { body { margin: 0; max-width: none; padding: 0; } :root { font-size: 10px; } * { print-color-adjust: exact; } }
`;
