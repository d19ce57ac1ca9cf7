/**
 * The editor run of `npm test`, on bundles that are built already: the suite inside the extension host, of desktop VS
 * Code where there is one and else of the npm editor, then a person's ways through the packaged extension. Names of
 * ways, or `suite`, as arguments run these alone. What fails is run once more in a fresh editor, and said to be unstable
 * if it then passes; with `--once` a failure is a failure.
 */

import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { runAccessMap } from "./accessMap.mjs";
import { runApiSuite } from "./api.mjs";
import { findDesktop, runDesktopSuite } from "./desktop.mjs";
import { runFirst } from "./first.mjs";
import { runFolders } from "./folders.mjs";
import { runMicrosoft } from "./microsoft.mjs";
import { runOutage } from "./outage.mjs";
import { runPlanView } from "./planView.mjs";
import { add, failed } from "./results.mjs";
import { setUpHost } from "./setup.mjs";
import { runHuge, runStates } from "./states.mjs";
import { runAsPerson } from "./ui.mjs";
import { runUntrusted } from "./untrusted.mjs";
import { runView } from "./view.mjs";

const root = resolve(import.meta.dirname, "../..");
const VSIX = resolve(root, "dist/accessmap.vsix");
const PACKAGE_LIMIT = 60_000;

// Only an orderly exit ends the editor, the browser and the sandbox, which are process groups of their own.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));

/** A person's ways, by the names that the command line takes to go some of them alone. */
const WAYS = {
  sample: runAsPerson,
  untrusted: runUntrusted,
  outage: runOutage,
  view: runView,
  plan: runPlanView,
  map: runAccessMap,
  first: runFirst,
  folders: runFolders,
  states: runStates,
};
/** What takes minutes, or what other tests hold outside of an editor; gone only when it is named. */
const BY_NAME = { huge: runHuge, microsoft: runMicrosoft };
const only = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const tries = process.argv.includes("--once") ? 1 : 2;

const host = installHost();
let counts = { passed: 0, failed: 0 };
if (only.length === 0 || only.includes("suite")) {
  console.log("Editor: the suite inside VS Code");
  const desktop = await findDesktop();
  if (desktop) counts = await runDesktopSuite(desktop);
  else if (host.error) counts = failed("suite", host.error);
  else counts = await untilPassed("suite", runApiSuite);
}

console.log("Editor: a person's way through the packaged extension");
if (host.error) counts = add(counts, failed("person", host.error));
else counts = add(counts, await runPackaged());

console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed === 0 ? 0 : 1);

function installHost() {
  try {
    console.log(`  ${setUpHost()}`);
    return {};
  } catch (error) {
    return { error: error.message };
  }
}

async function runPackaged() {
  const vsce = resolve(root, "node_modules/@vscode/vsce/vsce");
  const flags = ["--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links", "--out", VSIX];
  const options = { cwd: root, encoding: "utf8", timeout: PACKAGE_LIMIT };
  const { status, stdout, stderr } = spawnSync(process.execPath, [vsce, "package", ...flags], options);
  if (status !== 0) return failed("packaging", `${stdout}${stderr}`);
  let all = { passed: 0, failed: 0 };
  const ways = Object.entries({ ...WAYS, ...BY_NAME });
  for (const [name, go] of ways)
    if (only.length === 0 ? name in WAYS : only.includes(name)) all = add(all, await untilPassed(name, () => go(VSIX)));
  return all;
}

/** A window of a machine at work can stumble over what nobody would notice; what fails twice is broken. */
async function untilPassed(name, go) {
  for (let left = tries; ; ) {
    const counts = await go();
    if (counts.failed === 0 || --left === 0) return counts;
    console.log(`  UNSTABLE ${name}: once more in a fresh editor`);
  }
}
