/** CSV files: what a spreadsheet must not calculate, and that all comes back as it was. */

import { describe, expect, test } from "vitest";
import { fromCsv, toCsv } from "../../server/src/store/csv.ts";

const CELLS: readonly (readonly [what: string, cell: string, written: string])[] = [
  ["plain text", "Engineer", "Engineer"],
  ["a formula", "=HYPERLINK(1)", "'=HYPERLINK(1)"],
  ["a sum", "+1", "'+1"],
  ["a difference", "-1", "'-1"],
  ["a function of old", "@SUM(A1)", "'@SUM(A1)"],
  ["a formula in wide letters", "＝1+1", "'＝1+1"],
  ["commas and quotes", 'a, "b"', '"a, ""b"""'],
  ["a line break, which is shown", "a\nb", "a?b"],
  ["letters that cannot be seen", "a\u202eb", "a?b"],
  ["an apostrophe of its own", "'tis", "'tis"],
  ["a formula behind an apostrophe of its own", "'=1", "''=1"],
  ["a formula where another country's cells begin", "a;=HYPERLINK(1);b;+1", "a;'=HYPERLINK(1);b;'+1"],
  ["what stands like a guard of ours", "a;'@b;'tis", "a;''@b;'tis"],
];

test.each(CELLS)("%s", (_, cell, written) => {
  expect(toCsv({ columns: ["Name"], rows: [[cell]] })).toBe(`\ufeffName\r\n${written}\r\n`);
});

describe("reading back", () => {
  test.each(CELLS.filter(([what]) => !what.includes("shown") && !what.includes("seen")))("%s", (_, cell) => {
    const read = fromCsv(toCsv({ columns: ["Name", "Decision"], rows: [[cell, "keep"]] }));
    expect(read).toEqual([
      new Map([
        ["Name", cell],
        ["Decision", "keep"],
      ]),
    ]);
  });

  test.each([
    ["a spreadsheet with semicolons", "Name;Decision\nSRE;keep\n", "keep"],
    ["semicolons in cells of a table with commas", "Name,Decision\na;b;c,keep\n", "keep"],
    ["a line that names the separator", "\ufeffsep=;\r\nName;Decision\r\nSRE;keep\r\n", "keep"],
    ["tabs", "Name\tDecision\nSRE\trevoke\n", "revoke"],
    ["empty lines", "Name,Decision\n\nSRE,keep\n\n", "keep"],
  ])("%s", (_, text, decision) => {
    const read = fromCsv(text);
    expect("problem" in read ? read : read.map((row) => row.get("Decision"))).toEqual([decision]);
  });

  test("rows of uneven length are no table", () => {
    expect(fromCsv('Name,Decision\n"SRE\n')).toHaveProperty("problem");
  });
});
