/** Help with examples that parse, and completion that knows every verb, option and choice; tried in the shells that are here. */

import { spawnSync } from "node:child_process";
import { chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bashScript } from "../../server/src/cli/completion/bash.ts";
import { fishScript } from "../../server/src/cli/completion/fish.ts";
import { allVerbs, verbOf } from "../../server/src/cli/completion/model.ts";
import { zshScript } from "../../server/src/cli/completion/zsh.ts";
import { createProgram } from "../../server/src/cli/program.ts";
import { EXIT } from "../../server/src/cli/support/exit.ts";
import { ENVIRONMENT } from "../../server/src/cli/verbs/environment.ts";
import { HELP } from "../../server/src/cli/verbs/help.ts";
import { runCli } from "../support/cli.ts";
import { CLI, makeFolder } from "../support/process.ts";

/** Names of variables with a prefix of ours or of a vendor's. */
const VARIABLE = /\b(?:OKTA_CLIENT|AZURE|DD|ACCESSMAP|GOOGLE_APPLICATION)_[A-Z_]+/g;

const program = verbOf(createProgram());
const verbs = allVerbs(program).filter(({ path }) => path.length > 0);

test("every verb has examples, and no example is of a verb that is gone", () => {
  expect(Object.keys(HELP).sort()).toEqual(verbs.map(({ path }) => path.join(" ")).sort());
});

for (const [verb, { examples }] of Object.entries(HELP)) {
  test(`the examples of ${verb} parse`, async () => {
    for (const [line] of examples) {
      const [words = ""] = line.split(" > ");
      const reached: string[] = [];
      await stubbed(createProgram(), reached).parseAsync(words.split(" "), { from: "user" });
      expect(reached).toEqual([expect.stringMatching(new RegExp(`^${verb}`))]);
    }
  });
}

test("a verb says more of none but its own exit codes", () => {
  for (const [verb, { codes = [], means = {} }] of Object.entries(HELP))
    expect([verb, Object.keys(means).filter((code) => code !== "clean" && !codes.some((own) => own === code))]).toEqual(
      [verb, []],
    );
});

test("no option swallows what stands behind its value: a plan behind --allow was taken for a guard, and another one pushed", () => {
  const greedy = verbs.filter(
    ({ path }) =>
      commandAt(path).registeredArguments.length > 0 && commandAt(path).options.some(({ variadic }) => variadic),
  );
  expect(greedy.map(({ path }) => path.join(" "))).toEqual([]);
});

function commandAt(path: readonly string[]): Command {
  return path.reduce<Command>(
    (command, word) => command.commands.find((child) => child.name() === word) ?? command,
    createProgram(),
  );
}

test("an option says the same of itself in every verb that has it, unless what it is for differs", () => {
  const told = new Map<string, Set<string>>();
  for (const { flags } of verbs)
    for (const { names, description } of flags)
      told.set(names.join(), (told.get(names.join()) ?? new Set<string>()).add(description));
  for (const name of [
    "-C,--project",
    "-v,--verbose",
    "--format",
    "--output",
    "--check",
    "--allow",
    "--detailed-exitcode",
  ])
    expect([name, [...(told.get(name) ?? [])]]).toEqual([name, [expect.any(String)]]);
});

/** The program with verbs that only say that they were reached. */
function stubbed(command: Command, reached: string[], path = ""): Command {
  for (const child of command.commands) {
    const name = `${path} ${child.name()}`.trim();
    child.exitOverride().configureOutput({ writeErr: () => {} });
    child.action(() => void reached.push(name));
    stubbed(child, reached, name);
  }
  return command;
}

test("help ends with examples and exit codes", async () => {
  const whole = await runCli(["--help"], { cwd: "/" });
  for (const code of Object.values(EXIT)) expect(whole.stdout).toMatch(new RegExp(`^ +${code}  \\w`, "m"));
  const one = await runCli(["drift", "--help"], { cwd: "/" });
  expect([one.code, one.stdout]).toEqual([
    0,
    expect.stringMatching(
      /Examples:\n {2}accessmap drift\n[\s\S]*Exit codes:\n {2}0 .*\n {2}2 .*\n {2}3 .*\n {6}.*\n {2}4 .*\n {2}5 /,
    ),
  ]);
});

