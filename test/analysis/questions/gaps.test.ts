/** What may be missing from an answer: one line for one reason, and nothing of it lost. */

import { expect, test } from "vitest";
import { gapLines } from "../../../server/src/core/analysis/questions/gaps.ts";

const members = (...names: readonly string[]) => names.map((name) => `members of "${name}" not known: okta is down`);

const CASES: readonly (readonly [what: string, gaps: readonly string[], lines: readonly string[]])[] = [
  ["nothing", [], []],
  ["one", members("a"), ['members of "a" not known: okta is down']],
  [
    "many for one reason",
    members("a", "b", "c", "d", "e", "f", "g"),
    ['members of "a", members of "b", members of "c", members of "d" and 3 more not known: okta is down'],
  ],
  [
    "other reasons, other kinds and other words stand apart, in their order",
    [
      ...members("a"),
      'role "SRE" of "a" not checked: okta is down',
      'members of "b" not known completely: a page is missing',
      "accounts of prod not known: okta is down",
      ...members("c"),
      "groups that no mapping names are not read",
    ],
    [
      'members of "a" and members of "c" not known: okta is down',
      'role "SRE" of "a" not checked: okta is down',
      'members of "b" not known completely: a page is missing',
      "accounts of prod not known: okta is down",
      "groups that no mapping names are not read",
    ],
  ],
];

test.each(CASES)("%s", (_, gaps, lines) => {
  const shown = lines.map((line) => `  ${line}`);
  expect(gapLines(gaps)).toEqual(lines.length === 0 ? [] : ["Not known, so there may be more", ...shown]);
});
