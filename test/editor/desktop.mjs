/** Runs the same suite in desktop VS Code, where there is one: `VSCODE_EXECUTABLE`, or a download. Needs a display. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { downloadAndUnzipVSCode, runTests } from "@vscode/test-electron"; // Microsoft's own way to run desktop VS Code
import { EXPECTED, SUITE } from "./api.mjs";
import { countResults } from "./results.mjs";
import { startSandbox, writeSample } from "./sandbox.mjs";

const root = resolve(import.meta.dirname, "../..");
const DOWNLOAD_LIMIT = 120_000;

/** Path of the editor, or undefined with the reason printed: no network, or no display to open a window on. */
export async function findDesktop() {
  const { VSCODE_EXECUTABLE, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (VSCODE_EXECUTABLE) return VSCODE_EXECUTABLE;
  if (process.platform === "linux" && !DISPLAY && !WAYLAND_DISPLAY) return without("there is no display");
  const cachePath = join(root, ".cache/vscode");
  try {
    const reporter = { report() {}, error() {} };
    const limit = new Promise((_, fail) =>
      setTimeout(() => fail(new Error("it takes too long")), DOWNLOAD_LIMIT).unref(),
    );
    return await Promise.race([downloadAndUnzipVSCode({ version: "stable", cachePath, reporter }), limit]);
  } catch (error) {
    return without(`it cannot be downloaded (${error.code ?? error.message})`);
  }
}

export async function runDesktopSuite(vscodeExecutablePath) {
  // A short path: the editor puts a socket into it, and their names are limited.
  const scratch = mkdtempSync(join(tmpdir(), "amd-"));
  const results = join(scratch, "results.json");
  const sample = writeSample();
  const sandbox = await startSandbox();
  try {
    await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: root,
      extensionTestsPath: SUITE,
      extensionTestsEnv: { ...sandbox.environment, ACCESSMAP_TEST_RESULTS: results },
      launchArgs: [
        sample.folder,
        "--disable-extensions",
        "--disable-workspace-trust",
        `--user-data-dir=${join(scratch, "user")}`,
        `--extensions-dir=${join(scratch, "extensions")}`,
      ],
    }).catch((error) => console.log(`  ${error.message}`));
    return countResults("desktop suite", results, EXPECTED);
  } finally {
    await sandbox.stop();
    sample.remove();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

function without(why) {
  console.log(`  desktop VS Code is left out: ${why}`);
  return undefined;
}
