/** `node test/bench/engine.mjs`: the engine at 10,000 people, 1,000 roles and 450 permissions: built, asked, kept by difference. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const ROOT = resolve(import.meta.dirname, "../..");
const [PEOPLE, GROUPS, ROLES, PERMISSIONS, EACH, RUNS] = [10_000, 2_000, 1_000, 450, 15, 21];

const scratch = mkdtempSync(join(tmpdir(), "accessmap-engine-"));
const bundle = join(scratch, "engine.mjs");
const folder = "./server/src/core/analysis/engine";
await build({
  stdin: {
    resolveDir: ROOT,
    contents: ["answers", "changes", "engine", "vocabulary", "escalation"]
      .map((name) => `export * from "${folder}/${name}.ts";`)
      .concat('export { describePermission } from "./server/src/core/model/catalogue.ts";')
      .join("\n"),
  },
  bundle: true,
  platform: "node",
  format: "esm",
  outfile: bundle,
  logLevel: "error",
  banner: { js: "import{createRequire as r}from'node:module';const require=r(import.meta.url);" },
});
const core = await import(pathToFileURL(bundle).href);
rmSync(scratch, { recursive: true });

let seed = 42;
/** A number below `most`, the same in every run. */
function dice(most) {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed % most;
}

function makeRelation() {
  const names = Array.from({ length: PERMISSIONS }, (_, at) => `thing_${at}_${at % 2 ? "write" : "read"}`);
  const permissionsOf = () => Array.from({ length: 20 + dice(80) }, () => names[dice(PERMISSIONS)]);
  const roles = Array.from({ length: ROLES }, (_, at) => [
    `r${at}`,
    { id: `r${at}`, name: `Role ${at}`, permissions: permissionsOf(), receivesFrom: [] },
  ]);
  const people = Array.from({ length: PEOPLE }, (_, at) => [
    `p${at}`,
    { name: `p${at}`, kind: "person", outside: dice(10) === 0 ? [`r${dice(ROLES)}`] : [] },
  ]);
  const members = Array.from({ length: GROUPS }, () => new Set());
  for (const [key] of people) for (let one = 0; one < EACH; one++) members[dice(GROUPS)].add(key);
  const role = () => ({ kind: "role", role: `r${dice(ROLES)}` });
  const groups = members.map((those, at) => [`g${at}`, { name: `g${at}`, grants: [role(), role()], members: those }]);
  return {
    vocabulary: core.makeVocabulary(names.map(core.describePermission)),
    roles: new Map(roles),
    people: new Map(people),
    groups: new Map(groups),
    teams: new Map(),
  };
}

function measure(what, run) {
  const times = Array.from({ length: RUNS }, () => {
    const started = performance.now();
    run();
    return performance.now() - started;
  });
  const [first] = times;
  const median = times.sort((a, b) => a - b)[RUNS >> 1];
  console.log(`${what.padEnd(34)} ${first.toFixed(1).padStart(8)} ms first ${median.toFixed(1).padStart(8)} ms median`);
}

const relation = makeRelation();
const engine = core.engineFor(relation);
console.log(
  `${PEOPLE} people in ${engine.classes.size} classes, ${GROUPS} groups, ${ROLES} roles, ${PERMISSIONS} permissions\n`,
);
const granted = core.withGrants(relation, "g5", [{ kind: "role", role: "r1" }]);
const joined = core.withMember(relation, "g5", "p9999", true);
const widened = {
  ...relation,
  roles: new Map(relation.roles).set("r3", { ...relation.roles.get("r3"), permissions: ["thing_1_write"] }),
};
measure("build", () => core.engineFor(relation));
measure("who can", () => core.whoCan(engine, "thing_7_write"));
measure("what a person holds", () => core.personHolds(engine, "p77"));
measure("what a group gives", () => core.groupHolds(engine, "g77"));
measure("one mapping's roles change", () => core.engineFor(granted, engine));
measure("one member joins", () => core.engineFor(joined, engine));
measure("one role's content changes", () => core.engineFor(widened, engine));
const after = core.engineFor(granted, engine);
measure("what a change means", () => core.changesBetween(engine, after));
