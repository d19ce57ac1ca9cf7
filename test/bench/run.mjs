/** `npm run bench`: starts and loads, medians over fresh processes, side by side in one run. Figures are ratios to read, not limits. */

import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { cpus } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const root = resolve(import.meta.dirname, "../..");
const RUNS = 9;
const client = readdirSync(join(root, "dist/chunks")).find((file) => file.startsWith("api-"));

/** Milliseconds that a script in a fresh process reports, or that the process took when it reports nothing. */
function measure(args) {
  const times = Array.from({ length: RUNS }, () => {
    const started = performance.now();
    const { stdout, status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    return Number.isFinite(Number.parseFloat(stdout)) && args[0] === "--input-type=module"
      ? Number.parseFloat(stdout)
      : performance.now() - started;
  });
  return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)];
}

function load(specifier) {
  return [
    "--input-type=module",
    "-e",
    `const t=performance.now(); await import(${JSON.stringify(specifier)}); console.log(performance.now()-t)`,
  ];
}

const ROWS = [
  [
    "Datadog client, slimmed",
    measure(load(pathToFileURL(join(root, "dist/chunks", client)).href)),
    "Datadog client, whole",
    measure(load("@datadog/datadog-api-client")),
  ],
  ["accessmap --version", measure(["dist/cli.js", "--version"]), "node -e ''", measure(["-e", ""])],
];

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}; medians of ${RUNS} fresh processes\n`);
for (const [name, ms, other, otherMs] of ROWS) {
  console.log(
    `${name.padEnd(26)} ${ms.toFixed(1).padStart(8)} ms    ${other.padEnd(24)} ${otherMs.toFixed(1).padStart(8)} ms    ratio ${(otherMs / ms).toFixed(2)}`,
  );
}
for (const file of ["dist/cli.js", "dist/server.js", "dist/extension.cjs", `dist/chunks/${client}`]) {
  console.log(`${file.padEnd(34)} ${(statSync(join(root, file)).size / 1024).toFixed(0).padStart(6)} KiB`);
}
