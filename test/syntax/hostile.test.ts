/** Files made to hurt: reading never throws, takes little time, and says what is wrong. */

import { expect, test } from "vitest";
import { readLock } from "../../server/src/core/syntax/readLock.ts";
import { allMappings, formProblems, readMappingFile } from "../../server/src/core/syntax/readMappingFile.ts";
import { readProject } from "../../server/src/core/syntax/readProject.ts";
import { checkProblems } from "../support/checks.ts";

/** Generous: the machine may be busy. What is quadratic takes minutes at these sizes. */
const SECONDS = 30_000;

test("an alias bomb goes off nowhere", { timeout: SECONDS }, () => {
  const levels = Array.from({ length: 30 }, (_, i) => `b${i + 1}: &b${i + 1} [${Array(10).fill(`*b${i}`).join(", ")}]`);
  const text = `b0: &b0 [x]\n${levels.join("\n")}\nmappings: *b30\n`;
  const problems = formProblems(readMappingFile("a.accessmap.yaml", text));
  expect(problems.map(({ message }) => message)).toContain("A file may use 100 aliases; write this value out");
});

test("an anchor that holds itself", { timeout: SECONDS }, () => {
  expect(allMappings(readMappingFile("a", "mappings: &m\n  - *m\n  - group: { name: *m }\n")).length).toBe(1);
  const said = (text: string) => formProblems(readMappingFile("a", text)).map(({ message }) => message);
  expect(said("&r mappings: [*r]\nowner: *r\n")).toEqual(['This item of "mappings" must be a set of keys']);
  expect(said("&r\nmappings: [*r]\nowner: *r\n")).toEqual(["A file may use 100 aliases; write this value out"]);
  expect(readProject("accessmap.yaml", "directories: &d { okta: *d }\n").problems).not.toEqual([]);
});

test("thousands of aliases", { timeout: SECONDS }, () => {
  const text = `mappings:\n  - &a { group: x }\n${"  - *a\n".repeat(20_000)}`;
  expect(formProblems(readMappingFile("a.accessmap.yaml", text)).map(({ message }) => message)).toEqual([
    "This file uses more than 1000 aliases and was not read; write values out",
  ]);
});

test("nested 10,000 deep, in both styles", { timeout: SECONDS }, () => {
  for (const text of [
    `mappings: ${"[".repeat(10_000)}${"]".repeat(10_000)}`,
    "- ".repeat(10_000),
    "- ".repeat(100_000),
    "{".repeat(10_000),
  ]) {
    expect(formProblems(readMappingFile("a.accessmap.yaml", text)).map(({ message }) => message)).toEqual([
      "This file is nested too deeply to be read",
    ]);
  }
});

test("a line of 5 MB", { timeout: SECONDS }, () => {
  checkProblems(`#- /a.accessmap.yaml\nowner: ${"x".repeat(99_000)}\nmappings: []\n`);
  checkProblems(`#- /a.accessmap.yaml\nmappings: []\n# ${"key=".repeat(1_000_000)}\n`);
  checkProblems(`#- /a.accessmap.yaml\nmappings: []\n# ${"eyJ".repeat(1_000_000)}\n`);
});

test("10,000 mappings, each with something wrong", { timeout: SECONDS * 3 }, () => {
  const text = `mappings:\n${Array.from({ length: 10_000 }, (_, i) => `  - { group: g${i}, rols: [a], group: h${i} }\n`).join("")}`;
  expect(formProblems(readMappingFile("a.accessmap.yaml", text)).length).toBe(20_000);
});

const ODDITIES = [
  "!!binary |\n  R0lGODlhDAAMAIQAAP",
  "? [a, b]\n: c\n? {d: e}\n: [f]",
  "mappings: !!set { a, b }",
  "mappings: !custom [x]",
  "%YAML 1.1\n---\nmappings: [yes, 0777, 1_000]",
  "%TAG ! tag:x:\n---\n!y mappings: 1",
  "mappings:\n- group: |2-\n\n   x\n  roles: >+\n\n",
  "mappings:\n  - group: 'it''s",
  "mappings: [a, b, {c: d]",
  '"\\x": 1\n"\\u12": 2\n"\\ud800": 3',
  "mappings: *",
  "&",
  "*a : &a b",
  "- - - -",
  "{,}",
  "[[,",
  ": : :",
  "\u0000\u0001\u2028",
  "\r\r\r",
  "mappings:\r  - group: x\r",
  "a: b: c: d",
  "__proto__: { polluted: true }\nconstructor: x\nmappings: []",
  "mappings:\n  - __proto__: { group: x }",
  "bundles: { toString: { roles: [x] } }\nmappings: [{ group: g, bundles: [constructor, toString, __proto__] }]",
  "mappings: [{ group: 1e400 }, { group: .nan }, { group: .inf }, { group: 0x1F }]",
  "mappings:\n  - group: x\n    until: !!timestamp 2027-01-31",
  "...\n...\n---\n...",
  `mappings: ["${"\\".repeat(1001)}"]`,
];

test.each(ODDITIES)("never throws: %j", (text) => {
  for (const cut of [text, text.slice(0, -1), `${text}\n`, `mappings:\n  - group: x\n    roles: ${text}`]) {
    readMappingFile("a.accessmap.yaml", cut);
    readProject("accessmap.yaml", cut);
    readLock("accessmap.lock", cut);
  }
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test("every prefix of a sound file can be read: people type one character at a time", { timeout: SECONDS * 2 }, () => {
  const text = `organization: prod
bundles: { engineer: { roles: [Engineer], teams: ["a b"] } }
mappings:
  - group: { directory: okta, name: 'dd-sre' }
    roles: [{ name: SRE, id: role-sre }]
    until: 2027-01-31 # quarter
    allow:
      - { rule: priv/destructive, reason: "nights", until: 2027-01-31 }
expect:
  - { permission: user_access_manage, people: { min: 2, max: 6 } }
`;
  for (let end = 0; end <= text.length; end++) {
    const problems = formProblems(readMappingFile("a.accessmap.yaml", text.slice(0, end)));
    for (const { span } of problems) {
      expect(span.start).toBeLessThanOrEqual(span.end);
      expect(span.end).toBeLessThanOrEqual(end);
    }
  }
});
