/** Moves a whole company in time, so that people who logged in yesterday did so whatever day the sandbox starts. */

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const DAY = 86_400_000;

/** The same value with every instant in it moved by whole days, in place where it can be. */
export function shift<T>(value: T, days: number): T {
  if (typeof value === "string") return (INSTANT.test(value) ? moved(value, days) : value) as T;
  if (value instanceof Map) for (const [key, inner] of value) value.set(key, shift(inner, days));
  else if (typeof value === "object" && value !== null)
    for (const [key, inner] of Object.entries(value)) Object.assign(value, { [key]: shift(inner, days) });
  return value;
}

function moved(instant: string, days: number): string {
  return new Date(Date.parse(instant) + days * DAY).toISOString();
}
