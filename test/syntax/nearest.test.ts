import fc from "fast-check";
import { distance } from "fastest-levenshtein";
import { expect, test } from "vitest";
import { nearestFew, nearestOrFuller } from "../../server/src/core/syntax/nearest.ts";

/** Everything compared with everything, nothing skipped. */
function slowly(text: string, names: readonly string[], most: number): string[] {
  const wanted = text.toLowerCase();
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  return [...new Set(names)]
    .map((name) => ({ name, score: distance(wanted, name.toLowerCase()) }))
    .filter(({ name, score }) => name !== text && Math.abs(name.length - wanted.length) <= limit && score <= limit)
    .sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name);
}

const name = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."dDgG-_01@ÉéЀѐ"), maxLength: 8 }),
  fc.string({ unit: "grapheme", maxLength: 6 }),
);

test("names that were skipped would not have been among the nearest", () => {
  fc.assert(
    fc.property(name, fc.array(name, { maxLength: 40 }), fc.integer({ min: 1, max: 4 }), (text, names, most) => {
      const expected = slowly(text, names, most);
      expect(nearestFew(text, names, most)).toEqual(expected);
      const asKeys = new Map(names.map((each) => [each, 0]));
      for (let turn = 0; turn < 2; turn++) expect(nearestFew(text, asKeys, most)).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["ana", ["diana@acme.com", "ana.ray@acme.com", "bo@acme.com"], ["ana.ray@acme.com", "diana@acme.com"]],
  ["DELETE", ["logs_delete_data", "logs_read_data"], ["logs_delete_data"]],
  ["dd-sr", ["dd-sre", "dd-sre-leads"], ["dd-sre"]],
  ["an", ["ana@acme.com"], []],
  ["zoe", ["ana@acme.com"], []],
])("for %j of %j are meant %j", (text, names, expected) => {
  expect(nearestOrFuller(text, names, 3)).toEqual(expected);
});
