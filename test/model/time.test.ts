/** Days and instants. */

import { expect, test } from "vitest";
import {
  addDays,
  dayOf,
  daysBetween,
  minutesBetween,
  parseDay,
  renderInstant,
} from "../../server/src/core/model/time.ts";

test("a day is YYYY-MM-DD and stands in the calendar", () => {
  for (const day of ["2026-11-23", "2024-02-29", "2000-02-29", "1999-12-31", "9999-12-31"]) {
    expect(parseDay(day)).toBe(day);
  }
  for (const text of [
    "2026-02-29",
    "1900-02-29",
    "2026-13-01",
    "2026-00-10",
    "2026-04-31",
    "2026-1-1",
    "26-01-01",
    " 2026-01-01",
    "2026-01-01T00:00Z",
    "",
  ]) {
    expect(parseDay(text), text).toBeUndefined();
  }
});

test("days are added and counted as the platform's calendar does", () => {
  for (let offset = -800_000; offset <= 2_900_000; offset += 9_973) {
    const expected = new Date(offset * 86_400_000).toISOString();
    if (!/^\d{4}-/.test(expected)) continue;
    expect(addDays("1970-01-01", offset)).toBe(expected.slice(0, 10));
    if (offset > -650_000) expect(daysBetween("1970-01-01", expected.slice(0, 10))).toBe(offset);
  }
  expect(daysBetween("2026-03-28", "2026-03-30"), "no hour is lost to summer time").toBe(2);
});

test("instants", () => {
  expect(dayOf("2026-11-23T23:59:59.999Z")).toBe("2026-11-23");
  expect(minutesBetween("2026-11-23T14:00:00.000Z", "2026-11-23T14:09:59.000Z")).toBe(9);
  expect(renderInstant("2026-11-23T14:02:00.000Z", "2026-11-23T15:00:00.000Z")).toBe("14:02 UTC");
  expect(renderInstant("2026-11-22T14:02:00.000Z", "2026-11-23T15:00:00.000Z")).toBe("2026-11-22 14:02 UTC");
});
