/** A person at the activity view. Its selectors stand here and nowhere else. */

import { PATIENCE, untilSeen } from "./patience.mjs";

const TREE = ".pane-body .tree-explorer-viewlet-tree-view, .customview-tree";

export function viewUser(page) {
  const row = (text) => page.locator(`${TREE} .monaco-list-row`).filter({ hasText: text }).first();
  return {
    /** Opens the activity view from its icon. */
    openView() {
      const icon = page.locator(".activitybar a.action-label[aria-label^='accessmap']").first();
      return untilSeen(page, () => icon.click({ timeout: PATIENCE }), ".part.sidebar .title-label", /accessmap/i);
    },
    seeRow: (text) => row(text).waitFor(),
    seeNoRow: (text) => row(text).waitFor({ state: "detached" }),
    /** What a screen reader says of a row. */
    spokenRow: (text) => row(text).getAttribute("aria-label"),
    /** At its arrow: a click on the row may mean something else. */
    openRow: (text) => row(text).locator(".monaco-tl-twistie.collapsed").click(),
    closeRow: (text) => row(text).locator(".monaco-tl-twistie:not(.collapsed)").click(),
    clickRow: (text) => row(text).locator(".monaco-icon-label").click(),
    /** Chooses from the menu of a row. */
    async chooseForRow(text, choice) {
      await row(text).click({ button: "right" });
      // A menu takes no click so soon after it opened, but it takes the keyboard.
      await page
        .locator(".context-view .action-label, .monaco-menu .action-label", { hasText: choice })
        .first()
        .hover();
      await page.keyboard.press("Enter");
    },
    /** Presses a button on a row. */
    async pressOnRow(text, title) {
      await row(text).hover();
      await row(text).locator(`.action-label[aria-label^='${title}']`).click();
    },
  };
}
