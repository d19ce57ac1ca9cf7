/**
 * Hundreds of random worlds and edits over all push paths. The same seed makes the same worlds.
 *
 *     node test/modelCheck/run.mjs [--seed 1] [--worlds 200] [--rounds 5] [--at 17] [--threads 2]
 *
 * `--at` repeats one world by its number. Prints counts and ends with 1 when anything was not as it must be.
 */

import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { bundle } from "../support/bundle.mjs";

if (isMainThread) await main();
else await work(workerData);

async function main() {
  const { values } = parseArgs({
    options: {
      seed: { type: "string", default: "1" },
      worlds: { type: "string", default: "200" },
      rounds: { type: "string", default: "5" },
      at: { type: "string" },
      threads: { type: "string", default: "2" },
    },
  });
  const module = await bundle("modelCheck/modelCheck.ts", "modelCheck/modelCheck");
  const started = Date.now();
  const threads = values.at === undefined ? Number(values.threads) : 1;
  const worlds =
    values.at === undefined ? Array.from({ length: Number(values.worlds) }, (_, index) => index) : [Number(values.at)];
  const shares = Array.from({ length: threads }, (_, share) => worlds.filter((_, index) => index % threads === share));
  const tallies = await Promise.all(
    shares.map((share) => inThread({ module, seed: values.seed, share, rounds: Number(values.rounds) })),
  );
  const sum = (name) => tallies.reduce((total, tally) => total + tally[name], 0);
  const actions = new Map();
  for (const tally of tallies)
    for (const [action, count] of tally.actions) actions.set(action, (actions.get(action) ?? 0) + count);
  const faults = tallies.flatMap((tally) => tally.faults);
  console.log(
    `seed ${values.seed}: ${worlds.length} worlds, ${sum("plans")} plans in ${((Date.now() - started) / 1000).toFixed(0)} s`,
  );
  console.log(
    `applied ${sum("applied")}, never lifted ${sum("refused")}, ${sum("steps")} steps, ${sum("requests")} requests of apply`,
  );
  console.log(
    [...actions]
      .sort()
      .map(([action, count]) => `${action} ${count}`)
      .join(", "),
  );
  console.log(`faults ${faults.length}`);
  for (const fault of faults.slice(0, 12)) console.log(`  ${fault}`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

function inThread(data) {
  return new Promise((done, fail) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: data });
    worker.on("message", done);
    worker.on("error", fail);
    worker.on("exit", (code) => fail(new Error(`a thread ended with ${code}`)));
  });
}

async function work({ module, seed, share, rounds }) {
  const { checkWorld, newTally } = await import(module);
  const tally = newTally();
  for (const world of share) await checkWorld(`${seed} ${world}`, rounds, tally);
  parentPort.postMessage(tally);
}
