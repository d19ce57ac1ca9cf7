/** Moments before and after the present, for what the company does not keep itself. */

const DAY = 86_400_000;

/** An instant so many days ago; negative days lie ahead. */
export function daysAgo(now: Date, days: number): string {
  return new Date(now.getTime() - days * DAY).toISOString();
}
