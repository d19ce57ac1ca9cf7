/** Plans for a large company: 10,000 people, 300 groups, 60 roles, 60 teams, on every push path; time and memory of a fresh process. */

import { makePlan } from "../../server/src/core/sync/makePlan.ts";
import { renderPlan } from "../../server/src/core/sync/render/plan.ts";
import { seal } from "../../server/src/store/planFile.ts";
import { largeCompany } from "./largeCompany.ts";

const [path = "scim"] = process.argv.slice(2);
const world = largeCompany({ people: 10_000, groups: 300, roles: 60, path });
globalThis.gc?.();
const before = process.memoryUsage().rss;
const cpu = process.cpuUsage();
const started = performance.now();
const made = makePlan(world, "prod", { fileHashes: { "accessmap.yaml": "0" } });
if ("missing" in made) throw new Error(JSON.stringify(made.missing));
const planned = performance.now();
const { user, system } = process.cpuUsage(cpu);
const text = renderPlan(seal(made.plan), { format: "text" });
console.log(
  JSON.stringify({
    path,
    planMs: Math.round(planned - started),
    // Where other work shares the machine, this is what the plan itself cost.
    planCpuMs: Math.round((user + system) / 1000),
    renderMs: Math.round(performance.now() - planned),
    changes: made.plan.changes.length,
    touched: made.plan.access.reduce((sum, { accounts }) => sum + accounts.length, 0),
    lines: text.split("\n").length,
    companyMb: Math.round(before / 2 ** 20),
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