test("help names every variable that is looked at for a credential or a place, and no other", () => {
  const sources = codeBelow("server/src", (path) => !/\/(sandbox|lsp)\/|verbs\/environment/.test(path));
  // A name may be put together of its parts where it is read.
  const bare = (name: string) => name.replace(/^ACCESSMAP_WRITE_|_<NAME>$|_$/g, "");
  const named = new Set(ENVIRONMENT.flatMap(([, rows]) => rows.flatMap(([names]) => names.split(", ").map(bare))));
  const read = new Set(sources.flatMap((text) => text.match(VARIABLE) ?? []).map(bare));
  expect([...read].filter((name) => name !== "" && !named.has(name))).toEqual([]);
  expect([...named].filter((name) => !sources.some((text) => text.includes(name)))).toEqual([]);
});

describe("completion", () => {
  const scripts = { bash: bashScript(program), zsh: zshScript(program), fish: fishScript(program) };
  let folder: ReturnType<typeof makeFolder>;
  beforeAll(() => {
    folder = makeFolder({});
    for (const [shell, script] of Object.entries(scripts)) writeFileSync(join(folder.path, shell), script);
  });
  afterAll(() => folder.remove());

  for (const [shell, script] of Object.entries(scripts)) {
    test(`${shell} is told of every verb, option and choice`, () => {
      for (const { path, flags } of verbs) {
        expect(script).toContain(path.at(-1));
        for (const { names, value } of flags) {
          const long = names.at(-1) ?? "";
          expect(script).toContain(shell === "fish" ? `-l ${long.slice(2)}` : long);
          if (value && value.choices.length > 0) expect(script).toContain(value.choices.join(" "));
        }
      }
    });
  }

  test("the command prints the script", async () => {
    const { code, stdout } = await runCli(["completion", "zsh"], { cwd: "/" });
    expect([code, stdout]).toEqual([0, scripts.zsh]);
    expect((await runCli(["completion", "tcsh"], { cwd: "/" })).code).toBe(2);
  });

  /** What is typed, and what is offered. Bash makes three words of `--format=js`. */
  const typed: readonly (readonly [string, readonly string[]])[] = [
    ["ch", ["check"]],
    ["check --format ma", ["markdown"]],
    ["check --fail-on w", ["warning"]],
    ["-q pl", ["plan"]],
    ["review pack --sec", ["--second"]],
    ["completion ", ["bash", "fish", "zsh"]],
    ["plan --detailed", ["--detailed-exitcode"]],
    ["drift --mutate", []],
  ];
  const has = (shell: string) => spawnSync(shell, ["-c", "exit 0"]).status === 0;

  test.each([...typed, ["check --format = js", ["json"]] as const, ["check --format =", ["text", "json"]] as const])(
    "bash: %s",
    (line, offered) => {
      const words = ["accessmap", ...line.split(" ")].map((word) => `'${word}'`).join(" ");
      const script = `. ./bash; COMP_WORDS=(${words}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _accessmap; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const { stdout } = spawnSync("bash", ["--norc", "-c", script], { cwd: folder.path, encoding: "utf8" });
      const replies = stdout.split("\n").filter(Boolean);
      if (line.endsWith("=")) expect(replies).toEqual(expect.arrayContaining([...offered]));
      else expect(replies.sort()).toEqual(offered);
    },
  );

  test.skipIf(!has("fish")).each(typed)("fish: %s", (line, offered) => {
    const script = `. ./fish; complete -C 'accessmap ${line}'`;
    const { stdout, stderr } = spawnSync("fish", ["--no-config", "-c", script], { cwd: folder.path, encoding: "utf8" });
    expect(stderr).toBe("");
    // Names of files in the folder may be offered as well.
    const replies = stdout.split("\n").flatMap((reply) => reply.split("\t", 1)[0] || []);
    expect(
      replies.filter((reply) => !["bash", "zsh", "fish"].includes(reply) || offered.includes(reply)).sort(),
    ).toEqual(offered);
  });

  describe("names that are known here", () => {
    /** Names that nobody asked a vendor for: what the files say, and the catalogue. */
    const NAMED: readonly (readonly [line: string, words: string, offered: readonly string[]])[] = [
      ["show dd-s", "show dd-s", ["dd-sre", "dd-support"]],
      ["history dd-s", "history dd-s", ["dd-sre", "dd-support"]],
      ["show 'dd o", "show 'dd o", ["dd on call"]],
      ["show dd\\ o", "show dd\\ o", ["dd\\ on\\ call"]],
      ["what-if --gains Log", "what-if --gains Log", ["Log\\ Admin"]],
      ["what-if --gains=Log", "what-if --gains = Log", ["Log\\ Admin"]],
      ["who-can logs_delete_d", "who-can logs_delete_d", ["logs_delete_data"]],
      ["plan -o pr", "plan -o pr", ["prod"]],
      ["rule cred/old", "rule cred/old", ["cred/old-or-unused"]],
      ["show -C other\\ one dd-", "show -C other\\ one dd-", ["dd-elsewhere"]],
      ["show --project='other one' dd-", "show --project = 'other one' dd-", ["dd-elsewhere"]],
    ];
    let bench: ReturnType<typeof makeFolder>;
    let env: NodeJS.ProcessEnv;
    beforeAll(() => {
      bench = makeFolder({
        "accessmap.yaml":
          "version: 1\nproject: acme\ndirectories: { okta: { type: okta, domain: acme.okta.com } }\norganizations: { prod: { site: datadoghq.eu } }\n",
        "access/a.accessmap.yaml":
          "organization: prod\nmappings:\n  - { group: dd-sre, roles: [Log Admin] }\n  - { group: dd-support, roles: [Log Admin] }\n  - { group: dd on call, roles: [SRE] }\n",
        "other one/accessmap.yaml": "version: 1\nproject: b\norganizations: { prod: { site: datadoghq.eu } }\n",
        "other one/a.accessmap.yaml": "mappings:\n  - { group: dd-elsewhere, roles: [SRE] }\n",
        "bin/accessmap": `#!/bin/sh\nexec '${process.execPath}' '${CLI}' "$@"\n`,
      });
      chmodSync(join(bench.path, "bin/accessmap"), 0o755);
      env = { ...process.env, PATH: `${join(bench.path, "bin")}:${process.env.PATH}`, ACCESSMAP_STORAGE: bench.path };
    });
    afterAll(() => bench.remove());

    test.each(NAMED)("bash: %s", (line, words, offered) => {
      const script = `. ${folder.path}/bash; COMP_LINE=$1; COMP_POINT=\${#1}; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _accessmap; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const args = ["--norc", "-c", script, "bash", `accessmap ${line}`, "accessmap", ...splitWords(words)];
      const { stdout, stderr } = spawnSync("bash", args, { cwd: bench.path, env, encoding: "utf8" });
      expect([stderr, stdout.split("\n").filter(Boolean).sort()]).toEqual(["", offered]);
    });

    test.skipIf(!has("fish"))("fish", () => {
      const script = `. ${folder.path}/fish; complete -C 'accessmap show dd\\ o'; complete -C 'accessmap what-if --gains Log'; complete -C 'accessmap show -C other\\ one dd-'`;
      const { stdout } = spawnSync("fish", ["--no-config", "-c", script], { cwd: bench.path, env, encoding: "utf8" });
      expect(stdout.split("\n").flatMap((reply) => reply.split("\t", 1)[0] || [])).toEqual([
        "dd on call",
        "Log Admin",
        "dd-elsewhere",
      ]);
    });

    test("outside a project there are the names that need none, and no message", async () => {
      expect(await runCli(["names", "group"], { cwd: "/" })).toMatchObject({ code: 0, stdout: "", stderr: "" });
      expect((await runCli(["names", "permission", "logs_delete_d"], { cwd: "/" })).stdout).toBe("logs_delete_data\n");
    });
  });

  test.skipIf(!has("zsh"))("zsh reads the script", () => {
    const { status, stderr } = spawnSync("zsh", ["-f", "-n", "./zsh"], { cwd: folder.path, encoding: "utf8" });
    expect([status, stderr]).toEqual([0, ""]);
  });
});

/** Words as bash has them in COMP_WORDS: quotes and backslashes stay, and a blank behind a backslash or in quotes is none. */
function splitWords(line: string): readonly string[] {
  return line.match(/(?:\\.|'[^']*'?|[^\s\\'])+/g) ?? [];
}

function codeBelow(folder: string, isWanted: (path: string) => boolean): readonly string[] {
  return readdirSync(resolve(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(isWanted)
    .map((path) => readFileSync(path, "utf8"));
}
