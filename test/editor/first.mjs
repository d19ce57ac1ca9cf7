/**
 * The first five minutes of somebody who knows nothing: an empty folder, a new project, what is live imported, a plan, a
 * push. Only what the screen says is used. The company on this machine stands in for theirs.
 */

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { windowUrl } from "./host.mjs";
import { startSandbox } from "./sandbox.mjs";
import { goSteps } from "./steps.mjs";
import { STATUS } from "./user.mjs";

const LIMIT_MS = 5 * 60_000;

const stepsFor = (folder) => {
  let started = 0;
  return {
    async "is offered what can be done in a folder that has nothing yet"(user) {
      started = Date.now();
      await user.openView();
      await user.see(".welcome-view", /No folder of this window has an accessmap.yaml/);
      await user.shot("first-empty");
    },
    async "is shown the way"(user) {
      await user.run("accessmap: Get Started");
      await user.see(".gettingStartedContainer", /Try it without credentials/);
      // The picture beside the steps needs room.
      await user.press("Control+B");
      await user.shot("first-walkthrough");
      await user.press("Control+B");
    },
    async "begins a project by answering questions"(user) {
      await user.pressWelcome("New Project");
      await user.answerStep(/Name of the project/, "acme-access");
      await user.shot("first-question");
      await user.chooseStep(/Where the groups are/, "okta");
      await user.answerStep(/Okta domain/, "acme.okta.com");
      await user.answerStep(/List only groups/, "dd-*");
      await user.chooseStep(/Another directory/, "none");
      await user.answerStep(/Name of the Datadog organization/, "prod");
      await user.chooseStep(/Its Datadog site/, "datadoghq.eu");
      await user.answerStep(/Its id/, "");
      await user.chooseStep(/How roles reach Datadog/, "scim");
      await user.chooseStep(/How teams reach Datadog/, "scim");
      await user.chooseStep(/What happens to Datadog accounts/, "off");
      await user.see(".tab.active", "accessmap.yaml");
      assert.match(readFileSync(join(folder, "accessmap.yaml"), "utf8"), /domain: acme\.okta\.com/);
      await user.see(STATUS, /prod: sandbox, read/);
      await user.shot("first-project");
    },
    async "imports what is live from the button that is there"(user) {
      await user.pressToast("Import Current Access");
      await user.see(".tab.active", "prod.accessmap.yaml");
      await user.seeRow(/^Groups\s*\d+/);
      await user.shot("first-import");
      assert.match(readFileSync(join(folder, "access/prod.accessmap.yaml"), "utf8"), /- group: dd-/);
    },
    async "looks at the plan, and pushes"(user) {
      await user.run("accessmap: Sync");
      await user.see(".tab.active", "Plan: prod");
      await Promise.race([user.readDialog(), user.see(".notification-toast", /Nothing to sync/)]);
      await user.shot("first-sync");
      assert.ok(existsSync(join(folder, "accessmap.yaml")));
      const took = Date.now() - started;
      console.log(`     from an empty folder to the push in ${Math.round(took / 1000)} s`);
      assert.ok(took < LIMIT_MS);
    },
    async "has what was done ticked off, and not what was called off"(user) {
      await user.press("Escape");
      await user.run("accessmap: Get Started");
      const done = ["See what a push would change", "Begin your own project", "Write down what is live"];
      assert.deepEqual(await user.stepsDone("Write down what is live"), done);
      await user.shot("first-done");
    },
  };
};

/** Counts of steps that worked and that did not. */
export async function runFirst(vsix) {
  const sandbox = await startSandbox();
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "accessmap-first-")));
  try {
    const options = { vsix, env: sandbox.environment };
    return await goSteps("the first minutes", options, (port) => windowUrl(port, { folder }), stepsFor(folder));
  } finally {
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
