/**
 * The editor run of `npm test`, on bundles that are built already: the suite inside the extension host, of desktop VS
 * Code where there is one and else of the npm editor, and a person's ways through the packaged extension. Names of ways,
 * or `suite`, as arguments run these alone. What fails is run once more in a fresh editor, and said to be unstable if it
 * then passes; with `--once` a failure is a failure.
 */

import { fork, spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { lockSync } from "proper-lockfile"; // proper-lockfile: a lock that a killed run does not leave behind for ever
import { lockOf } from "../../server/scripts/inUse.mjs";
import { runAccessMap } from "./accessMap.mjs";
import { runApiSuite } from "./api.mjs";
import { findDesktop, runDesktopSuite } from "./desktop.mjs";
import { runFirst } from "./first.mjs";
import { runFolders } from "./folders.mjs";
import { install } from "./host.mjs";
import { runMicrosoft } from "./microsoft.mjs";
import { runPlanView } from "./planView.mjs";
import { add, failed } from "./results.mjs";
import { setUpHost } from "./setup.mjs";
import { runBroken, runHuge, runStates } from "./states.mjs";
import { runTrust } from "./trust.mjs";
import { runAsPerson } from "./ui.mjs";
import { runView } from "./view.mjs";

const root = resolve(import.meta.dirname, "../..");
const VSIX = resolve(root, "dist/accessmap.vsix");
const PACKAGE_LIMIT = 60_000;

// Only an orderly exit ends the editor, the browser and the sandbox, which are process groups of their own.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));

/** A person's ways, by the names that the command line takes to go some of them alone. */
const WAYS = {
  // The longest first.
  states: runStates,
  sample: runAsPerson,
  trust: runTrust,
  view: runView,
  plan: runPlanView,
  map: runAccessMap,
  first: runFirst,
  folders: runFolders,
};
/** What takes minutes, or what other tests hold outside of an editor; gone only when it is named. */
const BY_NAME = { huge: runHuge, broken: runBroken, microsoft: runMicrosoft };
const flags = process.argv.slice(2).filter((word) => word.startsWith("--"));
const named = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const tries = flags.includes("--once") ? 1 : 2;
/** Said to a run of one way by the run of all: the host is installed and the extension packaged. */
const READY = "--ready";
const isPart = flags.includes(READY);
// A part does not outlive the run that it is a part of, however that ended.
if (isPart) process.once("disconnect", () => process.exit(1));

let counts = { passed: 0, failed: 0 };
const problem = isPart ? undefined : prepare();
if (problem) counts = failed("preparation", problem);
else if (named.length === 0) counts = await runSideBySide(["suite", ...Object.keys(WAYS)]);
else for (const name of named) counts = add(counts, await runAlone(name));

console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed === 0 ? 0 : 1);

/** Two at a time, since a way waits more than it works. What each prints comes when it has ended. */
async function runSideBySide(names) {
  const left = [...names];
  let all = { passed: 0, failed: 0 };
  const go = async () => {
    for (let name = left.shift(); name; name = left.shift()) {
      const { printed, counts } = await runPart(name);
      console.log(printed);
      all = add(all, counts);
    }
  };
  await Promise.all([go(), go()]);
  return all;
}

/** One way in a process of its own. One that ends without its counts has failed. */
function runPart(name) {
  return new Promise((resolve) => {
    const child = fork(import.meta.filename, [name, READY, ...flags], { silent: true });
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (printed += chunk));
    child.on("close", (code, signal) => {
      const [line, passed, missed] = /(\d+) passed, (\d+) failed\s*$/.exec(printed) ?? [];
      const counts = line ? { passed: Number(passed), failed: Number(missed) } : { passed: 0, failed: 1 };
      const end = line ? "" : `  FAILED ${name}: ended by ${signal ?? code}`;
      resolve({ printed: printed.slice(0, printed.length - (line?.length ?? 0)).trimEnd() + end, counts });
    });
  });
}

async function runAlone(name) {
  if (name === "suite") {
    console.log("Editor: the suite inside VS Code");
    const desktop = await findDesktop();
    return desktop ? runDesktopSuite(desktop) : untilPassed(name, runApiSuite);
  }
  const go = { ...WAYS, ...BY_NAME }[name];
  if (!go) return failed(name, `no such way; there are suite, ${Object.keys({ ...WAYS, ...BY_NAME }).join(", ")}`);
  console.log(`Editor: ${name}, a person's way through the packaged extension`);
  return untilPassed(name, () => go(VSIX));
}

/**
 * The editor is there, no other run is at work on this folder's package, and the extension is packaged without a warning
 * and installed; else why not.
 */
function prepare() {
  try {
    lockSync(root, { lockfilePath: lockOf(root) });
  } catch {
    return "another editor run is at work in this folder; wait for it, or for ten seconds if it was killed";
  }
  try {
    console.log(`  ${setUpHost()}`);
    rmSync(`${VSIX}.installed`, { recursive: true, force: true });
    pack();
    install([VSIX]);
  } catch (error) {
    return error.message;
  }
}

function pack() {
  const vsce = resolve(root, "node_modules/@vscode/vsce/vsce");
  const words = ["--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links", "--out", VSIX];
  const options = { cwd: root, encoding: "utf8", timeout: PACKAGE_LIMIT };
  const { status, stdout, stderr } = spawnSync(process.execPath, [vsce, "package", ...words], options);
  const said = `${stdout}${stderr}`;
  if (status !== 0 || said.includes("WARNING")) throw new Error(said);
}

/** A window of a machine at work can stumble over what nobody would notice; what fails twice is broken. */
async function untilPassed(name, go) {
  for (let left = tries; ; ) {
    const counts = await go();
    if (counts.failed === 0 || --left === 0) return counts;
    console.log(`  UNSTABLE ${name}: once more in a fresh editor`);
  }
}
