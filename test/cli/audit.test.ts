/** Verbs for auditors against the sandbox: credentials, leavers, reviews, the past, the record. */

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../server/src/sandbox/sandbox.ts";
import { makeSample, runCli } from "../support/cli.ts";
import { cleanEnvironment, type Run } from "../support/process.ts";

let sandbox: Sandbox;
let scratch: Awaited<ReturnType<typeof makeSample>>;
let project: string;
const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> =>
  runCli(args, { cwd: project, env: { ...sandbox.environment, ...env } });

beforeAll(async () => {
  // With the limits of the vendors these questions wait for most of a minute.
  sandbox = await startSandbox({ limited: false });
  scratch = await makeSample();
  project = scratch.project;
});
afterAll(async () => {
  await sandbox.close();
  scratch.remove();
});

describe("credentials", () => {
  test("each key with its owner, and what cannot be read", async () => {
    const listed = await run(["credentials"]);
    expect(listed.code).toBe(1);
    expect(listed.stdout).toMatch(/terraform +application key .* terraform \(service account\) +\d+ days old/);
    expect(listed.stdout).toMatch(/old hr export +API token .* 700 days old .*\n +older than 90 days/);
    expect(listed.stdout).toMatch(/To be looked at by hand\n {2}prod, which key the identity provider pushes with/);
  });

  test("the same as data, and as a table that names no secret", async () => {
    const { rows } = JSON.parse((await run(["credentials", "--format", "json"])).stdout);
    const csv = (await run(["credentials", "--format", "csv"])).stdout;
    expect(csv.trimEnd().split("\r\n").length).toBe(rows.length + 1);
    expect(csv).not.toMatch(/sandbox-write-app-key/);
  });

  test("a key that may not see keys makes nothing up", async () => {
    const blind = { DD_APP_KEY: "wrong", OKTA_CLIENT_TOKEN: "wrong" };
    const { code, stdout } = await run(["credentials"], blind);
    const unknown =
      /prod, .*api_keys_read[\s\S]*okta, API tokens: .*401.* \(answer: Invalid token provided\)\n[\s\S]*No credential is known/;
    expect([code, stdout]).toEqual([3, expect.stringMatching(unknown)]);
  });
});

describe("reviews", () => {
  test("a pack for every reviewer, decided, read back, and stale from then on", { timeout: 60_000 }, async () => {
    const packed = await run(["review", "pack", "review", "--second", "ciso@acme.com"]);
    expect([packed.code, packed.stdout]).toEqual([0, expect.stringMatching(/The population is whole/)]);
    expect(packed.stdout).toMatch(/and who is in \d+ teams that no mapping names\.$/m);
    const manifest = JSON.parse(readFileSync(join(project, "review/manifest.json"), "utf8"));
    for (const [name, hash] of Object.entries(manifest.sha256))
      expect(
        createHash("sha256")
          .update(readFileSync(join(project, "review", name)))
          .digest("hex"),
      ).toBe(hash);

    // He left, and what he still holds comes through no group that has him.
    const all = readFileSync(join(project, "review/review.csv"), "utf8");
    expect(all).toMatch(/^outside,prod,mats\.ekdal@acme\.com,[^,]*,deactivated,active,.*idp\/leaver-still-active/m);

    const file = join(project, "review/reviewer-platform-leads@acme.com.csv");
    const table = readFileSync(file, "utf8");
    const decided = table.replace(
      /^(grant,.*,Log Admin,critical,dd-log-admins,.*platform-leads@acme\.com),,,,\r$/m,
      `$1,revoke,,nobody needs it,${new Date().toISOString().slice(0, 10)}\r`,
    );
    expect(decided).not.toBe(table);
    writeFileSync(file, decided);
    const path = join(project, "access/platform.accessmap.yaml");
    const before = readFileSync(path, "utf8");
    const asked = await run(["review", "read", file]);
    expect([asked.code, asked.stdout]).toEqual([2, expect.stringMatching(/^-.*dd-log-admins$/m)]);
    expect(readFileSync(path, "utf8")).toBe(before);
    expect((await run(["review", "read", file, "--check"])).code).toBe(1);
    expect(readFileSync(path, "utf8")).toBe(before);
    expect((await run(["review", "read", file, "--yes"])).code).toBe(0);
    expect(readFileSync(path, "utf8")).not.toContain("dd-log-admins");
    const again = await run(["review", "read", file, "--yes"]);
    expect([again.code, again.stderr]).toEqual([
      5,
      expect.stringMatching(/row \d+: the files no longer say this of Log Admin/),
    ]);
    writeFileSync(path, before);

    expect((await run(["review", "pack", "review"])).code).toBe(2);
    const piped = await run(["review", "read", project]);
    expect([piped.code, piped.stderr]).toEqual([2, expect.stringMatching(/is no ordinary file and was not read/)]);
    // Who has what must not go where somebody's repository leads.
    const link = join(project, `access-review-${new Date().toISOString().slice(0, 10)}`);
    symlinkSync("..", link);
    const led = await run(["review", "pack"]);
    expect([led.code, led.stderr]).toEqual([2, expect.stringContaining("is a link; remove it, or name a folder")]);
    rmSync(link);
  });

  test("whatever an owner is called, files are written, and one line tells of each", async () => {
    const path = join(project, "access/zoo.accessmap.yaml");
    const long = "x".repeat(300);
    writeFileSync(
      path,
      `mappings:\n${[long, "../../x", "a\\nerror b"].map((owner) => `  - { group: dd-sre, roles: [SRE], owner: "${owner}" }\n`).join("")}`,
    );
    const packed = await run(["review", "pack", "odd"]);
    rmSync(path);
    expect([packed.code, packed.stdout]).toEqual([0, expect.stringMatching(/^ {2}a\?error b: /m)]);
    const names = readdirSync(join(project, "odd"));
    expect(names).toEqual(expect.arrayContaining(["reviewer-.._.._x.csv", "reviewer-a_error_b.csv"]));
    expect(names.filter((name) => name.startsWith("reviewer-xx") && name.length < 120)).toHaveLength(3);
  });

  test("a pack of what could not be read wholly says so", async () => {
    const packed = await run(["review", "pack", "partly"], { OKTA_CLIENT_TOKEN: "wrong" });
    expect([packed.code, packed.stdout]).toEqual([3, expect.stringMatching(/The population is NOT whole/)]);
  });
});

