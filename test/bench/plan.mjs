/**
 * `npm run bench:plan`: plans for 10,000 people, 300 groups and 60 roles on every push path, each in a fresh process, the
 * median of five. Ends with 1 above 2 s of work or 250 MB.
 */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { bundle } from "../support/bundle.mjs";

const [RUNS, LIMIT_MS, LIMIT_MB] = [5, 2000, 250];
const program = fileURLToPath(await bundle("bench/planScale.ts", "bench/planScale"));

for (const path of ["scim", "members", "saml"]) {
  const runs = Array.from({ length: RUNS }, () => {
    const { stdout, stderr, status } = spawnSync(process.execPath, ["--expose-gc", program, path], {
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout);
  }).sort((a, b) => a.planCpuMs - b.planCpuMs);
  const { planCpuMs, planMs, renderMs, peakMb, changes, touched, lines } = runs[Math.floor(RUNS / 2)];
  console.log(
    `${path.padEnd(8)} plan ${planCpuMs} ms of work (${planMs} ms by the clock), text ${renderMs} ms, peak ${peakMb} MB: ${changes} changes, ${touched} people, ${lines} lines`,
  );
  if (planCpuMs > LIMIT_MS || peakMb > LIMIT_MB) process.exitCode = 1;
}
