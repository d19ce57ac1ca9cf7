/** Long work a slice at a time: whoever types in between waits for one slice and not for all. */

import type { CancellationToken } from "vscode-languageserver";
import { nextTurn } from "./guard.ts";

/** Shorter than anybody notices, and much shorter than the break between two keystrokes. */
const SLICE_MS = 8;

/** Takes all steps, or stops when cancelled. A step that takes longer than a slice is a slice of its own. */
export async function inSlices(steps: Iterable<unknown>, token?: CancellationToken): Promise<void> {
  let since = performance.now();
  for (const _ of steps) {
    if (performance.now() - since < SLICE_MS) continue;
    await nextTurn();
    if (token?.isCancellationRequested) return;
    since = performance.now();
  }
}
