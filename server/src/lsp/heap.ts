/**
 * How much room V8 takes beyond what is in use. Left to itself it takes up to three times as much: what an edit leaves
 * behind is little, so a server that lives as long as an editor gains nothing by that.
 */

import { setFlagsFromString } from "node:v8";

/** New objects keep the small space they start in: nearly all of an edit's die in it, and a check's survive any size of it. */
export function keepYoungSpaceSmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}

/** Collects what is old before it has doubled. It costs a tenth of an opening's time, so it begins when files are read. */
export function keepHeapSmall(): void {
  setFlagsFromString("--optimize-for-size");
}
