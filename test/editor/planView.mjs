/**
 * A person with a plan: reads it, goes to the line that causes a change, sees what the dry run found on the lines, saves
 * and copies it, syncs, looks at the outcome, and plans the reverse.
 */

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { windowUrl } from "./host.mjs";
import { sendFaults, startSandbox, writeSample } from "./sandbox.mjs";
import { goSteps } from "./steps.mjs";
import { STATUS } from "./user.mjs";

const stepsIn = (folder, faults) => ({
  async "shows the plan with its lists of people folded"(user) {
    await user.see(STATUS, /sandbox, read/);
    await user.run("accessmap: Dry Run");
    await user.see(".tab.active", "Plan: prod");
    await user.see(".codelens-decoration a", "Sync…");
    await user.see(".editor-instance .view-line", /haruki.larkwell.*and.3.more.gain.Engineer/);
    await user.see(".editor-instance .inline-folded");
    await user.shot("plan-view");
  },
  async "finds a person whom the plan only counts"(user) {
    await user.press("Control+F");
    await user.type("zdenka.aldoran");
    await user.see(".find-widget .matchesCount", /1 of [12]/);
    await user.press("Escape");
    await user.see(".editor-instance .view-line", /zdenka\.aldoran/);
    await user.shot("plan-people");
  },
  async "lists sections and stages in the outline"(user) {
    await user.press("Control+Shift+O");
    await user.see(".quick-input-list .monaco-list-row", "Access");
    await user.shot("plan-outline");
    await user.type("Create and");
    await user.see(".quick-input-list .monaco-list-row", "Create and link");
    await user.press("Control+A");
    await user.type("@Held back");
    await user.see(".quick-input-list .monaco-list-row.focused", "Held back");
    await user.press("Enter");
    await user.see(".editor-instance .view-line", /^\s*dd-chekout-oncall/);
  },
  async "leads from a change to the line that causes it"(user) {
    await user.followLink("access/product.accessmap.yaml:9", "product.accessmap.yaml");
    await user.see(".editor-instance .view-line", /dd-chekout-oncall/);
  },
  async "leads there by the keyboard too"(user) {
    await user.openTab("Plan: prod");
    await user.press("Control+1");
    await user.press("F12");
    await user.see(".tab.active", "product.accessmap.yaml");
    await user.see(".statusbar-item", /Ln 9,/);
  },
  async "shows there what the dry run held back"(user) {
    await user.filterProblems("Held back");
    assert.match(await user.textOf(".markers-panel .monaco-list-row", "Held back"), /accessmap dry run/);
    await user.shot("plan-findings");
    await user.press("Control+J");
  },
  async "forgets it when the line changes"(user) {
    await user.goTo("dd-chekout-oncall");
    await user.press("End");
    await user.insert(" # soon");
    await user.press("Control+Shift+M");
    await user.seeNone(".markers-panel .monaco-list-row", "Held back");
    await user.press("Control+J");
    await user.press("Control+1");
    await user.press("Control+Z");
  },
  async "says in the plan that files have changed, and plans again"(user) {
    await user.openTab("Plan: prod");
    await user.untilSeen(() => user.press("Control+Home"), ".codelens-decoration a", "Files Changed, Refresh");
    await user.pressLens("Files Changed, Refresh", ".codelens-decoration a", /^((?!Files Changed).)*Refresh$/);
    await user.seeNone(".codelens-decoration a", "Files Changed");
  },
  async "copies it for a pull request"(user) {
    await user.pressLens("Copy as Markdown", ".statusbar-item", "Plan copied as Markdown");
  },
  async "saves it for the command line"(user) {
    await user.pressLens("Save Plan…", ".quick-input-widget .quick-input-title", "Save Plan");
    await user.press("Enter");
    await user.see(".notification-toast", "performs exactly this");
    const file = join(folder, "prod.plan.json");
    assert.ok(existsSync(file));
    assert.equal(JSON.parse(readFileSync(file, "utf8")).plan.organization.name, "prod");
    await user.clearToasts();
  },
  async "syncs exactly what it shows, after one question, step by step"(user) {
    await faults.hang();
    await user.pressTitle("Sync");
    assert.match(await user.readDialog(), /Sync Acme Production in Datadog\?[\s\S]*\d+ people gain access/);
    await user.shot("plan-question");
    await user.pressButton("Sync ");
    await user.see(".notification-toast", /\d+ of \d+: /);
    await user.shot("plan-progress");
  },
  async "is offered to resume it after the server has ended in the middle"(user) {
    await user.run("accessmap: Restart Language Server");
    await faults.clear();
    await user.see(".notification-toast", /was interrupted: \d+ of \d+ steps have an outcome/);
    await user.shot("plan-interrupted");
    await user.pressToast("Resume");
    assert.match(await user.readDialog(), /Finish the apply to prod\?[\s\S]*\d+ of \d+ steps are left/);
    await user.pressButton("Resume ");
    await user.see(".notification-toast", "Applied");
    await user.see(".tab.active", "Resume: prod");
    await user.clearToasts();
    await user.untilSeen(() => user.press("Control+End"), ".editor-instance .view-line", /Applied:.\d+.done/);
    await user.see(".codelens-decoration a", "Undo Last Apply…");
    await user.shot("plan-outcome");
  },
  async "plans the reverse, which the guards look at too"(user) {
    await user.run("accessmap: Undo Last Apply");
    await user.see(".tab.active", "Undo: prod");
    await user.see(".editor-instance .view-line", /undo.of.the.apply/);
    await user.filterProblems("lock/emptied", "Sync would be refused");
    await user.press("Control+J");
    await user.run("accessmap: Sync");
    await user.see(".notification-toast", /is refused/);
    await user.shot("plan-undo");
  },
});

/** Counts of steps that worked and that did not. */
export async function runPlanView(vsix) {
  const sample = writeSample();
  const sandbox = await startSandbox();
  // The third write to a person's roles takes longer than anybody waits.
  const slow = { system: "datadog", method: "PATCH", path: "/api/v2/scim/Users", after: 2, kind: "slow", ms: 60_000 };
  const faults = { hang: () => sendFaults(sandbox, [slow]), clear: () => sendFaults(sandbox) };
  const openFile = join(sample.folder, "access/platform.accessmap.yaml");
  try {
    return await goSteps(
      "the plan view",
      { vsix, env: sandbox.environment, settings: { "files.simpleDialog.enable": true } },
      (port) => windowUrl(port, { folder: sample.folder, openFile }),
      stepsIn(sample.folder, faults),
    );
  } finally {
    await sandbox.stop();
    sample.remove();
  }
}
