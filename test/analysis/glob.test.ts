/** Patterns over group names and rule ids: what matches, and that no pattern takes long. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { matchesAny, matchesGlob } from "../../server/src/core/analysis/glob.ts";

/** Generous: the machine may be busy. Whatever tries every way to split a name takes years at these sizes. */
const SECONDS = 10_000;

test.each([
  ["dd-*", "dd-sre", true],
  ["dd-*", "dd-", true],
  ["dd-*", "xdd-sre", false],
  ["*-readonly", "dd-execs-readonly", true],
  ["*-readonly", "dd-readonly-x", false],
  ["lock/*", "lock/mass-removal", true],
  ["*", "acme/eu/sre", true],
  ["*", ".hidden", true],
  ["dd-?", "dd-é", true],
  ["dd-?", "dd-😀", true],
  ["dd-?", "dd-", false],
  ["dd-[abc]", "dd-b", true],
  ["dd-[a-c]", "dd-d", false],
  ["dd-[!a-c]", "dd-d", true],
  ["dd-[^a-c]", "dd-a", false],
  ["dd-[]x]", "dd-]", true],
  ["{dd,ee}-*", "ee-sre", true],
  ["dd-{sre,plat*}-eu", "dd-platform-eu", true],
  ["dd-{sre,plat*}-eu", "dd-web-eu", false],
  ["dd-{,x}", "dd-", true],
  ["\\*", "*", true],
  ["\\*", "x", false],
  // What only looks like a pattern means itself.
  ["dd-{x}", "dd-{x}", true],
  ["dd-[x", "dd-[x", true],
  ["dd-{x,y", "dd-{x,y", true],
  ["!dd", "!dd", true],
  ["!dd", "x", false],
  ["a+(b)$", "a+(b)$", true],
  ["(a+)+$", "aaaa", false],
  ["dd.sre", "ddxsre", false],
  ["\\", "\\", true],
])("%s against %s", (glob, name, expected) => {
  expect(matchesGlob(glob, name)).toBe(expected);
});

test("a name that is no pattern matches itself and nothing else", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (one, other) => {
      const glob = one.replaceAll(/[\\*?[\]{}]/g, "\\$&");
      expect(matchesGlob(glob, one)).toBe(true);
      expect(matchesGlob(glob, other)).toBe(one === other);
    }),
  );
});

test("no pattern makes a name take long", { timeout: SECONDS }, () => {
  const name = "a".repeat(1_000);
  const hostile = ["(a+)+$", "+(+(+(+(a+)+)+)+)b", `${"*a".repeat(490)}b`, `${"{a,a*}".repeat(140)}b`];
  expect(matchesAny(hostile, name)).toBe(false);
});

test("what is longer than any vendor's names only equals itself", { timeout: SECONDS }, () => {
  const name = "a".repeat(5_000_000);
  const hostile = ["*a".repeat(1_000_000), `${"{".repeat(20_000)}a`, `${"[".repeat(20_000)}a`, "\\".repeat(100_000)];
  expect(matchesAny(hostile, name)).toBe(false);
  expect(matchesAny(["*a"], name)).toBe(false);
  expect(matchesGlob(name, name)).toBe(true);
});
