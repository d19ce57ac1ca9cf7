/** The whole test run: build, unit tests, contract tests, the editors. Ends with "N passed, N failed" and exits accordingly. */

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const scratch = mkdtempSync(join(tmpdir(), "accessmap-test-"));
const vitest = join(root, "node_modules/vitest/vitest.mjs");
let passed = 0;
let failed = 0;

/** Runs a command to its end, showing its output; answers its exit code and what it printed. */
function run(args, limitMinutes) {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
    const timer = setTimeout(() => child.kill("SIGKILL"), limitMinutes * 60_000);
    let printed = "";
    child.stdout.on("data", (chunk) => {
      printed += chunk;
      process.stdout.write(chunk);
    });
    child.on("close", (code) => {
      clearTimeout(timer);
      done({ code: code ?? 1, printed });
    });
  });
}

async function build() {
  const generated = await run(["server/scripts/generate.mjs"], 2);
  const built = generated.code === 0 ? await run(["server/scripts/build.mjs", "--test"], 5) : generated;
  if (built.code !== 0) fail("the build");
}

/** A suite that dies counts as one failure even when no test of it did. */
async function units(name, args) {
  const report = join(scratch, `${name}.json`);
  const { code } = await run(
    [vitest, "run", ...args, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
    12,
  );
  let counts = { numPassedTests: 0, numFailedTests: 0 };
  try {
    counts = JSON.parse(readFileSync(report, "utf8"));
  } catch {
    fail(`${name}: no report`);
    return;
  }
  passed += counts.numPassedTests;
  failed += counts.numFailedTests;
  if (code !== 0 && counts.numFailedTests === 0) fail(name);
}

/** A program of ours that ends with its counts. */
async function editor(name, limitMinutes) {
  const { code, printed } = await run([`test/${name}/run.mjs`], limitMinutes);
  const counts = /(\d+) passed, (\d+) failed\s*$/.exec(printed);
  passed += Number(counts?.[1] ?? 0);
  failed += Number(counts?.[2] ?? 0);
  if (!counts || (code !== 0 && counts[2] === "0")) fail(`the ${name} run`);
}

function fail(what) {
  failed++;
  console.error(`FAILED: ${what}`);
}

await build();
if (failed === 0) {
  await units("unit", []);
  await units("contract", ["--config", "test/contract/vitest.config.ts"]);
  await editor("neovim", 4);
  await editor("editor", 12);
}
rmSync(scratch, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
