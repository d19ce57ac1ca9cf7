/**
 * A person whose live systems come and go: nothing is contacted in a workspace that is not trusted, until trust is given;
 * then the network is lost in the middle of work, the status bar says it, nothing turns red, and it heals by itself.
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import { windowUrl } from "./host.mjs";
import { LIMIT } from "./patience.mjs";
import { sendFaults, startSandbox, writeSample } from "./sandbox.mjs";
import { goSteps } from "./steps.mjs";
import { STATUS } from "./user.mjs";

/** Each step starts where the one before it ended. */
const stepsFor = (faults, secrets) => ({
  async "checks the files of an untrusted workspace by themselves"(user) {
    // The editor has only just started.
    user.patience(2 * LIMIT);
    await user.seeSquiggle("error");
    user.patience(LIMIT);
    await user.see(STATUS, "not trusted, files only");
    const problems = (await user.problems("accessmap")).join();
    assert.match(problems, /exp\/expired/);
    assert.doesNotMatch(problems, /priv\//, "a finding needs what was not read");
  },
  async "refuses a dry run there, and says why"(user) {
    await user.run("accessmap: Dry Run");
    await user.see(".notification-toast", "contacts nothing");
    await user.shot("untrusted");
  },
  async "offers the way to trust where it says that there is none"(user) {
    await user.clearToasts();
    await user.pressStatus("Manage Workspace Trust");
  },
  async "reads the live systems once trust is given"(user) {
    await user.trust();
    await user.see(STATUS, /sandbox, read/);
  },
  async "says that they cannot be reached, and no more lines turn red than before"(user) {
    await user.openTab("platform.accessmap.yaml");
    await user.seeSquiggle("error");
    const before = await user.countSquiggles("error");
    await faults.lose();
    await user.run("accessmap: Refresh");
    await user.see(STATUS, /okta, prod not checked/);
    await user.shot("network-gone");
    assert.ok((await user.countSquiggles("error")) <= before, "something turned red");
  },
  async "goes on without anything being done once the network is back"(user) {
    await faults.clear();
    await user.see(STATUS, /sandbox, read/);
    await user.seeSquiggle("error");
    await user.shot("network-back");
  },
  async "tells in the log what was asked and how it went, and no credential"(user, editor) {
    await user.run("accessmap: Show Log");
    await user.see(".part.panel .view-line", /(okta|prod):.read.*complete/);
    await user.shot("log");
    const told = editor.readLog();
    assert.match(told, /accessmap \d[\s\S]*connection was refused/);
    assert.deepEqual(
      secrets.filter((secret) => told.includes(secret)),
      [],
    );
  },
});

function secretsIn(environment) {
  return Object.entries(environment).flatMap(([name, value]) => (/_(TOKEN|SECRET|KEY)(_|$)/.test(name) ? [value] : []));
}

/** The sandbox is there to be read, so that only the missing trust can be what keeps it from being read. */
export async function runTrust(vsix) {
  const sample = writeSample();
  const sandbox = await startSandbox();
  const crash = (system, path) => ({ system, path, kind: "crash" });
  const faults = {
    lose: () => sendFaults(sandbox, [crash("okta", "/"), crash("datadog", "/api")]),
    clear: () => sendFaults(sandbox),
  };
  const settings = { "security.workspace.trust.startupPrompt": "never", "workbench.editor.useModal": "off" };
  const openFile = join(sample.folder, "access/platform.accessmap.yaml");
  try {
    return await goSteps(
      "trust and an outage",
      { vsix, trusting: false, env: sandbox.environment, settings },
      (port) => windowUrl(port, { folder: sample.folder, openFile }),
      stepsFor(faults, secretsIn(sandbox.environment)),
    );
  } finally {
    await sandbox.stop();
    sample.remove();
  }
}
