/** The manual pages that are made of the rules' headers. */

import { resolve } from "node:path";
import { expect, test } from "vitest";
import { rulePages } from "../../server/scripts/rulePages.mjs";
import { RULE_PAGES, summaryOf } from "../../server/src/core/model/rulePages.ts";
import { RULES } from "../../server/src/core/rules/index.ts";

const pages: Record<string, string> = rulePages(resolve(import.meta.dirname, "../.."));

test("every rule has one, and the product holds what the headers say", () => {
  expect(Object.keys(pages)).toEqual(RULES.map(({ id }) => id).sort());
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

test("an example is the fixture that the rule's own test runs, whole", () => {
  const page = pages["ref/renamed"] ?? "";
  expect(page).toContain("## Example\n\n```yaml\n#- /a.accessmap.yaml\nmappings:\n  - group: dd-sre\n");
  expect(page).toContain("run `accessmap lock` [fix]\n");
  for (const text of Object.values(pages)) expect(text).not.toContain("${");
});
