/**
 * A person with several folders in one window: two projects that name an organization alike are told apart everywhere, and
 * a folder without a project gets one while the window is open.
 */

import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { windowUrl } from "./host.mjs";
import { LIMIT } from "./patience.mjs";
import { startSandbox, writeSample } from "./sandbox.mjs";
import { goSteps } from "./steps.mjs";
import { STATUS } from "./user.mjs";

const THIRD = `version: 1
project: third
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { third: { site: datadoghq.eu, directory: okta } }
`;

const stepsIn = (scratch) => ({
  async "tells two organizations of one name apart in the view and in the status bar"(user) {
    // Two projects are read before anything is to be seen.
    user.patience(2 * LIMIT);
    await user.see(STATUS, /prod \(one\), prod \(two\): sandbox, read/);
    await user.openView();
    await user.seeRow(/^prod\s*one · datadoghq\.eu/);
    await user.seeRow(/^prod\s*two · datadoghq\.eu/);
    await user.shot("folders");
  },
  async "asks which one is meant, that of the file in front first"(user) {
    await user.openFile("only-two.accessmap.yaml");
    await user.run("accessmap: Dry Run");
    await user.see(".quick-input-titlebar", "Dry run of");
    await user.see(".quick-input-list .monaco-list-row.focused", join(scratch, "two"));
    await user.shot("folders-question");
    await user.press("Enter");
    await user.see(".tab.active", "Plan: prod (two)");
  },
  async "names the project when it asks before Sync"(user) {
    await user.pressLens("Sync…", ".monaco-dialog-box");
    assert.match(await user.readDialog(), /Sync Acme Production of the project two in Datadog\?/);
    await user.pressButton("Cancel");
  },
  async "takes up a project that comes into a folder, and forgets one that goes"(user) {
    const file = join(scratch, "none/accessmap.yaml");
    writeFileSync(file, THIRD);
    await user.seeRow(/^third\s*none · /);
    await user.shot("folders-third");
    rmSync(file);
    await user.seeNoRow(/^third/);
    await user.openFile("only-none.accessmap.yaml");
    await user.see("#status\\.languageStatus[aria-label*='Not checked']");
  },
});

/** Counts of steps that worked and that did not. */
export async function runFolders(vsix) {
  const one = writeSample("one");
  const scratch = dirname(one.folder);
  const two = writeSample("two", scratch);
  writeFileSync(join(two.folder, "access/only-two.accessmap.yaml"), "organization: prod\nmappings: []\n");
  mkdirSync(join(scratch, "none"));
  writeFileSync(join(scratch, "none/only-none.accessmap.yaml"), "organization: prod\nmappings: []\n");
  const workspace = join(scratch, "all.code-workspace");
  writeFileSync(workspace, JSON.stringify({ folders: ["one", "two", "none"].map((path) => ({ path })) }));
  const sandbox = await startSandbox();
  const openFile = join(one.folder, "access/platform.accessmap.yaml");
  try {
    const url = (port) => windowUrl(port, { workspace, openFile });
    return await goSteps("several folders", { vsix, env: sandbox.environment }, url, stepsIn(scratch));
  } finally {
    await sandbox.stop();
    one.remove();
  }
}
