/** A person in a workspace that is not trusted: the files are checked, nothing is contacted, until trust is given. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { windowUrl } from "./host.mjs";
import { startSandbox, writeSample } from "./sandbox.mjs";
import { goSteps } from "./steps.mjs";
import { STATUS } from "./user.mjs";

const STEPS = {
  async "checks the files of an untrusted workspace by themselves"(user) {
    await user.seeSquiggle("error");
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
  async "reads the live systems once trust is given"(user) {
    await user.pressToast("Manage Workspace Trust");
    await user.trust();
    await user.see(STATUS, /sandbox, read/);
  },
};

/** The sandbox is there to be read, so that only the missing trust can be what keeps it from being read. */
export async function runUntrusted(vsix) {
  const sample = writeSample();
  const sandbox = await startSandbox();
  const settings = { "security.workspace.trust.startupPrompt": "never" };
  const openFile = join(sample.folder, "access/platform.accessmap.yaml");
  try {
    return await goSteps(
      "an untrusted workspace",
      { vsix, trusting: false, env: sandbox.environment, settings },
      (port) => windowUrl(port, { folder: sample.folder, openFile }),
      STEPS,
    );
  } finally {
    await sandbox.stop();
    sample.remove();
  }
}
