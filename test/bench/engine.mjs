/** `npm run bench:engine`: the engine at 10,000 people, 1,000 roles and 450 permissions: built, asked, kept by difference. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const ROOT = resolve(import.meta.dirname, "../..");
const [PEOPLE, GROUPS, ROLES, PERMISSIONS, EACH, RUNS] = [10_000, Number(process.argv[2] ?? 2_000), 1_000, 450, 15, 21];

const scratch = mkdtempSync(join(tmpdir(), "accessmap-engine-"));
const bundle = join(scratch, "engine.mjs");
const folder = "./server/src/core/analysis/engine";
await build({
  stdin: {
    resolveDir: ROOT,
    contents: ["answers", "changes", "engine", "vocabulary", "escalation", "mutants"]
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

const word = (value) => ({ value, span: { start: 0, end: 0 } });
/** What a group gives, so that the expectation holds. */
const given = (at) => core.groupHolds(engine, `g${at}`).held[0].permission.name;
const expectations = Array.from({ length: 200 }, (_, at) =>
  at % 2
    ? { group: word(`g${at}`), can: [word(given(at))], cannot: [word(`thing_${at - 1}_read`)] }
    : { permission: word(`thing_${at}_read`), can: [], cannot: [], people: { min: 1, max: PEOPLE } },
);
const started = performance.now();
const { tried, survivors } = core.mutate(engine, expectations);
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(
  `\n${tried} mutations against ${expectations.length} expectations in ${seconds} s: ${survivors.length} unnoticed`,
);

/** One role in fifty leads on by a connection that acts with a role which administers. */
const extended = core.engineFor({
  ...relation,
  vocabulary: core.makeVocabulary([
    ...relation.vocabulary.permissions,
    ...["user_access_manage", "connections_resolve"].map(core.describePermission),
  ]),
  roles: new Map(
    [...relation.roles].map(([id, role], at) => [
      id,
      at === 0
        ? { ...role, permissions: ["user_access_manage"] }
        : at % 50 === 0
          ? { ...role, permissions: [...role.permissions, "connections_resolve"] }
          : role,
    ]),
  ),
  links: { connections: new Map([["deploys", ["r0"]]]), openTeams: new Set(), scopedKeys: [], gaps: [] },
});
const nodes = [...extended.groups.values()];
const ways = () => nodes.map((group) => core.escalationOf(extended, group)).filter(Boolean);
measure("ways of all groups", ways);
measure("fewest edits against all", () => core.cutFor(extended, nodes));
console.log(`${ways().length} of ${nodes.length} groups lead on; ${core.cutFor(extended, nodes).length} edits end it`);
