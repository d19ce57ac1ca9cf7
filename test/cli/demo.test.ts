/** `npm run demo` as a newcomer sees it, and what is left of it when somebody kills it. Needs `npm run build`. */

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { cleanEnvironment } from "../support/process.ts";

const DEMO = resolve(import.meta.dirname, "../../server/scripts/demo.mjs");
const LIMIT_MS = 60_000;

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "accessmap-"));
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

/** Its own temporary folder is what its processes are known by. */
function start(): ChildProcess {
  return spawn(process.execPath, [DEMO], { env: cleanEnvironment({ TMPDIR: scratch }), timeout: LIMIT_MS });
}

test("it ends by itself, with an empty second plan as its last line", { timeout: LIMIT_MS }, async () => {
  const demo = start();
  let printed = "";
  demo.stdout?.on("data", (chunk) => {
    printed += chunk;
  });
  const code = await new Promise((ended) => demo.once("close", ended));
  expect(code).toBe(0);
  expect(printed).toMatch(
    /priv\/admin-broad-group[\s\S]*Effective permissions[\s\S]*gain[\s\S]*Applied: \d+ done(, \d+ already so)? of \d+ steps/,
  );
  expect(printed.endsWith("\nNo changes. Datadog matches the mapping files.\n")).toBe(true);
});

test.skipIf(process.platform !== "linux").each(["SIGTERM", "SIGKILL"] as const)(
  "%s leaves no process behind",
  { timeout: LIMIT_MS },
  async (signal) => {
    const demo = start();
    await new Promise<void>((begun) => {
      demo.stdout?.on("data", (chunk) => String(chunk).includes("accessmap plan") && begun());
    });
    demo.kill(signal);
    const deadline = Date.now() + 10_000;
    while (processesOf(scratch).length > 0 && Date.now() < deadline) await new Promise((soon) => setTimeout(soon, 50));
    expect(processesOf(scratch)).toEqual([]);
  },
);

/** Processes whose environment names the folder. */
function processesOf(folder: string): readonly string[] {
  const found = execFileSync("sh", ["-c", `grep -lz "TMPDIR=${folder}" /proc/[0-9]*/environ 2>/dev/null || true`], {
    encoding: "utf8",
  });
  return found.split("\n").filter(Boolean);
}