describe("offboarding", () => {
  const MATS = "mats.ekdal@acme.com";

  test("what is open to somebody who left, and by hand what closes it", async () => {
    const { code, stdout } = await run(["offboarding", "--person", MATS]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/account mats\.ekdal@acme\.com is active: switch it off/);
    expect(stdout).toMatch(/role Platform Admin \(critical\): ends with the account/);
    expect(stdout).toMatch(/okta, people: \d+, read wholly/);
  });

  test("nobody is offboarded who is there", async () => {
    const { code, stderr } = await run(["offboarding", "--person", "ana.novakova@acme.com"]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/is active in okta: there is nothing to close/)]);
  });

  test("a directory that cannot be read proves nothing closed", async () => {
    const { code, stdout } = await run(["offboarding"], { OKTA_CLIENT_TOKEN: "wrong" });
    expect([code, stdout]).toEqual([3, expect.stringMatching(/okta, people not checked/)]);
  });

  test("a push closes it, and the proof names the apply", { timeout: 60_000 }, async () => {
    for (const [file, from, to] of [
      ["accessmap.yaml", "users: off", "users: deactivate"],
      ["access/product.accessmap.yaml", "dd-chekout-oncall", "dd-checkout-oncall"],
    ] as const) {
      const path = join(project, file);
      writeFileSync(path, readFileSync(path, "utf8").replace(from, to));
    }
    expect((await run(["offboarding"])).stdout).toMatch(/the plan would switch it off, but lock\/emptied refuses it/);
    expect((await run(["apply", "--yes", "--allow", "lock/emptied:role=Legacy Standard"])).code).toBe(0);
    const { code, stdout } = await run(["offboarding", "--all"]);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/closed +mats\.ekdal.*switched off, by the apply of/)]);
    const csv = (await run(["offboarding", "--format", "csv"])).stdout;
    expect(csv).toMatch(/prod,mats\.ekdal@acme\.com,Mats Ekdal,deactivated,okta,disabled,.*,closed/);
  });
});

