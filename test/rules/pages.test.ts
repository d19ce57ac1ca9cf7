/** The manual pages that are made of the rules' headers. */

import { resolve } from "node:path";
import { expect, test } from "vitest";
import { exampleOf, rulePages } from "../../server/scripts/rulePages.mjs";
import { READING_IDS } from "../../server/src/core/model/problem.ts";
import { RULE_PAGES, summaryOf } from "../../server/src/core/model/rulePages.ts";
import { RULES } from "../../server/src/core/rules/index.ts";
import { checkProblems, problemsOf } from "../support/checks.ts";
import { parseFixture } from "../support/fixture.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const pages: Record<string, string> = rulePages(ROOT);

test.each(READING_IDS)("%s has a page whose example leads to it", (id) => {
  const example = /## Example\n\n```yaml\n([\s\S]*?)\n```/.exec(pages[id] ?? "")?.[1] ?? "";
  expect(example).toContain(` error ${id}`);
  checkProblems(example, { only: [id] });
  for (const part of ["Why", "Do", "Not reported", "Severity"]) expect(pages[id]).toContain(`\n**${part}.** `);
});

test("every rule has one, and the product holds what the headers say", () => {
  expect(Object.keys(pages)).toEqual([...RULES.map(({ id }) => id), ...READING_IDS].sort());
  expect(Object.fromEntries(RULE_PAGES)).toEqual(pages);
});

test.each(RULES)("$id says what, why, what to do and what is not reported", ({ id, severity, locked }) => {
  const page = pages[id] ?? "";
  expect(summaryOf(page)).toMatch(/^[A-Z].*[.]$/s);
  for (const part of ["Why", "Do", "Not reported"])
    expect(page).toMatch(new RegExp(`^\\*\\*${part}\\.\\*\\* \\S`, "m"));
  expect(page).toContain(`**Severity.** ${severity.charAt(0).toUpperCase()}${severity.slice(1)} unless`);
  expect(page.includes("cannot be lowered")).toBe(locked === true);
});

test.each(RULES)("$id has an example, and it leads to the finding", ({ id }) => {
  const example: string = exampleOf(ROOT, id) ?? "";
  expect(pages[id]).toContain(`## Example\n\n\`\`\`yaml\n${example}\n`);
  const named = [...example.matchAll(/# *\^+ (?:error|warning|info) ([a-z-]+\/[a-z-]+)/g)].map(
    ([, rule]) => rule ?? "",
  );
  expect(named).toContain(id);
  checkProblems(example, { only: named });
});

/** What they rest on is in our catalogue, whatever their examples say of live systems. */
const OF_FILES = ["ref/retired-permission"];

test.each(RULES)("$id says nothing where nothing could be read", ({ id }) => {
  const example: string = exampleOf(ROOT, id) ?? "";
  const sections = example.split(/^(?=#- )/m);
  const isLive = (section: string) => section.startsWith("#- live");
  const silent = sections.map((section) => (isLive(section) ? unread(section) : section)).join("");
  const found = problemsOf(parseFixture(silent), { only: [id] });
  expect(found.length > 0).toBe(!sections.some(isLive) || OF_FILES.includes(id));
});

test.each(RULES)("$id says nothing new where one system was not read, or not whole", ({ id }) => {
  const sections = (exampleOf(ROOT, id) ?? "").split(/^(?=#- )/m);
  const messagesOf = (text: string) => problemsOf(parseFixture(text), { only: [id] }).map(({ message }) => message);
  const all = new Set(messagesOf(sections.join("")));
  for (const [at, section] of sections.entries()) {
    if (!section.startsWith("#- live")) continue;
    for (const less of [unread(section), incomplete(section)])
      for (const message of messagesOf(sections.with(at, less).join(""))) expect(all).toContain(message);
  }
});

function incomplete(section: string): string {
  const [head = "", ...body] = section.split("\n");
  return [`${head.split(" ").slice(0, 3).join(" ")} incomplete a page is missing`, ...body].join("\n");
}

function unread(section: string): string {
  return `${section.split("\n")[0]?.split(" ").slice(0, 3).join(" ")} unreachable timeout\n`;
}

test("an example is the fixture that the rule's own test runs, whole", () => {
  const page = pages["ref/renamed"] ?? "";
  expect(page).toContain("## Example\n\n```yaml\n#- /a.accessmap.yaml\nmappings:\n  - group: dd-sre\n");
  expect(page).toContain("run `accessmap lock` [fix]\n");
  for (const text of Object.values(pages)) expect(text).not.toContain("${");
});
