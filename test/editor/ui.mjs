/**
 * A person's way through the packaged extension: installed from its file, the sample from the walkthrough that opens by
 * itself, findings, a hover, a quick fix, Dry Run, Sync, and a second Dry Run with nothing left to do. What is pressed is
 * what the screen names. Leaves pictures in `dist/shots`.
 */

import assert from "node:assert/strict";
import { windowUrl } from "./host.mjs";
import { goSteps } from "./steps.mjs";
import { STATUS } from "./user.mjs";

/** From installing to the first push. */
const LIMIT_MS = 5 * 60_000;

/** Each step starts where the one before it ended. */
const stepsFor = (vsix, started = Date.now()) => ({
  async "installs the package, and is shown what to do first"(user) {
    await user.chooseFile("Extensions: Install from VSIX...", /Install from VSIX/, vsix);
    await user.see(".gettingStartedContainer", /Try it without credentials/);
    await user.shot("installed");
  },
  async "opens the sample workspace from there"(user) {
    await user.pressWalkthrough("Open Sample Workspace");
    // Messages go by after ten seconds, so they are looked for first.
    await user.pressToast("Manage Workspace Trust");
    await user.trust();
    await user.closeAbove();
    await user.see(".notification-toast", /nothing real is contacted/);
    await user.see(".tab.active", "platform.accessmap.yaml");
    await user.shot("sample");
    await user.seeSquiggle("error");
    await user.clearToasts();
  },
  async "says in the status bar that the sandbox was read"(user) {
    await user.see(STATUS, /sandbox, read/);
    await user.shot("findings");
  },
  async "shows effective permissions on hover"(user) {
    const text = await user.hover("dd-engineering", /Effective permissions/);
    assert.match(text, /[a-z]+_[a-z]+/);
    await user.shot("hover");
    await user.rest();
  },
  async "leads from the Problems panel to the grant that is too much"(user) {
    const rows = await user.problems("accessmap");
    assert.ok(rows.length > 0);
    await user.shot("problems");
    await user.press("Control+B");
    await user.run("View: Close Other Editors in Group");
    await user.chooseProblem("dd-engineering");
    await user.hover("dd-engineering", /Effective permissions/);
    await user.shot("editor");
    await user.rest();
    await user.press("Control+B");
    await user.press("Control+J");
  },
  async "corrects a misspelt group from the keyboard"(user) {
    await user.openFile("product.accessmap.yaml");
    await user.goTo("dd-chekout-oncall");
    await user.quickFix("dd-checkout-oncall", "quick-fix");
    await user.see(".editor-instance .view-line", "dd-checkout-oncall");
    await user.press("Control+S");
  },
  async "shows a plan in people and permissions"(user) {
    await user.press("Control+Home");
    await user.pressLens("Dry run prod", ".tab.active", "Plan: prod");
    await user.see(".codelens-decoration", /\d+ people gain access/);
    await user.see(".editor-instance .view-line", /@acme\.com/);
    await user.shot("plan");
  },
  async "syncs after one question that names the organization"(user) {
    await user.pressLens("Sync…", ".monaco-dialog-box");
    const question = await user.readDialog();
    assert.match(question, /Sync .+ in Datadog\?/);
    assert.match(question, /\d+ people/);
    await user.shot("confirmation");
    await user.pressButton("Sync ");
    await user.see(".notification-toast", /Applied: \d+ done/);
    await user.see(".notification-toast .monaco-button", "Open Journal");
    await user.see(".editor-instance .view-line", /Applied:.\d+.done/);
    await user.see(".codelens-decoration a", "Undo Last Apply…");
    await user.shot("synced");
    const took = Date.now() - started;
    console.log(`     from installing to the push in ${Math.round(took / 1000)} s`);
    assert.ok(took < LIMIT_MS);
  },
  async "has nothing left to do"(user) {
    await user.pressLens("Plan Again", ".editor-instance .view-line", "No changes. Datadog matches the mapping files.");
    await user.shot("no-changes");
  },
});

/** Counts of steps that worked and that did not. */
export function runAsPerson(vsix) {
  const settings = {
    "files.simpleDialog.enable": true,
    "security.workspace.trust.startupPrompt": "never",
    "workbench.startupEditor": "welcomePage",
  };
  return goSteps(
    "the sample",
    { settings, trusting: false },
    (port) => windowUrl(port, { greets: true }),
    stepsFor(vsix),
  );
}
