/** Text on a screen of fixed columns: nothing wider than it, nothing lost, later lines told apart from first ones. */

import { expect, test } from "vitest";
import { columnsOf, cutTo, wrap } from "../../server/src/core/model/columns.ts";

test.each<[text: string, columns: number]>([
  ["okta ░█ → …", 11],
  ["開発", 4],
  ["😀", 2],
  ["\u001b[31merror\u001b[39m", 5],
])("%j takes %i columns", (text, columns) => {
  expect(columnsOf(text)).toBe(columns);
});

test.each<[columns: number, text: string, expected: string]>([
  [5, "okta groups", "okta "],
  [3, "開発", "開"],
  [2, "a😀", "a"],
  [0, "a", ""],
])("in %i columns of %j there is %j", (columns, text, expected) => {
  expect(cutTo(columns, text)).toBe(expected);
});

const FINDING = '  12:5    error   Okta has no group "payments-oncal"  ref/unknown-group';

test.each<[what: string, width: number | undefined, line: string, lines: string[]]>([
  ["a line that fits", 80, FINDING, [FINDING]],
  ["a line of no screen", undefined, FINDING, [FINDING]],
  ["a longer one", 41, FINDING, ["  12:5    error   Okta has no group", '      "payments-oncal"  ref/unknown-group']],
  ["a word that no line holds", 10, "  ab abcdefghijkl cd", ["  ab", "      abcdefghijkl", "      cd"]],
  ["a line in colours", 8, "\u001b[31mab\u001b[39m cd efg", ["\u001b[31mab\u001b[39m cd", "    efg"]],
  ["a line of wide letters", 9, "開発 開発 ab", ["開発 開発", "    ab"]],
])("%s is broken where it has to", (_, width, line, lines) => {
  expect(wrap(line, width).split("\n")).toEqual(lines);
});
