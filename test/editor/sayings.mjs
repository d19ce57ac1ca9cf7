/** What the editor says to a person who has run a command: messages, questions, dialogs, and what is new on the screen. */

/**
 * A message with work behind it, which can be called off. It stands there for a moment when the work has ended, shows no
 * progress then, and is no outcome.
 */
const WORK = ".notification-toast:has(.monaco-button:text-is('Cancel'))";
/** Messages, questions and dialogs. */
const SAYING = [
  ".notification-toast:not(:has(.monaco-button:text-is('Cancel'))) .notification-list-item-message",
  ".quick-input-widget:not([style*='display: none']) .quick-input-title",
  ".quick-input-widget:not([style*='display: none']) .quick-input-message",
  ".monaco-dialog-box",
].join();
/** What stands in the status bar for a moment. */
const NOTE = "#status\\.extensionMessage";
/** Work of ours that the status bar tells of, which takes minutes in a huge project. */
const IN_WINDOW = "#status\\.progress:has-text('accessmap: ')";
const TRIES = 8;

const plain = (text) => text.replaceAll("\u00a0", " ").replaceAll("\n", " ").trim();

export function sayings(page) {
  /** What is in front, and what the panel and the status bar say. */
  async function scene() {
    const places = [".tab.active .label-name", ".part.panel .action-item.checked .action-label", NOTE];
    const texts = places.map((place) => page.locator(place).locator("visible=true").allInnerTexts());
    return (await Promise.all(texts)).flat().map(plain).filter(Boolean);
  }

  const textsOf = async (selector) => (await page.locator(selector).allInnerTexts()).map(plain);

  return {
    scene,
    /**
     * What comes of a command: a message, a question, a dialog, else what is on the screen that was not in `before`, the
     * scene that it was run in. Work that shows itself is waited for, up to `limit` milliseconds, and so is the end
     * of the question `answered`. Empty when nothing comes, and no work shows, for `patience`
     * milliseconds, but for work that only the status bar told of.
     */
    async said(before, { answered = "", limit, patience = limit }) {
      const end = Date.now() + limit;
      let silentUntil = Date.now() + patience;
      let worked = "";
      for (;;) {
        const quiet = await textsOf(IN_WINDOW);
        const isWorking = quiet.length > 0 || (await page.locator(WORK).count()) > 0;
        const words = (await textsOf(SAYING)).filter(Boolean).join(" | ");
        const isAsking = answered !== "" && words.startsWith(answered);
        const shown = (await scene()).filter((text) => !before.includes(text));
        if (!isWorking && !isAsking && (words || shown.length > 0)) return words || `shows ${shown.join(", ")}`;
        if (quiet.length > 0) worked = `did ${quiet.join(", ")}`;
        if (isWorking) silentUntil = Date.now() + patience;
        if (Date.now() > end) return words;
        if (Date.now() > silentUntil) return words || worked;
        await page.waitForTimeout(50);
      }
    },
    /** Closes whatever is open above the window. */
    async calm() {
      for (let times = 0; times < 2; times++) await page.keyboard.press("Escape");
      const toast = page.locator(".notification-toast").first();
      for (let tries = TRIES; tries > 0 && (await toast.count()) > 0; tries--) {
        // It may be on its way in, or go by itself meanwhile.
        await toast
          .locator(".codicon-notifications-clear")
          .first()
          .click({ timeout: 300 })
          .catch(() => {});
        // The editor shows three messages in 800 ms, and keeps further ones behind its bell (VS Code 1.139).
        await page.waitForTimeout(300);
      }
    },
  };
}
