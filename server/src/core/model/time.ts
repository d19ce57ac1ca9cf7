/** Time as the core knows it: instants and UTC days are text, arithmetic is pure, and nobody here reads a clock. */

/** ISO 8601 in UTC, e.g. `2026-11-23T14:02:00.000Z`. Instants compare as text. */
export type Instant = string;

/** A UTC day, `YYYY-MM-DD`. Days compare as text. */
export type Day = string;

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MS_PER_DAY = 86_400_000;
/** `Date.UTC` takes earlier years for years of the twentieth century. */
const EARLIEST = 100;

/** The day in `text`, or undefined when it is not `YYYY-MM-DD` or names a day that no calendar has. */
export function parseDay(text: string): Day | undefined {
  const match = DAY.exec(text);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const isDay = year >= EARLIEST && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  return isDay ? text : undefined;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The UTC day in which an instant lies. */
export function dayOf(instant: Instant): Day {
  return instant.slice(0, 10);
}

/** `day` moved by a number of days, which may be negative. */
export function addDays(day: Day, days: number): Day {
  return fromEpochDay(epochDayOf(day) + days);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return epochDayOf(to) - epochDayOf(from);
}

/** Minutes between two instants, rounded down; negative when `to` is earlier. */
export function minutesBetween(from: Instant, to: Instant): number {
  return Math.floor((Date.parse(to) - Date.parse(from)) / 60_000);
}

/** `14:02 UTC` for an instant of the same day as `now`, else `2026-11-22 14:02 UTC`. */
export function renderInstant(instant: Instant, now: Instant): string {
  const time = `${instant.slice(11, 16)} UTC`;
  return dayOf(instant) === dayOf(now) ? time : `${dayOf(instant)} ${time}`;
}

function epochDayOf(day: Day): number {
  return toEpochDay(Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10)));
}

function toEpochDay(year: number, month: number, day: number): number {
  return Math.floor(Date.UTC(year, month - 1, day) / MS_PER_DAY);
}

/** Gregorian date of a day count since 1970-01-01, after Howard Hinnant's `civil_from_days`, years 0 to 9999. */
function fromEpochDay(epochDay: number): Day {
  const z = epochDay + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, "0");
}
