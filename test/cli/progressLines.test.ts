/** Bars and counts of what is under way: how they look, how wide they are, and what they take for true. */

import { describe, expect, test } from "vitest";
import { type Progress, progressLines, showsBlocks, takesLine } from "../../server/src/cli/support/progressLines.ts";

const groups = (done: number, total?: number): Progress => ({
  what: "groups",
  done,
  ...(total !== undefined && { total }),
});

describe("a line", () => {
  test.each<[what: string, columns: number, hasBlocks: boolean, all: Record<string, Progress>, lines: string[]]>([
    [
      "of a known total has a bar",
      80,
      true,
      { okta: groups(312, 500) },
      ["okta  ████████████░░░░░░░░ 312 of 500 groups"],
    ],
    [
      "may have to do without blocks",
      80,
      false,
      { okta: groups(312, 500) },
      ["okta  [############........] 312 of 500 groups"],
    ],
    [
      "has a shorter bar where there is less room",
      40,
      true,
      { okta: groups(312, 500) },
      ["okta  █████████░░░░░░░ 312 of 500 groups"],
    ],
    ["has none where there is hardly room", 28, true, { okta: groups(312, 500) }, ["okta  312 of 500 groups"]],
    ["ends where the terminal does", 12, true, { okta: groups(312, 500) }, ["okta  312 of"]],
    ["of no known total says that it is not through", 80, true, { okta: groups(312) }, ["okta  312 groups so far"]],
    ["may have nothing to count", 80, true, { okta: { what: "waits 3 s" } }, ["okta  waits 3 s"]],
    [
      "is full at the end alone",
      80,
      true,
      { okta: groups(999, 1000) },
      ["okta  ███████████████████░ 999 of 1000 groups"],
    ],
    ["of nothing is full", 80, true, { okta: groups(0, 0) }, ["okta  ████████████████████ 0 of 0 groups"]],
    ["of more than was told is full", 80, true, { okta: groups(7, 5) }, ["okta  ████████████████████ 7 of 5 groups"]],
    [
      "stands below the others",
      80,
      true,
      { okta: groups(5, 10), production: groups(10, 100), hr: groups(3) },
      [
        "okta        ██████████░░░░░░░░░░ 5 of 10 groups",
        "production  ██░░░░░░░░░░░░░░░░░░ 10 of 100 groups",
        "hr          3 groups so far",
      ],
    ],
    [
      "tells what comes next as far as it fits",
      60,
      true,
      { apply: { what: "steps", done: 1, total: 4, next: "give SRE to ana@acme.com" } },
      ["apply  █████░░░░░░░░░░░░░░░ 1 of 4 steps: give SRE to ana@ac"],
    ],
    [
      "counts letters that are two columns wide",
      40,
      true,
      { apply: { what: "steps", done: 1, total: 4, next: "開発開発開発開発" } },
      ["apply  █████░░░░░░░░░░░░░░░ 1 of 4 steps"],
    ],
    ["cannot be driven by a name", 80, true, { "a\nb\u001b[2J": groups(3) }, ["a?b?[2J  3 groups so far"]],
  ])("%s", (_, columns, hasBlocks, all, lines) => {
    expect(progressLines(new Map(Object.entries(all)), { columns, hasBlocks })).toEqual(lines);
  });
});

describe("blocks are for", () => {
  test.each<[env: Record<string, string>, platform: NodeJS.Platform, expected: boolean]>([
    [{ LANG: "de_DE.UTF-8" }, "linux", true],
    [{ LANG: "C.utf8" }, "linux", true],
    [{ LC_CTYPE: "UTF-8" }, "darwin", true],
    [{ LANG: "de_DE.UTF-8@euro" }, "linux", true],
    [{ LC_ALL: "", LC_CTYPE: "", LANG: "en_US.UTF-8" }, "linux", true],
    [{ LC_ALL: "C", LANG: "en_US.UTF-8" }, "linux", false],
    [{ LC_CTYPE: "de_DE.ISO-8859-1", LANG: "en_US.UTF-8" }, "linux", false],
    [{ LANG: "en_US" }, "linux", false],
    [{}, "linux", false],
    [{ LANG: "en_US.UTF-8", TERM: "linux" }, "linux", false],
    [{}, "win32", true],
  ])("%j on %s: %s", (env, platform, expected) => {
    expect(showsBlocks(env, platform)).toBe(expected);
  });
});

describe("the line of a system goes to", () => {
  const users: Progress = { what: "users", done: 200, total: 900 };
  test.each<[what: string, before: Progress | undefined, now: Progress, expected: boolean]>([
    ["what comes first", undefined, users, true],
    ["the same list as it grows", users, { ...users, done: 300 }, true],
    ["nothing else before a list is through", users, groups(12, 12), false],
    ["another list after one is through", { ...users, done: 900 }, groups(3, 38), true],
    ["another list after one whose end nobody knows", groups(38), users, true],
    ["a pause", users, { what: "waits 3 s" }, true],
    ["what comes after a pause", { what: "waits 3 s" }, groups(3, 38), true],
  ])("%s", (_, before, now, expected) => {
    expect(takesLine(now, before)).toBe(expected);
  });
});
