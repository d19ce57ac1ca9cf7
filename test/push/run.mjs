/**
 * The fault campaign: thousands of pushes while requests fail, answers lie, replicas lag and somebody else edits.
 *
 *     node test/push/run.mjs [--seed 1] [--runs 5000] [--at 99] [--threads 2]
 *
 * `--at` repeats one push by its number. The same seed makes the same choices.
 */

import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { bundle } from "../support/bundle.mjs";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    runs: { type: "string", default: "5000" },
    at: { type: "string" },
    threads: { type: "string", default: "2" },
  },
});

const module = await bundle("push/campaign.ts", "push/campaign");
const { merge, render } = await import(module);
const threads = values.at === undefined ? Number(values.threads) : 1;
const options = { seed: values.seed, runs: Number(values.runs), ...(values.at && { at: Number(values.at) }), threads };
const result = merge(await Promise.all(Array.from({ length: threads }, (_, share) => inThread({ ...options, share }))));
console.log(render(result));
process.exit(result.wrong.length === 0 ? 0 : 1);

function inThread(workerOptions) {
  return new Promise((done, fail) => {
    const worker = new Worker(new URL("../campaign/worker.mjs", import.meta.url), {
      workerData: { module, options: workerOptions },
    });
    worker.on("message", ({ line, result: tally }) => (tally ? done(tally) : console.error(line)));
    worker.on("error", fail);
    worker.on("exit", (code) => fail(new Error(`a thread ended with ${code}`)));
  });
}
