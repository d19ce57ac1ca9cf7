/** Every palette command where there is least to go by, or most: each says, asks or shows something, and none of them fails. */

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { windowUrl } from "./host.mjs";
import { writeHuge } from "./huge.mjs";
import { LIMIT, PATIENCE } from "./patience.mjs";
import { add } from "./results.mjs";
import { startSandbox, writeSample } from "./sandbox.mjs";
import { goInWindow, inEditor } from "./steps.mjs";
import { STATUS } from "./user.mjs";

const read = (file) => JSON.parse(readFileSync(join(import.meta.dirname, "../..", file), "utf8"));
const words = read("package.nls.json");
const { commands, menus } = read("package.json").contributes;
const whenOf = (command) => menus.commandPalette.find((entry) => entry.command === command)?.when;
/** Titles in the palette, each with the manifest's condition for being there. */
const TITLES = commands
  .filter(({ command }) => whenOf(command) !== "false")
  .map(({ command, category, title }) => [`${category}: ${words[title.slice(1, -1)]}`, whenOf(command)]);

const TRIES = 3;

/** They leave the window, or open a dialog of the system. */
const LEAVING = /Open Sample Workspace|New Project|Get Started/;
const FAULTS = /failed|not found|undefined|Cannot read|TypeError/i;

/** What is typed where a command asks for a name. */
const ANSWERS = {
  "accessmap: Who Can…?": "logs_delete_data",
  "accessmap: Explain a Person…": "person.7@acme.com",
  "accessmap: Show a Group…": "dd-engineering",
};

/** A command that must be there is looked for until it is. Other conditions depend on what came before. */
const isCertain = (when, { folder }) =>
  when === undefined || (when === "workspaceFolderCount != 0" && folder !== undefined);

const stepsFor = (state, { where, settled, answers = ANSWERS, limit = LIMIT }) => ({
  async [`${state}: says or asks something at every command`](user) {
    user.patience(limit);
    await user.openView();
    if (settled) await user.see(STATUS, settled);
    await user.shot(`state-${state.replaceAll(" ", "-")}`);
    for (const [title, when] of TITLES.filter(([found]) => !LEAVING.test(found))) {
      const started = Date.now();
      const { isOffered, before, words: first } = await runUntilSaid(user, title, isCertain(when, where));
      if (!isOffered) continue;
      const said = [first];
      if (answers[title] !== undefined && /…/.test(said[0])) {
        await user.enter(answers[title]);
        said.push(await user.said(before, title.replace("accessmap: ", "")));
      }
      console.log(`     ${state}, ${title}: ${said.join(" → ").slice(0, 150)} (${Date.now() - started} ms)`);
      for (const words of said) assert.doesNotMatch(words, FAULTS, title);
      assert.ok(said.every(Boolean), `${title} is silent`);
      await user.calm();
    }
  },
});

/** Runs a command, again where nothing comes of it: a fourth message in 800 ms stays behind the bell (VS Code 1.139). */
async function runUntilSaid(user, title, isCertain) {
  for (let tries = TRIES; ; tries--) {
    const before = await user.scene();
    const isOffered = isCertain ? await user.run(title).then(() => true) : await user.tryToRun(title);
    const words = isOffered ? await user.said(before, "", PATIENCE) : "";
    if (!isOffered || words || tries === 1) return { isOffered, before, words };
    await user.calm();
  }
}

/** One window after the other in one editor. */
function goStates(vsix, options, states) {
  const names = Object.keys(states).join(", ");
  return inEditor(names, { vsix, ...options }, async (editor) => {
    let counts = { passed: 0, failed: 0 };
    for (const [state, about] of Object.entries(states))
      counts = add(
        counts,
        await goInWindow(state, editor, windowUrl(editor.port, about.where), stepsFor(state, about)),
      );
    return counts;
  });
}

const makeFolder = () => realpathSync(mkdtempSync(join(tmpdir(), "accessmap-state-")));
const removeFolder = (folder) => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });

/** No folder, a folder without a project, a project without credentials, one that is not trusted, and one without a network. */
export async function runStates(vsix) {
  const empty = makeFolder();
  const sample = writeSample();
  const where = { folder: sample.folder, openFile: join(sample.folder, "access/platform.accessmap.yaml") };
  // Nobody listens any more where it sends people.
  const gone = await startSandbox();
  await gone.stop();
  const trust = { trusting: false, settings: { "security.workspace.trust.startupPrompt": "never" } };
  try {
    // Two at a time: a state waits more than it works.
    const [one, other] = await Promise.all([
      goStates(
        vsix,
        {},
        {
          "no folder": { where: {} },
          "no project": { where: { folder: empty } },
          "no credentials": { where, settled: /sign in to/ },
        },
      ),
      goStates(vsix, trust, { "not trusted": { where, settled: /not trusted/ } }).then(async (counts) =>
        add(
          counts,
          await goStates(vsix, { env: gone.environment }, { "no network": { where, settled: /not checked/ } }),
        ),
      ),
    ]);
    return add(one, other);
  } finally {
    sample.remove();
    removeFolder(empty);
  }
}

/** A project file that cannot be read: it has a finding, and names nothing. */
export async function runBroken(vsix) {
  const folder = makeFolder();
  const openFile = join(folder, "accessmap.yaml");
  writeFileSync(openFile, "organizations: [prod\n");
  try {
    return await goStates(vsix, {}, { "broken project": { where: { folder, openFile } } });
  } finally {
    removeFolder(folder);
  }
}

/** 10,000 mappings. It takes its time, so it is gone only by name. */
export async function runHuge(vsix) {
  const huge = writeHuge();
  const sandbox = await startSandbox(huge.seedFile);
  const answers = { ...ANSWERS, "accessmap: Show a Group…": "dd-group-0007" };
  try {
    const where = { folder: huge.folder, openFile: huge.file };
    // As many groups are read one by one.
    const limit = 5 * 60_000;
    return await goStates(
      vsix,
      { env: sandbox.environment },
      { huge: { where, settled: /sandbox, read/, answers, limit } },
    );
  } finally {
    await sandbox.stop();
    huge.remove();
  }
}
