/** A person's way as named steps, each of which starts where the one before it ended and counts as a test. */

import { startBrowser, startServer } from "./host.mjs";
import { add, failed } from "./results.mjs";
import { openWindow } from "./user.mjs";

/**
 * Starts an editor with `server` as its options and goes the steps in a window at `url(port)`. The first failure ends the
 * way; the steps that were not reached count as failed too.
 */
export function goSteps(name, server, url, steps) {
  return inEditor(name, server, (editor) => goInWindow(name, editor, url(editor.port), steps));
}

/** Counts of what `go` does with a running editor, which ends with it. */
export async function inEditor(name, server, go) {
  let running;
  let browser;
  try {
    [running, browser] = await Promise.all([startServer(server), startBrowser()]);
    return await go({ ...running, browser });
  } catch (error) {
    return failed(name, error.message);
  } finally {
    await browser?.close();
    await running?.stop();
  }
}

/** The steps in a window of its own of an editor that may have others. */
export async function goInWindow(name, editor, url, steps) {
  let counts = { passed: 0, failed: 0 };
  const user = await openWindow(editor.browser, url);
  for (const [title, step] of Object.entries(steps)) {
    const started = Date.now();
    try {
      await step(user, editor);
    } catch (error) {
      await user.shot(`failure of ${name}`).catch(() => {});
      const missed = Object.keys(steps).length - counts.passed - 1;
      return add(add(counts, failed(title, error.message)), { passed: 0, failed: missed });
    }
    console.log(`  ok ${title} (${Date.now() - started} ms)`);
    counts = add(counts, { passed: 1, failed: 0 });
  }
  await user.page.close();
  return counts;
}
