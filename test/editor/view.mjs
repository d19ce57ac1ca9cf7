/** A person who finds their way through the activity view: opens it, filters, asks, goes to a line, sees it follow typing. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { windowUrl } from "./host.mjs";
import { startSandbox, writeSample } from "./sandbox.mjs";
import { goSteps } from "./steps.mjs";
import { STATUS } from "./user.mjs";

const STEPS = {
  async "opens the view, which shows the organization with its sections"(user) {
    await user.see(STATUS, /sandbox, read/);
    await user.openView();
    await user.seeRow(/^prod/);
    await user.seeRow(/^Groups\s*\d+/);
    await user.seeRow(/^People\s*\d+/);
    await user.seeRow(/^Findings\s*\d+ error/);
    await user.shot("view");
  },
  async "opens groups, and one of them"(user) {
    await user.openRow(/^Groups/);
    await user.openRow(/^dd-engineering/);
    await user.seeRow(/^Platform Admin/);
    assert.match(await user.spokenRow(/^dd-chekout-oncall/), /group dd-chekout-oncall, not in okta, error/);
    await user.shot("view-groups");
  },
  async "goes to the line of a role"(user) {
    await user.clickRow(/^Platform Admin/);
    await user.see(".status-bar-info, .statusbar-item", /Ln 23/);
  },
  async "follows what is typed, without a save"(user) {
    await user.goTo("Platform Admin");
    await user.press("End");
    await user.press("ArrowLeft");
    await user.insert(", Nonsense");
    await user.seeRow(/^Nonsense\s*role · not in prod/);
    await user.see(".codelens-decoration", /^138.people/);
    await user.see(".editor-instance .view-line", /Platform.Admin\s*138.people,/);
    await user.shot("view-typed");
    for (let times = 0; times < 3; times++) await user.press("Control+Z");
    await user.seeNoRow(/^Nonsense/);
  },
  async "filters as the words are typed, and clears the filter"(user) {
    await user.run("accessmap: Filter Access");
    await user.answer("Filter Access", "checkout");
    await user.seeRow(/^Groups\s*1 of 40/);
    await user.seeNoRow(/^dd-engineering/);
    await user.press("Enter");
    await user.see(".pane-body .message", /Only “checkout”\. \d+ rows of open sections/);
    await user.shot("view-filter");
    await user.run("accessmap: Clear Access Filter");
    await user.seeRow(/^dd-engineering/);
  },
  async "opens the section that the filter leaves little of"(user) {
    await user.closeRow(/^Groups/);
    await user.run("accessmap: Filter Access");
    await user.answer("Filter Access", "amara.okanwe");
    await user.seeRow(/^amara.okanwe/);
    await user.press("Enter");
    await user.shot("view-filter-opened");
    await user.untilSeen(() => user.press("Escape"), ".pane-body .monaco-list-row", /^People\s*264/);
    await user.closeRow(/^People/);
    await user.openRow(/^Groups/);
  },
  async "filters, chooses and clears with the keyboard alone"(user) {
    await user.run("Focus on Access View");
    await user.untilSeen(() => user.press("Control+F"), ".quick-input-titlebar", "Filter Access");
    await user.type("payments-oncall");
    await user.seeRow(/^Groups\s*1 of 40/);
    await user.press("Enter");
    const rowsBy = { Home: [/^prod/], ArrowDown: [/^Groups/, /^dd-payments-oncall/] };
    for (const [key, rows] of Object.entries(rowsBy))
      for (const row of rows) await user.untilSeen(() => user.press(key), ".focused.monaco-list-row", row);
    await user.untilSeen(() => user.press("Shift+F10"), ".monaco-menu .action-label", "Copy Name");
    await user.shot("view-menu");
    await user.press("Escape");
    await user.untilSeen(() => user.press("Escape"), ".pane-body .monaco-list-row", /^dd-engineering/);
    await user.seeNone(".pane-body .message", "Only");
    await user.closeRow(/^Groups/);
  },
  async "opens the answer behind a lens"(user) {
    // An editor without the focus does not look for new lenses (VS Code 1.139).
    await user.press("Control+1");
    await user.pressLens(/^138.people/, ".tab.active", "dd-engineering in prod");
    await user.see(".editor-instance .view-line", /through|dd-engineering/);
    await user.shot("lens-answer");
    await user.switchTo("platform.accessmap.yaml");
  },
  async "asks why a line is red, from the cursor"(user) {
    await user.goTo("Platform Admin");
    await user.run("accessmap: Why Is This Red?");
    await user.see(".tab.active", /^Why /);
    await user.see(".editor-instance .view-line", /Check.it.by.hand/);
    await user.shot("why");
    await user.switchTo("platform.accessmap.yaml");
  },
  async "explains a person from the menu"(user) {
    await user.openRow(/^People/);
    const explain = () => user.chooseForRow(/^amara.okanwe/, "Explain This Person");
    await user.untilSeen(explain, ".editor-instance .view-line", /Effective.permissions/);
    await user.shot("view-explain");
    await user.closeRow(/^People/);
  },
  async "shows what is pending only once that is opened"(user) {
    await user.seeRow(/^Pending Changes\s*planned when opened/);
    await user.openRow(/^Pending Changes/);
    await user.seeRow(/^Steps\s*\d+/);
    await user.seeRow(/^Pending Changes\s*\d+ gain/);
    await user.shot("view-changes");
    await user.closeRow(/^Pending Changes/);
  },
  async "shows a push in the journal"(user) {
    await user.openRow(/^Journal/);
    await user.seeRow(/^Nothing was pushed/);
    await user.run("accessmap: Sync");
    await user.readDialog();
    await user.pressButton("Sync ");
    await user.seeRow(/steps? done/);
    await user.shot("view-journal");
  },
};

/** Counts of steps that worked and that did not. */
export async function runView(vsix) {
  const sandbox = await startSandbox();
  const sample = writeSample();
  const openFile = join(sample.folder, "access/platform.accessmap.yaml");
  try {
    const options = { vsix, env: sandbox.environment };
    const url = (port) => windowUrl(port, { folder: sample.folder, openFile });
    return await goSteps("the view", options, url, STEPS);
  } finally {
    await sandbox.stop();
    sample.remove();
  }
}
