/**
 * The first push of a large company, against Datadog-like rate limits, with a restart in the middle.
 *
 *     node test/push/runScale.mjs [--people 10000] [--groups 300] [--roles 60]
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bundle } from "../support/bundle.mjs";

const { values } = parseArgs({
  options: {
    people: { type: "string", default: "10000" },
    groups: { type: "string", default: "300" },
    roles: { type: "string", default: "60" },
  },
});

const module = await bundle("push/scale.ts", "push/scale");
const { scale } = await import(module);
const folder = mkdtempSync(join(tmpdir(), "accessmap-scale-"));
const [people, groups, roles] = [Number(values.people), Number(values.groups), Number(values.roles)];
try {
  const result = await scale({
    people,
    groups,
    roles,
    module,
    worker: new URL("worker.mjs", import.meta.url),
    folder,
    endAt: 0.4,
    say: (line) => console.error(line),
  });
  const total = [...result.requests.values()].reduce((sum, count) => sum + count, 0);
  const least = 2 * result.steps;
  console.log(`First push: ${people} people, ${groups} groups, ${roles} roles, one restart`);
  console.log(result.message);
  for (const [kind, count] of [...result.requests].sort(([, a], [, b]) => b - a))
    console.log(`  ${String(count).padStart(6)}  ${kind}`);
  console.log(
    `${total} requests, ${result.throttled} of them throttled; the least is ${least}: one write and one look at each of ${result.steps} accounts`,
  );
  console.log(
    `${(total / least).toFixed(2)} times the least; the rest looks at each account right before it is written, and at all before the first`,
  );
  console.log(`${Math.round(result.virtualSeconds / 60)} min of Datadog's time, ${Math.round(result.seconds)} s here`);
  console.log(
    `${result.wrong} accounts hold something else than they should; the second plan is ${result.isPlanEmpty ? "" : "not "}empty`,
  );
  process.exitCode = result.wrong === 0 && result.isPlanEmpty ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
