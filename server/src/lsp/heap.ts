/** How much room V8 takes: for new objects, and beyond what is in use. */

import { setFlagsFromString } from "node:v8";

/**
 * New objects keep the small space they start in: nearly all of an edit's die in it, and a check's survive any size of it.
 * Old ones are collected when they take an eighth more than is in use, where V8 would let them grow to several times as
 * much: 10,000 mappings with 10,000 people then take half the memory, and a keystroke as long as before. The start takes up to
 * a tenth longer; told later, V8 keeps to the room it took at the start. (V8 11, Node 20, 2026-11)
 */
export function keepHeapSmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--heap-growing-percent=12");
}
