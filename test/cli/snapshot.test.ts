/** `accessmap snapshot` and `accessmap purge`: checks without credentials, nothing personal in git, nothing left on disk. */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSeed } from "../../server/src/sandbox/seed/seed.ts";
import type { SnapshotFile } from "../../server/src/store/snapshotFile.ts";
import { makeSample, runCli } from "../support/cli.ts";
import { type Run, type RunningSandbox, startSandboxProcess } from "../support/process.ts";

const SCHEMA = resolve(import.meta.dirname, "../../schemas/snapshot.schema.json");

let sandbox: RunningSandbox;
let scratch: Awaited<ReturnType<typeof makeSample>>;
let project: string;
let path: string;
let text: string;
const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> =>
  runCli(args, { cwd: project, env });

beforeAll(async () => {
  sandbox = await startSandboxProcess();
  scratch = await makeSample();
  project = scratch.project;
  path = join(project, "accessmap.snapshot.json");
  const taken = await run(["snapshot"], sandbox.environment);
  expect([taken.code, taken.stderr]).toEqual([0, expect.any(String)]);
  text = readFileSync(path, "utf8");
}, 60_000);
afterAll(async () => {
  await sandbox.stop();
  scratch.remove();
});

test("the file is what its schema describes, and every key is described", () => {
  const schema = JSON.parse(readFileSync(SCHEMA, "utf8"));
  const validate = new Ajv2020({ strict: true, formats: { "date-time": true } }).compile(schema);
  expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true);
  const undescribed = (node: unknown, at: string): string[] => {
    if (typeof node !== "object" || node === null) return [];
    const { properties = {}, ...rest } = node as Record<
      string,
      Record<string, { description?: string; $ref?: string }>
    >;
    const own = Object.entries(properties).filter(([, value]) => !value.description && !value.$ref);
    return [
      ...own.map(([key]) => `${at}/${key}`),
      ...Object.entries({ ...properties, ...rest }).flatMap(([key, value]) => undescribed(value, `${at}/${key}`)),
    ];
  };
  expect(undescribed(schema, "")).toEqual([]);
});

test("nobody can be found in it: no address, no login, no name, no id, and nothing that looks like a hash", () => {
  const { okta, datadog } = createSeed();
  const snapshot = text.toLowerCase();
  const words = [
    ...[...okta.users.values()].flatMap((user) => [user.login, user.id, ...Object.values(user).filter(isAddress)]),
    // A service account is no person, and "terraform" is in the name of a group as well.
    ...[...datadog.users.values()]
      .filter(({ serviceAccount }) => !serviceAccount)
      .flatMap((user) => [user.handle, user.id, user.name]),
  ];
  expect(words.length).toBeGreaterThan(500);
  expect(
    words.filter((word) => typeof word === "string" && word !== "" && snapshot.includes(word.toLowerCase())),
  ).toEqual([]);
  expect(text).not.toMatch(/@/);
  expect(text).not.toMatch(/[0-9a-f]{64}|[0-9a-f]{40}(?![0-9a-f-])/i);
});

test("without credentials the snapshot answers: findings about groups, roles and sizes, and where they come from", async () => {
  const checked = await run(["check", "--format", "json"]);
  const { findings, systems } = JSON.parse(checked.stdout) as {
    findings: { rule: string; message: string; asOf?: string }[];
    systems: { name: string; snapshotAt?: string }[];
  };
  const { takenAt } = JSON.parse(text) as SnapshotFile;
  expect(checked.code).toBe(1);
  expect(findings).toContainEqual(
    expect.objectContaining({ rule: "priv/admin-broad-group", message: expect.stringMatching(/\d+ people/) }),
  );
  expect(findings).toContainEqual(
    expect.objectContaining({
      rule: "ref/unknown-group",
      message: expect.stringMatching(/did you mean/),
      asOf: takenAt,
    }),
  );
  expect(systems.map(({ snapshotAt }) => snapshotAt)).toEqual(systems.map(() => takenAt));
  const shown = (await run(["check"])).stdout;
  expect(shown).toMatch(/okta not checked: .*; the snapshot of \d{4}-\d\d-\d\d answers instead/);
  expect((await run(["check", "--no-live"])).stdout).toMatch(
    /--no-live; the snapshot of [\d-]+ answers for okta, prod/,
  );
});