describe("history", () => {
  let day = "2026-01-10";
  const git = (...args: readonly string[]) => {
    const date = { GIT_AUTHOR_DATE: `${day}T10:00:00Z`, GIT_COMMITTER_DATE: `${day}T10:00:00Z` };
    const who = ["-c", "user.name=test", "-c", "user.email=test@acme.com", "-c", "commit.gpgsign=false"];
    execFileSync("git", [...who, ...args], { cwd: project, env: cleanEnvironment(date), stdio: "ignore" });
  };

  test("files of the day from git, and who was changed since", { timeout: 120_000 }, async () => {
    expect((await run(["history", "SRE", "--on", "2026-01-31"])).stdout).toMatch(
      /what the files said: the project lies in no git/,
    );
    git("init", "--initial-branch=main");
    expect((await run(["history", "SRE", "--on", "2026-01-31"])).stdout).toMatch(/there is no commit of that day/);
    git("add", "accessmap.yaml", "accessmap.lock", "access");
    git("commit", "--message", "as it was");
    expect((await run(["review", "pack", "committed"])).code).toBe(0);
    expect(readFileSync(join(project, "committed/review.md"), "utf8")).toMatch(/from commit [0-9a-f]{12}/);
    const path = join(project, "access/platform.accessmap.yaml");
    writeFileSync(path, readFileSync(path, "utf8").replaceAll("dd-sre-leads", "dd-nobody"));
    expect((await run(["review", "pack", "changed"])).code).toBe(0);
    expect(readFileSync(join(project, "changed/review.md"), "utf8")).not.toContain("from commit");
    const past = await run(["history", "SRE", "--on", "2026-01-31"]);
    expect(past.stdout).toMatch(/Who had SRE in prod on 2026-01-31/);
    expect(past.stdout).toMatch(/"dd-sre-leads" → SRE {2}access\/platform\.accessmap\.yaml:\d+/);
    expect(past.stdout).toMatch(/files of commit [0-9a-f]{12}, made 2026-01-10 10:00 UTC/);
    expect((await run(["history", "SRE", "--on", "2026-01-09"])).stdout).toMatch(
      /there is no commit of that day or earlier/,
    );
    const group = await run(["history", "dd-sre-leads", "--on", "2026-01-31"]);
    expect(group.stdout).toMatch(/"dd-sre-leads" of okta → SRE {2}access\/platform\.accessmap\.yaml:\d+/);
    const left = await run(["history", "mats.ekdal@acme.com", "--on", "2026-01-31", "--format", "json"]);
    expect(JSON.parse(left.stdout).answers[0].people.map((one: { name: string }) => one.name)).toContain("SRE");

    const object = execFileSync("git", ["rev-parse", "HEAD:access/platform.accessmap.yaml"], { cwd: project });
    const name = object.toString().trim();
    const stored = join(project, ".git/objects", name.slice(0, 2), name.slice(2));
    renameSync(stored, `${stored}.gone`);
    const damaged = await run(["history", "SRE", "--on", "2026-01-31"]);
    expect([damaged.code, damaged.stdout]).toEqual([
      3,
      expect.stringMatching(
        /all that the files said: access\/platform\.accessmap\.yaml of that day cannot be read here/,
      ),
    ]);
    renameSync(`${stored}.gone`, stored);

    day = "2026-01-05";
    git("commit", "--all", "--message", "dated back");
    const rewritten = await run(["history", "SRE", "--on", "2026-01-07"]);
    expect([rewritten.code, rewritten.stdout]).toEqual([
      3,
      expect.stringMatching(/what the files said: commit \w{12} is dated before \w{12}, which it follows/),
    ]);
    expect((await run(["history", "SRE", "--on", "2026-01-31"])).stdout).toContain("made 2026-01-05");
    expect((await run(["history", "SRE", "--on", "2026-01-04"])).stdout).toMatch(/no commit of that day/);
  });

  test.each([
    ["no day", ["SRE", "--on", "yesterday"], /"yesterday" is no day/],
    ["a day to come", ["SRE", "--on", "2999-01-01"], /has not come yet/],
    ["nothing that is known", ["Nothing", "--on", "2026-01-31"], /is no permission, role, team, group or person/],
  ])("%s", async (_, args, message) => {
    const { code, stderr } = await run(["history", ...args]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});

describe("the record", () => {
  test("is sound after applies, and broken where somebody edited a journal", { timeout: 60_000 }, async () => {
    expect((await run(["plan", "--out", "plan.json"])).code).toBeLessThanOrEqual(5);
    const sound = await run(["record", "verify"]);
    expect([sound.code, sound.stdout]).toEqual([
      0,
      expect.stringMatching(/The record is sound: \d+ entries and \d+ journal/),
    ]);
    const [head = ""] = /[0-9a-f]{64}/.exec(sound.stdout) ?? [];
    expect((await run(["record", "verify", "--head", head.slice(0, 16)])).code).toBe(0);
    expect((await run(["record", "verify", "--head", "0123456789abcdef"])).code).toBe(1);
    const short = await run(["record", "verify", "--head", head.slice(0, 4)]);
    expect([short.code, short.stderr]).toEqual([2, expect.stringMatching(/is no head; write at least the first 8/)]);

    const folder = join(project, ".accessmap/journal");
    const [name = ""] = readdirSync(folder).filter((file) => file.endsWith(".jsonl"));
    const path = join(folder, name);
    const before = readFileSync(path, "utf8");
    writeFileSync(path, before.replace("mats.ekdal", "mats.nobody"));
    const edited = await run(["record", "verify", "--format", "json"]);
    expect([edited.code, JSON.parse(edited.stdout).broken[0]]).toEqual([1, expect.stringContaining(name)]);
    writeFileSync(path, before);
    expect((await run(["record", "verify"])).code).toBe(0);

    const own = join(project, "accessmap.yaml");
    const config = readFileSync(own, "utf8");
    writeFileSync(own, config.replace(/^ {2}prod:/m, "  live:"));
    const renamed = await run(["record", "verify"]);
    expect([renamed.code, renamed.stdout]).toEqual([
      0,
      expect.stringMatching(
        /^note +\d+ plans? and \d+ appl(y|ies) are for "prod", which accessmap\.yaml does not have/m,
      ),
    ]);
    writeFileSync(own, config);
  });
});
