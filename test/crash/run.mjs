/**
 * The crash sweep: one plan of more than 200 steps, and a command line that is killed at every boundary of a step and
 * inside every write, resumed each time. Prints points and differences; any difference fails.
 *
 *     node test/crash/run.mjs [--every 1] [--finish-every 20] [--part 2/8]
 *
 * `--part` takes one stretch of the points; all parts together are the whole sweep.
 */

import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { bundle } from "../support/bundle.mjs";

const root = resolve(import.meta.dirname, "../..");
const { values } = parseArgs({
  options: {
    every: { type: "string", default: "1" },
    "finish-every": { type: "string", default: "20" },
    part: { type: "string", default: "1/1" },
  },
});
const [part, parts] = values.part.split("/").map(Number);

const { sweep } = await import(await bundle("crash/sweep.ts", "crash/sweep"));
const { steps, kills, finished, differences, seconds } = await sweep({
  cli: join(root, "dist/cli.js"),
  deadly: join(root, "test/crash/deadly.mjs"),
  every: Number(values.every),
  finishEvery: Number(values["finish-every"]),
  stretch: { from: (part - 1) / parts, to: part / parts },
  isLong: true,
  say: (line) => console.error(line),
});
const tried = Object.values(kills).reduce((sum, count) => sum + count, 0);
console.log(
  `Crash sweep, part ${values.part}: a plan of ${steps} steps, killed at ${tried} points in ${Math.round(seconds)} s`,
);
for (const [point, count] of Object.entries(kills)) console.log(`  ${String(count).padStart(5)}  ${point}`);
console.log(`Finished and compared with the undisturbed run: ${finished} times`);
for (const difference of differences) console.log(`  ${difference}`);
console.log(`${differences.length} differences`);
process.exit(differences.length === 0 ? 0 : 1);
