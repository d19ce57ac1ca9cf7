/** What a suite must hand over: a file with one entry per test. An exit code alone can be 0 when the host died in mid-run. */

import { existsSync, readFileSync } from "node:fs";

/** Counts and prints the results in `file`; fewer than `expected` tests is a failure, and so is no file. */
export function countResults(name, file, expected) {
  if (!existsSync(file)) return failed(name, "no results: the suite did not run to its end");
  const results = JSON.parse(readFileSync(file, "utf8"));
  for (const { title, state, ms, error } of results) {
    console.log(
      `  ${state === "passed" ? "ok" : state.toUpperCase()} ${title}${ms === undefined ? "" : ` (${ms} ms)`}`,
    );
    if (error) console.log(`     ${error.replaceAll("\n", "\n     ")}`);
  }
  const passed = results.filter(({ state }) => state === "passed").length;
  const counts = { passed, failed: results.length - passed };
  if (results.length >= expected) return counts;
  return add(counts, failed(name, `only ${results.length} tests ran, expected at least ${expected}`));
}

/** One failure that no test reported. */
export function failed(name, why) {
  console.log(`  FAILED ${name}: ${why}`);
  return { passed: 0, failed: 1 };
}

export function add(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed };
}
