/**
 * A person's way through the packaged extension: the sample from the palette, findings, a hover, a quick fix, Dry Run,
 * Sync, and a second Dry Run with nothing left to do. Leaves pictures in `dist/shots`.
 */

import assert from "node:assert/strict";
import { windowUrl } from "./host.mjs";
import { goSteps } from "./steps.mjs";
import { STATUS } from "./user.mjs";

/** Each step starts where the one before it ended. */
const STEPS = {
  async "opens the sample workspace from the palette"(user) {
    await user.run("accessmap: Open Sample Workspace");
    await user.see(".tab.active", ".accessmap.yaml");
    await user.seeSquiggle("error");
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
    await user.run("accessmap: Dry Run");
    await user.see(".tab.active", "Plan: prod");
    await user.see(".editor-instance .view-line", /@acme\.com/);
    await user.shot("plan");
  },
  async "syncs after one question that names the organization"(user) {
    await user.run("accessmap: Sync");
    const question = await user.readDialog();
    assert.match(question, /Sync .+ in Datadog\?/);
    assert.match(question, /\d+ people/);
    await user.shot("confirmation");
    await user.pressButton("Sync ");
    await user.see(".notification-toast", "Journal");
    await user.shot("synced");
  },
  async "has nothing left to do"(user) {
    await user.run("accessmap: Dry Run");
    await user.see(".editor-instance .view-line", "No changes. Datadog matches the mapping files.");
    await user.shot("no-changes");
  },
};

/** Counts of steps that worked and that did not. */
export function runAsPerson(vsix) {
  return goSteps("the sample", { vsix }, (port) => windowUrl(port), STEPS);
}
