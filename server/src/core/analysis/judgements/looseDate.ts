/** Dates as people write them, to the days they may mean. */

import { type Day, parseDay } from "../../model/time.ts";

/** The days that a text may mean, the likelier first: two for 01/02/2027, none for a text that is no date. */
export function readLooseDate(text: string): readonly Day[] {
  const yearFirst = /^(\d{4})[-/. ]?(\d{1,2})[-/. ]?(\d{1,2})(?:[T ].*)?$/.exec(text);
  if (yearFirst) return days([[yearFirst[1], yearFirst[2], yearFirst[3]]]);
  const yearLast = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})$/.exec(text);
  if (!yearLast) return [];
  const [, first, separator, second, year] = yearLast;
  const dayFirst = [year, second, first] as const;
  // A dot separates day, month, year wherever it is used; slashes and dashes come in both orders.
  return days(separator === "." ? [dayFirst] : [dayFirst, [year, first, second]]);
}

type Parts = readonly [year: string | undefined, month: string | undefined, day: string | undefined];

function days(readings: readonly Parts[]): readonly Day[] {
  const found = readings.flatMap(([year, month = "", day = ""]) => {
    const parsed = parseDay(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);
    return parsed === undefined ? [] : [parsed];
  });
  return [...new Set(found)];
}
