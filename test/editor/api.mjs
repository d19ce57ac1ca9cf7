/** Runs the suite inside the extension host of the npm editor, the extension loaded from this folder. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startBrowser, startServer, windowUrl } from "./host.mjs";
import { add, countResults, failed } from "./results.mjs";
import { startSandbox, writeSample } from "./sandbox.mjs";

const root = resolve(import.meta.dirname, "../..");
export const SUITE = join(root, "dist/test/editor/suite/index.cjs");
/** Tests that must at least have run. */
export const EXPECTED = 20;
const LIMIT = 240_000;

/** Counts of passed and failed tests. */
export async function runApiSuite() {
  const scratch = mkdtempSync(join(tmpdir(), "accessmap-api-"));
  const results = join(scratch, "results.json");
  const sample = writeSample();
  const sandbox = await startSandbox();
  const env = { ...sandbox.environment, ACCESSMAP_TEST_RESULTS: results };
  let server;
  let browser;
  try {
    [server, browser] = await Promise.all([startServer({ dev: true, env }), startBrowser()]);
    const url = windowUrl(server.port, { folder: sample.folder, extension: root, tests: SUITE });
    const end = await runWindow(browser, url).then(
      () => undefined,
      (error) => failed("suite", error.message),
    );
    const counts = countResults("suite", results, EXPECTED);
    return end ? add(counts, end) : counts;
  } catch (error) {
    return failed("suite", error.message);
  } finally {
    await browser?.close();
    await server?.stop();
    await sandbox.stop();
    sample.remove();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The workbench calls these functions of its page when they are there: one per log line, one at the end of the tests. */
async function runWindow(browser, url) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const ended = new Promise((end) => page.exposeFunction("codeAutomationExit", end));
  await page.exposeFunction("codeAutomationLog", (_type, args) => {
    const text = args.filter((arg) => typeof arg === "string").join(" ");
    if (process.env.VERBOSE || text.includes("[accessmap]")) console.log(`  | ${text}`);
  });
  let timer;
  const limit = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(`no end after ${LIMIT / 1000} s`)), LIMIT);
  });
  try {
    await page.goto(url);
    await Promise.race([ended, limit]);
  } finally {
    clearTimeout(timer);
  }
}
