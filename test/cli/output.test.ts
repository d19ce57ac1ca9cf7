/** Where results go: pipes, devices and full disks. Needs `npm run build`, and a system with `/dev`. */

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, lstatSync, readFileSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CLI, cleanEnvironment, makeFolder, spawnCli } from "../support/process.ts";
import { makeRepository } from "../support/repository.ts";

const FILES = {
  "accessmap.yaml": `version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu, directory: okta, push: { roles: scim } } }
`,
  "a.accessmap.yaml": "mappings: []\n",
};

describe.runIf(existsSync("/dev/full"))("output", () => {
  let folder: ReturnType<typeof makeFolder>;
  beforeAll(() => {
    folder = makeFolder(FILES);
  });
  afterAll(() => folder.remove());

  /** Through a shell, for what only a shell can do with a program's output. */
  function shell(script: string) {
    const env = cleanEnvironment({ NODE: process.execPath, CLI });
    const options = { cwd: folder.path, env, encoding: "utf8", timeout: 60_000 } as const;
    const { status, stdout, stderr } = spawnSync("bash", ["-o", "pipefail", "-c", script], options);
    return { code: status, stdout, stderr };
  }

  test("a full disk is told, and looks like no finding", () => {
    const { code, stderr } = shell('"$NODE" "$CLI" rule > /dev/full');
    expect([code, stderr]).toEqual([2, "error The output cannot be written (ENOSPC)\n"]);
  });

  test("a closed pipe is no error", () => {
    const { code, stderr } = shell('"$NODE" "$CLI" rule | head -n 1 > first');
    expect([code, stderr, readFileSync(join(folder.path, "first"), "utf8")]).toEqual([0, "", expect.any(String)]);
  });

  test("and what was found counts though nobody reads it", () => {
    const { code, stderr } = shell(`mkdir bad; cp accessmap.yaml bad; echo 'mappings: 1' > bad/b.accessmap.yaml
"$NODE" "$CLI" check -C bad --no-live | true`);
    expect([code, stderr]).toEqual([1, ""]);
  });

  test("standard input is waited for", () => {
    const { code, stderr } = shell('(sleep 1; echo "<x") | "$NODE" "$CLI" login -');
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/This is no SAML answer that can be read: <x> is not closed/),
    ]);
  });

  test("a pipe named as output is written to, and stays a pipe", () => {
    execFileSync("mkfifo", [join(folder.path, "pipe")]);
    const { code } = shell(
      'cat pipe > got & "$NODE" "$CLI" check --no-live --format json --output pipe; code=$?; [ $code = 0 ] || kill $!; wait; exit $code',
    );
    expect(code).toBe(0);
    expect(JSON.parse(readFileSync(join(folder.path, "got"), "utf8"))).toMatchObject({
      version: 1,
      findings: [],
      unreadable: [],
    });
    expect(lstatSync(join(folder.path, "pipe")).isFIFO()).toBe(true);
  });

  test("so is standard output by its name", () => {
    const { code, stdout } = shell('"$NODE" "$CLI" check --no-live --format json --output /dev/stdout | cat');
    expect([code, JSON.parse(stdout)]).toEqual([0, expect.anything()]);
    expect(lstatSync("/dev/stdout").isSymbolicLink()).toBe(true);
  });

  test("a link that came with a repository is replaced, wherever it leads", () => {
    symlinkSync("/dev/null", join(folder.path, "link"));
    expect(shell('"$NODE" "$CLI" check --no-live --output link').code).toBe(0);
    expect(lstatSync(join(folder.path, "link")).isFile()).toBe(true);
  });
});

test("a verb ends though something keeps the platform busy, and all it said is there", async () => {
  const cwd = tmpdir();
  const NODE_OPTIONS = "--import=data:text/javascript,setInterval(()=>{},1000)";
  const [free, busy] = await Promise.all([
    spawnCli(["rule"], { cwd }),
    spawnCli(["rule"], { cwd, env: { NODE_OPTIONS } }),
  ]);
  expect(busy).toEqual(free);
  const wrong = await spawnCli(["rule", "nope"], { cwd, env: { NODE_OPTIONS } });
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('There is no rule "nope"')]);
});

test("a warning of git is not why something cannot be told", async () => {
  const repository = makeRepository(FILES);
  repository.git("checkout", "-q", "--detach");
  repository.git("branch", "-qD", "main");
  repository.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/gone");
  const run = await spawnCli(["check", "--no-live", "--changed"], { cwd: repository.path });
  expect([run.code, run.stderr]).toEqual([2, expect.stringContaining("nothing tells where the main line is")]);
  repository.remove();
});