test("the same rules speak with the snapshot as with the live systems, but for those about single people, keys and live mappings", async () => {
  const rulesOf = ({ stdout }: Run) =>
    new Set(
      (JSON.parse(stdout) as { findings: { rule: string; file: string; line: number }[] }).findings.map(
        ({ rule, file, line }) => `${rule} ${file}:${line}`,
      ),
    );
  const live = rulesOf(await run(["check", "--format", "json"], sandbox.environment));
  const hermetic = rulesOf(await run(["check", "--no-live", "--format", "json"]));
  expect([...hermetic].filter((finding) => !live.has(finding))).toEqual([]);
  const single =
    /^(idp\/|[a-z]+\/service-account-|cred\/(?:unscoped-service-key|old-or-unused) |priv\/direct-user-grant |test\/failed |gov\/suppress-unused |hyg\/orphan-role )/;
  expect([...live].filter((finding) => !hermetic.has(finding) && !single.test(finding))).toEqual([]);
});

test("people whose state the directory does not tell count in a group, as they do when it is read", async () => {
  const file = JSON.parse(text) as SnapshotFile;
  const groups = file.directories.okta?.groups.map((group) => ({ ...group, active: 0, unjudged: 4711 }));
  writeFileSync(path, JSON.stringify({ ...file, directories: { okta: { ...file.directories.okta, groups } } }));
  const { stdout } = await run(["check", "--no-live"]);
  writeFileSync(path, text);
  expect(stdout).toMatch(/4711 people/);
});

test("an old snapshot still names things, and no longer says what does not exist", async () => {
  const old = { ...(JSON.parse(text) as SnapshotFile), takenAt: "2020-01-01T00:00:00.000Z" };
  writeFileSync(path, JSON.stringify(old));
  const { stdout } = await run(["check"]);
  writeFileSync(path, text);
  expect(stdout).toMatch(/priv\/admin-broad-group/);
  expect(stdout).not.toMatch(/ref\/unknown-group/);
});

test.each([
  ["not JSON", "{", /accessmap\.snapshot\.json is not valid JSON/],
  ["another version", '{"version":2}', /has another version than 1/],
  ["something else", '{"version":1,"directories":[]}', /is not what `accessmap snapshot` writes/],
])("a snapshot that is %s is said and ignored", async (_, content, said) => {
  writeFileSync(path, content);
  const { stdout } = await run(["check", "--no-live"]);
  writeFileSync(path, text);
  expect(stdout).toMatch(said);
  expect(stdout).not.toMatch(/priv\/|ref\//);
});

test("a snapshot of another system under the same name answers nothing", async () => {
  const yaml = join(project, "accessmap.yaml");
  const before = readFileSync(yaml, "utf8");
  writeFileSync(yaml, before.replace("acme.okta.com", "other.okta.com").replace("datadoghq.eu", "datadoghq.com"));
  const { stdout } = await run(["check", "--no-live"]);
  writeFileSync(yaml, before);
  expect(stdout).not.toMatch(/answers for|ref\/unknown-group/);
});

test("no plan from a snapshot, and no snapshot of systems that could not be read", async () => {
  expect((await run(["plan"])).code).toBe(3);
  const out = join(scratch.path, "other.json");
  const refused = await run(["snapshot", "--out", out], { ...sandbox.environment, OKTA_CLIENT_TOKEN: "wrong" });
  expect([refused.code, existsSync(out)]).toEqual([3, false]);
  expect(refused.stderr).toMatch(/not written[\s\S]*okta: /);
});

test("a drill keeps nothing unless told where; what is kept can be purged", async () => {
  const storage = join(scratch.path, "storage");
  const cache = join(scratch.path, "cache");
  await run(["check"], { ...sandbox.environment, XDG_CACHE_HOME: cache });
  expect(existsSync(cache)).toBe(false);
  await run(["check"], { ...sandbox.environment, ACCESSMAP_STORAGE: storage });
  expect(readdirSync(join(storage, "inventories"))).toHaveLength(2);
  const compiled = join(cache, "accessmap", "compiled");
  mkdirSync(join(compiled, "v24"), { recursive: true });
  writeFileSync(join(storage, "note.txt"), "somebody else's");
  const env = { ACCESSMAP_STORAGE: storage, XDG_CACHE_HOME: cache, LOCALAPPDATA: cache, HOME: cache };
  const purged = await run(["purge"], env);
  expect(purged.stdout.match(/deleted .*inventory\.jsonl/g)).toHaveLength(2);
  expect([purged.stdout.includes(`deleted ${compiled}\n`), existsSync(compiled)]).toEqual([true, false]);
  expect(readdirSync(join(storage, "inventories"))).toEqual([]);
  expect(existsSync(join(storage, "note.txt"))).toBe(true);
  expect((await run(["purge"], env)).stdout).toBe("Nothing was kept.\n");
});

function isAddress(value: unknown): value is string {
  return typeof value === "string" && value.includes("@");
}
