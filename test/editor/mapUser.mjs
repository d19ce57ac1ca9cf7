/** A person at the page of the access map. Its selectors stand here and nowhere else. */

import axe from "axe-core"; // axe-core: the rules that accessibility reviews go by; it runs in the page itself

export function mapUser(page) {
  const frame = () => page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
  const find = (selector, text) =>
    frame()
      .locator(selector, text === undefined ? {} : { hasText: text })
      .first();
  const cell = (group, column) => frame().locator(`td[aria-label^="${group}, ${column}:"]`).first();
  return {
    see: (selector, text) => find(selector, text).waitFor(),
    /** What a screen reader says of a cell. */
    spoken: (group, column) => cell(group, column).getAttribute("aria-label"),
    clickCell: (group, column) => cell(group, column).click(),
    focusCell: (group, column) => cell(group, column).focus(),
    focused: () => frame().locator(":focus").getAttribute("aria-label"),
    /** Types into the field for words. */
    fill: (text) => frame().locator("#filter input").fill(text),
    async choose(option) {
      await frame().locator("vscode-single-select").click();
      await frame().locator("vscode-single-select li.option", { hasText: option }).click();
    },
    tab: (name) => frame().getByRole("tab", { name, exact: true }).click(),
    press: (text) => find("vscode-button", text).click(),
    /** What keeps people with other eyes, hands or tools out: serious faults, each with an element that has it. */
    async barriers() {
      const outer = await (await page.locator("iframe.webview.ready").elementHandle()).contentFrame();
      const inner = await (await outer.locator("#active-frame").elementHandle()).contentFrame();
      await inner.evaluate(axe.source);
      return inner.evaluate(async () => {
        const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
        return violations
          .filter(({ impact }) => impact === "serious" || impact === "critical")
          .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0].html.slice(0, 200)} (${nodes.length})`);
      });
    },
    hoverNode: (text) => find(".am-node", text).hover(),
  };
}
