/** Every palette command where there is least to go by: each says or asks something sensible, and none of them fails. */

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { windowUrl } from "./host.mjs";
import { writeSample } from "./sandbox.mjs";
import { goSteps } from "./steps.mjs";

const read = (file) => JSON.parse(readFileSync(join(import.meta.dirname, "../..", file), "utf8"));
const words = read("package.nls.json");
const TITLES = read("package.json").contributes.commands.flatMap(({ category, title }) =>
  category ? [`${category}: ${words[title.slice(1, -1)]}`] : [],
);

/** They leave the window, or open a dialog of the system. */
const LEAVING = /Open Sample Workspace|New Project|Get Started/;

const STEPS = {
  async "says or asks something at every command"(user) {
    await user.openView();
    await user.shot(`state-${user.state}`);
    for (const title of TITLES.filter((found) => !LEAVING.test(found))) {
      const before = await user.scene();
      if (!(await user.tryToRun(title))) continue;
      const said = await user.said(before);
      assert.doesNotMatch(said, /failed|not found|undefined|Cannot read|TypeError/i, `${title}: ${said}`);
      console.log(`     ${title}: ${said.slice(0, 110) || "(silent)"}`);
      assert.ok(said, `${title} is silent`);
      await user.calm();
    }
  },
};

/** No folder, a folder without a project, a project without credentials, and one that is not trusted. */
export async function runStates(vsix) {
  const empty = realpathSync(mkdtempSync(join(tmpdir(), "accessmap-state-")));
  const sample = writeSample();
  const openFile = join(sample.folder, "access/platform.accessmap.yaml");
  const states = {
    "no folder": [{}, {}],
    "no project": [{}, { folder: empty }],
    "no credentials": [{}, { folder: sample.folder, openFile }],
    "not trusted": [
      { trusting: false, settings: { "security.workspace.trust.startupPrompt": "never" } },
      { folder: sample.folder, openFile },
    ],
  };
  let counts = { passed: 0, failed: 0 };
  try {
    for (const [state, [options, where]] of Object.entries(states)) {
      const steps = Object.fromEntries(
        Object.entries(STEPS).map(([title, step]) => [
          `${state}: ${title}`,
          (user) => step(Object.assign(user, { state: state.replaceAll(" ", "-") })),
        ]),
      );
      const { passed, failed } = await goSteps(state, { vsix, ...options }, (port) => windowUrl(port, where), steps);
      counts = { passed: counts.passed + passed, failed: counts.failed + failed };
    }
    return counts;
  } finally {
    sample.remove();
    rmSync(empty, { recursive: true, force: true, maxRetries: 5 });
  }
}
