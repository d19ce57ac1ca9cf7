/** What ends work that is under way. */

import { setMaxListeners } from "node:events";

/**
 * A controller for work of any number of requests. Each that is under way listens to the signal, several for each origin,
 * and Node writes a warning of a leak to standard error from the eleventh on.
 */
export function openCancellation(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}
