/** Compares text that a feature prints with the text written in a test, so that indentation of the test does not count. */

import { expect } from "vitest";

/** Fails unless both are the same after blank first and last lines are dropped. */
export function expectText(actual: string, expected: string): void {
  expect(trimLines(actual)).toBe(trimLines(expected));
}

function trimLines(text: string): string {
  return text
    .replace(/^(?:[ \t]*\r?\n)+/, "")
    .replace(/(?:\r?\n[ \t]*)+$/, "")
    .replace(/[ \t]+$/gm, "");
}
