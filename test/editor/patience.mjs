/** How long a person waits, and that they try again. */

/** Milliseconds that a person waits for anything. */
export const LIMIT = 45_000;
/** One of several tries, and how many follow the first. */
export const PATIENCE = LIMIT / 9;
export const TRIES = 8;

/**
 * Acts again as long as nothing comes of it, which is `selector` on the page, with `text` in it if that is given: a window
 * at work loses clicks on what moves, and keys while the focus is on its way. Throws what the last try failed for.
 */
export async function untilSeen(page, act, selector, text) {
  const wanted = page.locator(selector, text === undefined ? {} : { hasText: text }).first();
  for (let tries = TRIES; ; tries--) {
    const lost = await act().catch((error) => error);
    try {
      await wanted.waitFor({ timeout: PATIENCE });
      return;
    } catch (error) {
      if (tries === 0) throw lost ?? error;
    }
  }
}
