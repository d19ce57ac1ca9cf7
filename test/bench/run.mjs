/**
 * `npm run bench`: our language server beside yaml-language-server, both as processes of their own on the same documents.
 * Figures are ratios to read, not limits.
 *
 *     node test/bench/run.mjs [--only keystrokes,starts,questions,arrival,memory,hostile,sizes] [--mappings 100,1000] [--alone] [--long]
 *     node test/bench/run.mjs --profile typing|start|"<name of a hostile text>" [--mappings 10000]
 *
 * `--alone` leaves the other server out. `--long` makes 100,000 edits and is patient with the other server at 50,000 mappings.
 * `--profile` shows where our time goes instead. `ACCESSMAP_BENCH_NODE=<path>` runs both servers in another Node, such as an
 * editor's. Needs a build.
 */

import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { bundle } from "../support/bundle.mjs";

const root = resolve(import.meta.dirname, "../..");

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    mappings: { type: "string" },
    alone: { type: "boolean", default: false },
    long: { type: "boolean", default: false },
    profile: { type: "string" },
  },
});

process.chdir(root);
const { run, profile } = await import(await bundle("bench/bench.ts", "bench/bench"));
const mappings = values.mappings?.split(",").map(Number);
if (values.profile !== undefined) {
  // A profile of shortened names tells nothing.
  buildProduct("--readable");
  try {
    await profile(values.profile, mappings?.[0] ?? 10_000);
  } finally {
    buildProduct();
  }
} else await run({ only: values.only?.split(","), mappings, alone: values.alone, long: values.long });

function buildProduct(...options) {
  const { status } = spawnSync(process.execPath, ["server/scripts/build.mjs", ...options], { stdio: "inherit" });
  if (status !== 0) throw new Error(`the build ended with ${status}`);
}
