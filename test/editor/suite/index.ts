/** Entry that the extension host calls: runs every test file and leaves the results in a file. */

import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Mocha from "mocha"; // mocha: runs inside the extension host, where vitest cannot

interface Result {
  readonly title: string;
  readonly state: "passed" | "failed" | "skipped";
  readonly ms?: number;
  readonly error?: string;
}

export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: "bdd", timeout: 60_000, color: false });
  const files = readdirSync(__dirname).filter((file) => file.endsWith(".test.cjs"));
  for (const file of files.sort()) mocha.addFile(join(__dirname, file));
  const results: Result[] = [];
  const failures = await new Promise<number>((end) => {
    const runner = mocha.run(end);
    runner.on("pass", (test) => keep({ title: test.fullTitle(), state: "passed", ms: test.duration ?? 0 }));
    runner.on("fail", (test, error: Error) =>
      keep({ title: test.fullTitle(), state: "failed", error: error.stack ?? error.message }),
    );
    runner.on("pending", (test) => keep({ title: test.fullTitle(), state: "skipped" }));
  });

  /** Written after every test, so that a run that is cut off still says how far it came. */
  function keep(result: Result): void {
    results.push(result);
    const file = process.env.ACCESSMAP_TEST_RESULTS;
    if (file) writeFileSync(file, JSON.stringify(results, null, 2));
  }
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
