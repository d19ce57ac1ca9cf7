/** A person at the editor: what they press and what they see. Selectors of the workbench stand here and nowhere else. */

import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { mapUser } from "./mapUser.mjs";
import { LIMIT, PATIENCE, TRIES, untilSeen as untilSeenOn } from "./patience.mjs";
import { sayings } from "./sayings.mjs";
import { viewUser } from "./viewUser.mjs";

export const SHOTS = resolve(import.meta.dirname, "../../dist/shots");
/** Our item of the status bar. */
export const STATUS = "#accessmap\\.accessmap\\.accessmap\\.status";
/** The row of an open list that Enter takes: a list shows what was used last until it has taken in what is typed. */
const IN_FOCUS = ".quick-input-list .monaco-list-row.focused";
const HOVER = ".monaco-hover:not(.hidden)";

/** Opens a window at `url`. Every wait of the person is bounded. */
export async function openWindow(browser, url) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(LIMIT);
  await page.goto(url);
  await page.locator(".monaco-workbench").waitFor();
  mkdirSync(SHOTS, { recursive: true });
  return { ...person(page), page };
}

function person(page) {
  let limit = LIMIT;
  const say = sayings(page);
  const visible = (selector, text) => page.locator(selector, text === undefined ? {} : { hasText: text });
  const editor = () => page.locator(".editor-instance .monaco-editor").first();
  const see = (selector, text) => visible(selector, text).first().waitFor();
  /** As it looks on the screen, once it is there. */
  const textOf = async (selector, text) => {
    const found = visible(selector, text);
    await found.first().waitFor();
    return ((await found.allInnerTexts())[0] ?? "").replaceAll("\u00a0", " ");
  };

  const plain = (text) => text.replaceAll("\u00a0", " ").replaceAll("\n", " ").trim();

  /** A pointer left on the text opens hovers, and an open hover swallows clicks on the lines under it. */
  async function rest() {
    await page.mouse.move(900, 2);
    await page.keyboard.press("Escape");
    await page.locator(HOVER).first().waitFor({ state: "hidden" });
  }

  const untilSeen = (act, selector, text) => untilSeenOn(page, act, selector, text);

  /** What the palette offers for a title, once it offers something, or `wanted`. */
  async function askPalette(title, wanted) {
    const ask = async () => {
      await page.keyboard.press("Escape");
      await page.keyboard.press("F1");
      await page.locator(".quick-input-widget input").first().fill(`>${title}`, { timeout: PATIENCE });
    };
    await untilSeen(ask, `${IN_FOCUS} .label-name`, wanted);
    return page.locator(".quick-input-list .monaco-list-row .label-name");
  }

  /** Runs a command by its title in the palette. A young window does not know it yet, and the palette never learns. */
  async function run(title) {
    await askPalette(title, title);
    await page.keyboard.press("Enter");
  }

  return {
    see,
    untilSeen,
    textOf,
    rest,
    press: (keys) => page.keyboard.press(keys),
    type: (text) => page.keyboard.type(text),
    /** Puts a text in at the cursor in one go, so that one undo takes it back. */
    insert: (text) => page.keyboard.insertText(text),
    /** Types into the box that asks for something with this title. */
    async answer(title, text) {
      await see(".quick-input-titlebar", title);
      await page.locator(".quick-input-widget input").first().fill(text);
    },
    run,
    /** Asks for it again where the list does not have it: a list that is open learns of no new file (VS Code 1.139). */
    async openFile(name) {
      const ask = async () => {
        await page.keyboard.press("Escape");
        await page.keyboard.press("Control+P");
        await page.locator(".quick-input-widget input").first().fill(name, { timeout: PATIENCE });
        await visible(IN_FOCUS, name).waitFor({ timeout: PATIENCE });
        await page.keyboard.press("Enter");
      };
      await untilSeen(ask, ".tab.active", name);
      await page.locator(".editor-instance .view-line").first().waitFor();
    },
    seeSquiggle: (severity) => editor().locator(`.squiggly-${severity}`).first().waitFor(),
    countSquiggles: (severity) => editor().locator(`.squiggly-${severity}`).count(),
    /** Text of the rows of the Problems panel that contain `text`. */
    async problems(text) {
      await page.keyboard.press("Control+Shift+M");
      await see(".markers-panel .monaco-list-row", text);
      return visible(".markers-panel .monaco-list-row", text).allInnerTexts();
    },
    /** Jumps to the finding of the Problems panel that contains `text`. */
    chooseProblem: (text) => visible(".markers-panel .monaco-list-row", text).first().dblclick(),
    /** Points at a word of the active editor, anew where late lenses and hints moved it away, and answers what the hover says. */
    async hover(word, expected) {
      const point = async () => {
        await rest();
        await editor().locator(".view-line span", { hasText: word }).last().hover();
      };
      await untilSeen(point, HOVER, expected);
      return textOf(HOVER, expected);
    },
    /**
     * Names a file to the dialog of a command, which empties its field while it looks around, and is gone when a window that
     * is starting takes the focus away (VS Code 1.139).
     */
    async chooseFile(command, title, path) {
      const name = path.slice(path.lastIndexOf("/") + 1);
      const dialog = visible(".quick-input-titlebar", title).first();
      const box = page.locator(".quick-input-widget input").first();
      for (let tries = TRIES; tries > 0; tries--) {
        if (!(await dialog.isVisible())) await run(command);
        const fill = async () => {
          await dialog.waitFor({ timeout: PATIENCE });
          await box.fill(path, { timeout: PATIENCE });
        };
        const isFilled = await fill().then(
          () => true,
          () => false,
        );
        if (!isFilled) continue;
        const row = visible(".quick-input-list .monaco-list-row", name).first();
        await row.waitFor({ timeout: PATIENCE }).catch(() => {});
        if ((await box.inputValue()) !== path || !(await box.isVisible())) continue;
        await box.press("Enter");
        const isGone = box.waitFor({ state: "hidden", timeout: PATIENCE }).then(
          () => true,
          () => false,
        );
        if (await isGone) return;
      }
      throw new Error(`the dialog did not take ${path}`);
    },
    /** Presses a button of a walkthrough. */
    pressWalkthrough: (text) => visible(".gettingStartedContainer .monaco-button", text).first().click(),
    /** Titles of the steps of a walkthrough that are ticked off, once `title` is. */
    async stepsDone(title) {
      const done = ".getting-started-step[aria-checked='true'] .step-title";
      await see(done, title);
      return page.locator(done).allInnerTexts();
    },
    /** Presses a button of the view that has nothing to show. */
    pressWelcome: (text) => visible(".welcome-view .monaco-button", text).first().click(),
    /** Answers the question of several that is open now. */
    async answerStep(prompt, text) {
      await see(".quick-input-message, .quick-input-description", prompt);
      await page.locator(".quick-input-widget input").first().fill(text);
      await page.keyboard.press("Enter");
    },
    async chooseStep(placeholder, choice) {
      await page.locator(".quick-input-widget input").first().and(page.getByPlaceholder(placeholder)).waitFor();
      await page.locator(".quick-input-widget input").first().fill(choice);
      await see(IN_FOCUS, choice);
      await page.keyboard.press("Enter");
    },
    /** Chooses a row of the list with this title. */
    async chooseRow(title, text) {
      await see(".quick-input-titlebar", title);
      await visible(".quick-input-list .monaco-list-row", text).first().click();
    },
    /** Answers the question that is open with a text. */
    async enter(text) {
      const box = page.locator(".quick-input-widget input").first();
      await box.fill(text);
      await box.press("Enter");
    },
    /** Runs a command if the palette offers it now; answers whether it did. */
    async tryToRun(title) {
      const offered = await askPalette(title);
      const [first] = (await offered.allInnerTexts()).map(plain);
      if (first === title) await page.keyboard.press("Enter");
      else await page.keyboard.press("Escape");
      return first === title;
    },
    /** Waits up to so many milliseconds from now on. */
    patience(milliseconds) {
      limit = milliseconds;
      page.setDefaultTimeout(limit);
    },
    scene: say.scene,
    calm: say.calm,
    /** What comes of a command that was run in the scene `before`; nothing, if it is silent for so many milliseconds. */
    said: (before, answered = "", patience = limit) => say.said(before, { answered, limit, patience }),
    /** Reloads the window. What the address asks to be opened would stand in for what was open. */
    async reload() {
      const address = new URL(page.url());
      const asked = JSON.parse(address.searchParams.get("payload") ?? "[]");
      address.searchParams.set("payload", JSON.stringify(asked.filter(([what]) => what !== "openFile")));
      await page.goto(address.href);
      await page.locator(".monaco-workbench").waitFor();
    },
    /** Goes to a tab that is open. */
    async switchTo(name) {
      await visible(".tab", name).first().click();
      await see(".tab.active", name);
    },
    /** Presses a lens until what comes of it is there; one that has just moved takes no click (VS Code 1.139). */
    pressLens(lens, selector, text) {
      const link = visible(".codelens-decoration a", lens).first();
      return untilSeen(() => link.click({ timeout: PATIENCE }), selector, text);
    },
    /** Puts the cursor into a word, which the header that stays or a scroll bar may cover: then the text is moved first. */
    async goTo(word) {
      const place = editor().locator(".view-line span", { hasText: word }).last();
      for (let tries = TRIES; tries > 1; tries--) {
        const isDone = await place.click({ timeout: PATIENCE }).then(
          () => true,
          () => false,
        );
        if (isDone) return;
        const [room, spot] = await Promise.all([editor().boundingBox(), place.boundingBox()]);
        if (!room || !spot) continue;
        const middle = room.y + room.height / 2;
        await page.mouse.move(room.x + room.width / 2, middle);
        await page.mouse.wheel(0, spot.y < middle ? -100 : 100);
      }
      await place.click();
    },
    /** Opens the quick fixes at the cursor, takes a picture, and chooses the one with this text. */
    async quickFix(text, shot) {
      const open = async () => {
        await page.keyboard.press("Escape");
        await page.keyboard.press("Control+.");
      };
      // The list does not open while the click that put the cursor there is still at work (VS Code 1.139).
      await untilSeen(open, ".action-widget .monaco-list-row", text);
      await page.screenshot({ path: join(SHOTS, `${shot}.png`), animations: "disabled" });
      await visible(".action-widget .monaco-list-row", text).first().click();
    },
    /** What the modal dialog asks. */
    readDialog: () => textOf(".monaco-dialog-box"),
    pressButton: (text) => visible(".monaco-dialog-box .monaco-button", text).first().click(),
    /** Chooses what a click on our item of the status bar offers. */
    async pressStatus(choice) {
      const rows = ".quick-input-list .monaco-list-row";
      await untilSeen(() => page.locator(STATUS).click({ timeout: PATIENCE }), rows, choice);
      await visible(rows, choice).first().click();
    },
    /** A button of a message, which hides after a while and then stands in the list of all. */
    async pressToast(text) {
      const button = visible(":is(.notification-toast, .notifications-center) .monaco-button", text).first();
      await button.click({ timeout: 2 * PATIENCE }).catch(async () => {
        await run("Notifications: Show Notifications");
        await button.click();
      });
    },
    /** Trusts the workspace, on the page that explains trust. */
    trust: () =>
      visible(".workspace-trust-editor .monaco-button", /^Trust/)
        .first()
        .click(),
    /** Closes a page that stands above the window. */
    closeAbove: () => page.locator(".monaco-modal-editor-block .codicon-close").first().click(),
    ...viewUser(page),
    /** Shows only findings with these words in the Problems panel, which draws no more rows than fit, until it has `row`. */
    async filterProblems(text, row = text) {
      await page.keyboard.press("Control+Shift+M");
      const filter = page.locator(".markers-panel-container input, .panel .viewpane-filter input").first();
      // A panel that is still opening empties the field again.
      await untilSeen(() => filter.fill(text, { timeout: PATIENCE }), ".markers-panel .monaco-list-row", row);
    },
    seeNone: (selector, text) => visible(selector, text).first().waitFor({ state: "detached" }),
    openTab: (title) => visible(".tab", title).first().click(),
    /** Ctrl+click on a link of the editor, until it has led to the tab. At its place: under Ctrl and the pointer it is drawn anew. */
    followLink(text, tab) {
      const link = editor().locator(".detected-link", { hasText: text }).first();
      const follow = async () => {
        await rest();
        const { x, y, width, height } = await link.boundingBox({ timeout: PATIENCE });
        await page.keyboard.down("Control");
        try {
          await page.mouse.click(x + width / 2, y + height / 2);
        } finally {
          await page.keyboard.up("Control");
        }
      };
      return untilSeen(follow, ".tab.active", tab);
    },
    /** A button of the title bar of the active editor. */
    pressTitle: (title) => page.locator(`.editor-actions .action-label[aria-label^='${title}']`).first().click(),
    clearToasts: async () => {
      await run("Notifications: Clear All Notifications");
      await page.locator(".notification-toast").first().waitFor({ state: "detached" });
    },
    map: () => mapUser(page),
    /** A picture file as a browser shows it. */
    async drawFile(svg, name) {
      const other = await page.context().browser().newPage();
      await other.setContent(svg);
      await other.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
      await other.close();
    },
    shot: (name) => page.screenshot({ path: join(SHOTS, `${name}.png`), animations: "disabled" }),
  };
}
