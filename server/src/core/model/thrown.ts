/** What was thrown, as text: anything can be, an `Error` or not. Neither text is free of secrets; `http/redact.ts` is for that. */

/** What it says, for people. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** What it says and where it came from, over several lines, for a log or a report of a fault of ours. */
export function traceOf(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}
