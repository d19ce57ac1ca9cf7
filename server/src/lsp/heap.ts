/** How much room V8 takes for new objects. */

import { setFlagsFromString } from "node:v8";

/**
 * New objects keep the small space they start in: nearly all of an edit's die in it, and a check's survive any size of it.
 * The space for old ones is left alone: kept close to what is in use, it is collected with every few keys. (V8 11, Node 20)
 */
export function keepYoungSpaceSmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}
