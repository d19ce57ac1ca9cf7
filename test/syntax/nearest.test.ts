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
    .filter(({ name, score }) => name !== text && score <= limit)
    .sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name);
}

const name = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."dDgG-_01@ÉéİЀѐ"), maxLength: 8 }),
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
    { numRuns: 500, seed: 1 },
  );
});

const WORDS = ["sre", "payments", "oncall", "platform", "Daten", "Équipe", "readers", "emea", "ADMINS", "İzmir"];
const pieces = fc.array(fc.constantFrom(...WORDS, "0", "17", "2026"), { minLength: 1, maxLength: 7 });
const grown = fc.tuple(pieces, fc.constantFrom("-", ".", "_", " ", ""), fc.constantFrom("dd-", "", "@acme.com"));
const groupName = grown.map(([parts, between, mark]) =>
  mark === "@acme.com" ? parts.join(between) + mark : mark + parts.join(between),
);
const slip = fc.record({
  at: fc.nat(),
  gone: fc.nat({ max: 2 }),
  typed: fc.constantFrom("", "x", "A", "é", "İ", "12"),
});

test("among 2,000 names of groups a misspelt one gets the near names that comparing with all finds", () => {
  const [names = []] = fc.sample(fc.uniqueArray(groupName, { minLength: 2000, maxLength: 2000 }), {
    numRuns: 1,
    seed: 2,
  });
  const asKeys = new Map(names.map((each) => [each, 0]));
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.array(slip, { maxLength: 4 }),
      fc.integer({ min: 1, max: 5 }),
      (name, slips, most) => {
        const text = slips.reduce((before, { at, gone, typed }) => {
          const place = at % (before.length + 1);
          return before.slice(0, place) + typed + before.slice(place + gone);
        }, name);
        expect(nearestFew(text, asKeys, most)).toEqual(slowly(text, names, most));
      },
    ),
    { numRuns: 150, seed: 3 },
  );
});

test.each([
  ["i\u0307i\u0307i\u0307", ["İİİ"]],
  ["istanbul", ["İSTANBUL"]],
  ["İSTANBUL", ["istanbul"]],
])("a letter that is two in lower case counts as two: %j is near %j", (text, names) => {
  expect(nearestFew(text, names, 3)).toEqual(names);
});

test("a text of 15,000 letters is near one of as many", () => {
  const long = "dd-".repeat(5_000);
  expect(nearestFew(`${long}x`, ["dd-sre", long], 3)).toEqual([long]);
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
