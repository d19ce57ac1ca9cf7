/**
 * Loaded before the command line (`node --import`): watches the two things an apply does that last, lines in its journal and
 * writes to Datadog, and ends the process the hard way at the one that `ACCESSMAP_CRASH` names.
 *
 * It is JSON: `{ log }` notes every point in a file, `{ at: { point, step, nth } }` dies there or at the first later one.
 */

import { appendFileSync, promises } from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const { log, at } = JSON.parse(process.env.ACCESSMAP_CRASH ?? "{}");

/** Points of a step in their order. */
const POINTS = ["intent half", "intent written", "write arrived", "outcome half", "outcome written"];

let step = 0;
let writes = 0;

/** Dies at the point that was asked for. */
function pass(point) {
  if (log) appendFileSync(log, `${JSON.stringify({ point, step, nth: point === "write arrived" ? writes : 0 })}\n`);
  if (!at || step < at.step) return;
  const isHere = point === at.point && (point !== "write arrived" || writes >= at.nth);
  if (step === at.step && !isHere && POINTS.indexOf(point) <= POINTS.indexOf(at.point)) return;
  process.kill(process.pid, "SIGKILL");
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

const { open } = promises;
promises.open = async (path, ...rest) => {
  const file = await open(path, ...rest);
  if (!String(path).endsWith(".jsonl")) return file;
  const append = file.appendFile.bind(file);
  file.appendFile = async (text, encoding) => {
    const entry = JSON.parse(text.slice(0, text.indexOf("\n")));
    const isOfStep = entry.event === "intent" || entry.event === "outcome";
    if (entry.event === "intent") [step, writes] = [entry.step, 0];
    if (isOfStep) {
      const half = Math.floor(text.length / 2);
      await append(text.slice(0, half), encoding);
      pass(`${entry.event} half`);
      await append(text.slice(half), encoding);
    } else await append(text, encoding);
  };
  const sync = file.sync.bind(file);
  let last = "";
  const appendAll = file.appendFile;
  file.appendFile = async (text, encoding) => {
    last = JSON.parse(text.trimEnd().split("\n").at(-1)).event;
    await appendAll(text, encoding);
  };
  file.sync = async () => {
    await sync();
    if (last === "intent" || last === "outcome") pass(`${last} written`);
  };
  return file;
};
syncBuiltinESMExports();

const { fetch } = globalThis;
globalThis.fetch = async (url, init) => {
  const response = await fetch(url, init);
  if ((init?.method ?? "GET") !== "GET" && response.ok) {
    writes++;
    // Datadog has acted and the answer is unread.
    pass("write arrived");
  }
  return response;
};
