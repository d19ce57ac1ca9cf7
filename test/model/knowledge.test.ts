/** What may be concluded: absence needs a whole read. */

import { expect, test } from "vitest";
import {
  complete,
  conclude,
  type Failure,
  gapOf,
  isComplete,
  itemsOf,
  type Knowledge,
  partial,
  unknown,
  weaken,
} from "../../server/src/core/model/knowledge.ts";

const AT = "2026-11-23T12:00:00.000Z";
const GAP: Failure = { kind: "incomplete", system: "okta", message: "page 2 is missing" };
const whole = complete("okta", AT, new Map([["a", 1]]));
const part = partial("okta", AT, new Map([["a", 1]]), GAP);
const nothing: Knowledge<number> = unknown(GAP);

test("no match is absence in a whole read alone", () => {
  expect(conclude(whole, []).answer).toBe("absent");
  expect(conclude(part, [])).toEqual({ answer: "unknown", why: GAP });
  expect(conclude(nothing, []).answer).toBe("unknown");
});

test("a match is a match in a part too, and two are ambiguous", () => {
  expect(conclude(part, [1])).toEqual({ answer: "present", item: 1, asOf: AT });
  expect(conclude(whole, [1, 2]).answer).toBe("ambiguous");
  expect(conclude(nothing, [1]).answer, "what was not read cannot match").toBe("unknown");
});

test("gaps are named, and a weakened read proves nothing any more", () => {
  expect([gapOf(whole), gapOf(part), gapOf(nothing)]).toEqual([undefined, GAP, GAP]);
  expect([isComplete(whole), isComplete(part), isComplete(undefined)]).toEqual([true, false, false]);
  const weak = weaken(whole, GAP);
  expect(conclude(weak, [])).toEqual({ answer: "unknown", why: GAP });
  expect(itemsOf(weak)).toEqual(itemsOf(whole));
  expect(weaken(nothing, GAP)).toBe(nothing);
});
