/** A person who loses the network in the middle of work: the status bar says it, nothing turns red, and it heals by itself. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { windowUrl } from "./host.mjs";
import { sendFaults, startSandbox, writeSample } from "./sandbox.mjs";
import { goSteps } from "./steps.mjs";
import { STATUS } from "./user.mjs";

const FILE = "access/product.accessmap.yaml";

/** Each step starts where the one before it ended. */
const stepsFor = (faults) => ({
  async "works with live systems"(user) {
    await user.see(STATUS, /sandbox, read/);
    await user.seeSquiggle("error");
  },
  async "is told that they cannot be reached, and sees no more errors than before"(user) {
    const before = await user.countSquiggles("error");
    await faults.lose();
    await user.run("accessmap: Refresh");
    await user.see(STATUS, /okta, prod not checked/);
    await user.shot("network-gone");
    assert.ok((await user.countSquiggles("error")) <= before, "something turned red");
  },
  async "goes on without doing anything once the network is back"(user) {
    await faults.clear();
    await user.see(STATUS, /sandbox, read/);
    await user.seeSquiggle("error");
    await user.shot("network-back");
  },
});

/** Counts of steps that worked and that did not. */
export async function runOutage(vsix) {
  const sandbox = await startSandbox();
  const sample = writeSample();
  const crash = (system, path) => ({ system, path, kind: "crash" });
  const faults = {
    lose: () => sendFaults(sandbox, [crash("okta", "/"), crash("datadog", "/api")]),
    clear: () => sendFaults(sandbox),
  };
  try {
    const options = { vsix, env: sandbox.environment };
    const openFile = join(sample.folder, FILE);
    return await goSteps(
      "an outage",
      options,
      (port) => windowUrl(port, { folder: sample.folder, openFile }),
      stepsFor(faults),
    );
  } finally {
    await sandbox.stop();
    sample.remove();
  }
}
