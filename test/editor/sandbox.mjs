/** The company on this machine that the tests run against, and fresh copies of its sample project. */

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { endGroup } from "./host.mjs";

const CLI = resolve(import.meta.dirname, "../../dist/cli.js");
const START_LIMIT = 20_000;

/** Starts a sandbox; `environment` is what a client needs to talk to it and to nothing else. `seed` is another company's file. */
export async function startSandbox(seed) {
  const company = seed === undefined ? [] : ["--seed", seed];
  const child = spawn(process.execPath, [CLI, "sandbox", "--json", ...company], {
    stdio: ["pipe", "pipe", "inherit"],
    detached: true,
  });
  const stop = endGroup(child);
  try {
    const { environment, routes } = JSON.parse(await firstLine(child));
    return { environment, routes, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The server that takes orders while the others are down. */
const CONTROL = "https://login.microsoftonline.com";

/** Makes requests go wrong from now on; without faults, lets them all go well again. */
export async function sendFaults({ routes }, faults) {
  const options = faults
    ? { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(faults) }
    : { method: "DELETE" };
  const response = await fetch(`${routes[CONTROL]}/__sandbox/faults`, options);
  if (!response.ok) throw new Error(`the sandbox refused: ${await response.text()}`);
}

/** The sample project in a new folder, or in `scratch`, that `remove` takes away. Real path: the editor shows files by theirs. */
export function writeSample(
  name = "acme-access",
  scratch = realpathSync(mkdtempSync(join(tmpdir(), "accessmap-sample-"))),
) {
  const folder = join(scratch, name);
  execFileSync(process.execPath, [CLI, "sandbox", "--write-sample", folder], { timeout: START_LIMIT });
  return { folder, remove: () => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }) };
}

function firstLine(child) {
  return new Promise((found, lost) => {
    const timer = setTimeout(() => lost(new Error("the sandbox did not start in time")), START_LIMIT);
    createInterface({ input: child.stdout }).once("line", (line) => {
      clearTimeout(timer);
      found(line);
    });
    child.once("exit", (code) => {
      clearTimeout(timer);
      lost(new Error(`the sandbox ended with ${code}`));
    });
  });
}
