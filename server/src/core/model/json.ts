/** JSON as it comes in, before anybody has looked at what it holds. */

/** True for an object with keys: neither null nor a list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True for a text with something in it: vendors write an empty one for what they do not know. */
export function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
