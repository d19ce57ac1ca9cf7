/** The command line as its users meet it: exit codes, messages, streams. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCli } from "../support/cli.ts";
import { makeFolder, type Run } from "../support/process.ts";

const PROJECT = `version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu, directory: okta, push: { roles: scim, teams: scim } } }
`;
const MAPPINGS = `mappings:
  - group: dd-sre
    roles: [SRE]
`;

interface Case {
  readonly name: string;
  readonly args: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly code: number;
  readonly stdout?: RegExp;
  readonly stderr?: RegExp;
}

const good = { "accessmap.yaml": PROJECT, "access/a.accessmap.yaml": MAPPINGS };

const CASES: readonly Case[] = [
  { name: "version", args: ["--version"], code: 0, stdout: /^\d+\.\d+\.\d+\n$/ },
  {
    name: "help names every verb",
    args: ["--help"],
    code: 0,
    stdout:
      /Begin:[\s\S]*init[\s\S]*Check:[\s\S]*check[\s\S]*test[\s\S]*Push:[\s\S]*plan[\s\S]*apply[\s\S]*Ask:[\s\S]*who-can[\s\S]*explain[\s\S]*what-if[\s\S]*login[\s\S]*Record:[\s\S]*lock[\s\S]*Serve:[\s\S]*sandbox[\s\S]*lsp/,
  },
  { name: "a verb of a verb that does not exist", args: ["review", "pak"], code: 2, stderr: /'pak' .*pack and read/ },
  { name: "a verb that does not exist", args: ["chek"], code: 2, stderr: /unknown command 'chek'[\s\S]*check/ },
  {
    name: "an option that does not exist",
    args: ["check", "--formt", "json"],
    code: 2,
    stderr: /unknown option '--formt'[\s\S]*--format/,
  },
  { name: "a format that does not exist", args: ["check", "--format", "xml"], code: 2, stderr: /text, json/ },
  {
    name: "the page of a rule",
    args: ["rule", "ref/renamed"],
    code: 0,
    stdout: /^# ref\/renamed\n[\s\S]*\*\*Not reported\.\*\*/,
  },
  { name: "all rules", args: ["rule"], code: 0, stdout: /^cred\/secret-in-file +A file holds[\s\S]*^sod\//m },
  { name: "a rule that does not exist", args: ["rule", "ref/renmaed"], code: 2, stderr: /did you mean ref\/renamed/ },
  { name: "no project here", args: ["check"], files: {}, code: 2, stderr: /no accessmap\.yaml.*--project/ },
  {
    name: "a damaged journal",
    args: ["undo"],
    files: { ...good, ".accessmap/journal/1-prod-0.jsonl": "{}\nhalf\n{}\n" },
    code: 2,
    stderr: /1-prod-0\.jsonl:1 is not a journal entry; restore/,
  },
  {
    name: "a project file with another ending",
    args: ["check"],
    files: { "accessmap.yml": PROJECT },
    code: 2,
    stderr: /accessmap\.yml is not read: the project file is accessmap\.yaml; rename it/,
  },
  {
    name: "a folder that does not exist",
    args: ["check", "-C", "nowhere"],
    files: {},
    code: 2,
    stderr: /does not exist/,
  },
  {
    name: "files alone",
    args: ["check", "--no-live"],
    files: good,
    code: 0,
    stdout: /No findings in 1 mapping in 1 file\./,
  },
  {
    name: "no credentials is said, not red",
    args: ["check"],
    files: good,
    code: 0,
    stdout: /okta not checked: .*OKTA_CLIENT_TOKEN[\s\S]*prod not checked: .*DD_API_KEY/,
  },
  { name: "no credentials where they are required", args: ["check", "--require-live"], files: good, code: 3 },
  {
    name: "no plan without live data",
    args: ["plan"],
    files: good,
    code: 3,
    stderr: /No plan without live data[\s\S]*DD_API_KEY/,
  },
  {
    name: "without live data an answer says that it is a lower bound",
    args: ["who-can", "logs_delete_data"],
    files: good,
    code: 3,
    stdout: /at least 0 people\n[\s\S]*Not known, so there may be more[\s\S]*OKTA_CLIENT_TOKEN/,
  },
  {
    name: "and so does what is shown of a group",
    args: ["show", "dd-sre", "--format", "json"],
    files: good,
    code: 3,
    stdout: /"people": null,\s+"roles": \[\],\s+"unresolvedRoles": \[\s+"SRE"/,
    stderr: /^okta not checked: .*\nprod not checked: .*\n$/m,
  },
  {
    name: "systems of other organizations are not missed",
    args: ["diff", "prod", "dev", "--detailed-exitcode"],
    files: {
      ...good,
      "accessmap.yaml": PROJECT.replace(
        "organizations: {",
        "organizations: { dev: { site: us3.datadoghq.com }, far: { site: us5.datadoghq.com },",
      ),
      "access/a.accessmap.yaml": `organization: prod\n${MAPPINGS}`,
    },
    code: 3,
    stderr: /^okta not checked: .*\ndev not checked: .*\nprod not checked: .*\n$/,
  },
  {
    name: "nobody is said not to be there without live data",
    args: ["explain", "ana@acme.com"],
    files: good,
    code: 3,
    stderr: /Not certain: .*DD_API_KEY/,
  },
  {
    name: "nor is a permission",
    args: ["who-can", "no_such_thing"],
    files: good,
    code: 3,
    stderr: /prod has no permission "no_such_thing".* Not certain: permissions of prod not known: .*DD_API_KEY/,
  },
  {
    name: "drift without live data, and quiet: why not is said all the same",
    args: ["drift", "--quiet"],
    files: good,
    code: 3,
    stderr: /^error No answer on drift without live data:\n.*DD_API_KEY/,
  },
  {
    name: "a supposed change that is none",
    args: ["what-if", "--person", "ana@acme.com"],
    files: good,
    code: 2,
    stderr: /--joins or --leaves/,
  },
  {
    name: "a login of nobody",
    args: ["login"],
    files: good,
    code: 2,
    stderr: /--person/,
  },
  {
    name: "tests that cannot be proven fail where live data is required",
    args: ["test", "--require-live"],
    files: { ...good, "b.accessmap.yaml": "mappings: []\nexpect: [{ group: dd-sre, cannot: [billing_edit] }]\n" },
    code: 3,
    stdout: /unproven[\s\S]*0 of 1 hold, 0 fail, 1 could not be proven/,
  },
  {
    name: "no plan from files that have errors, live data or not",
    args: ["plan"],
    files: { ...good, "b.accessmap.yaml": "mappings:\n  - group: dd-sre\n    rols: [SRE]\n" },
    code: 2,
    stderr: /^error No plan while files have errors:\n {2}b\.accessmap\.yaml, line 3: "rols" is not a key/,
  },
  {
    name: "a token without its origin is not sent",
    args: ["check"],
    files: good,
    env: { OKTA_CLIENT_TOKEN: "secret-value" },
    code: 0,
    stdout: /OKTA_CLIENT_ORGURL/,
  },
  {
    name: "broken YAML has its place",
    args: ["check", "--no-live"],
    files: { ...good, "b.accessmap.yaml": "mappings:\n  - group: [a\n" },
    code: 1,
    stdout: /b\.accessmap\.yaml\n\s+\d+:\d+\s+error/,
  },
  {
    name: "other files keep their findings",
    args: ["check", "--no-live"],
    files: { ...good, "b.accessmap.yaml": "mappings: [", "c.accessmap.yaml": "mapings: []\nmappings: []\n" },
    code: 1,
    stdout: /"mapings" is not a key/,
  },
  {
    name: "annotations are commands to GitHub's runner",
    args: ["check", "--no-live", "--format", "github"],
    files: { ...good, "b.accessmap.yaml": "mapings: []\nmappings: []\n" },
    code: 1,
    stdout: /^::error file=b\.accessmap\.yaml,line=1,endLine=1,col=1,endColumn=8,title=schema\/unknown-key::"mapings"/,
  },
  {
    name: "a text for people has no commands to a runner",
    args: ["check", "--no-live"],
    files: { ...good, "b.accessmap.yaml": 'mappings: []\n"##[add-mask]x": 1\n' },
    env: { GITHUB_ACTIONS: "true" },
    code: 1,
    stdout: /"# #\[add-mask\]x" is not a key/,
  },
  {
    name: "places for a server are those of the repository",
    args: ["check", "--no-live", "-C", "infra", "--format", "gitlab"],
    files: {
      ".git/HEAD": "",
      "infra/accessmap.yaml": PROJECT,
      "infra/b.accessmap.yaml": "mapings: []\nmappings: []\n",
    },
    code: 1,
    stdout: /"path": "infra\/b\.accessmap\.yaml"/,
  },
  {
    name: "what was not checked is skipped in JUnit",
    args: ["check", "--no-live", "--format", "junit"],
    files: good,
    code: 0,
    stdout: /^<\?xml[\s\S]*<skipped message="live systems not checked: --no-live"\/>/,
  },
  {
    name: "SARIF",
    args: ["check", "--no-live", "--format", "sarif"],
    files: good,
    code: 0,
    stdout: /^\{\n {2}"\$schema"[\s\S]*"results": \[\]/,
  },
  {
    name: "Markdown",
    args: ["check", "--no-live", "--format", "markdown"],
    files: good,
    code: 0,
    stdout: /^## accessmap: No findings in 1 mapping in 1 file\.\n/,
  },
  {
    name: "claims as JUnit",
    args: ["test", "--format", "junit"],
    files: { ...good, "b.accessmap.yaml": "mappings: []\nexpect: [{ group: dd-sre, cannot: [billing_edit] }]\n" },
    code: 0,
    stdout: /<testsuite name="b\.accessmap\.yaml" tests="1" failures="0" errors="0" time="0" skipped="1">/,
  },
  {
    name: "a baseline of what changed would forget the rest",
    args: ["check", "--changed", "--write-baseline"],
    files: good,
    code: 2,
    stderr: /'--changed \[commit\]' cannot be used with option '--write-baseline'/,
  },
  {
    name: "another format into a file that is not told well",
    args: ["check", "--no-live", "--also", "sarif"],
    files: good,
    code: 2,
    stderr: /such as sarif=accessmap\.sarif/,
  },
  {
    name: "a finding of another file can be left out",
    args: ["check", "--no-live", "access"],
    files: { ...good, "b.accessmap.yaml": "mappings: [" },
    code: 0,
  },
  {
    name: "a path that is no file of the project",
    args: ["check", "--no-live", "nope.yaml"],
    files: good,
    code: 2,
    stderr: /nope\.yaml is no file of this project/,
  },
  {
    name: "severity below the bar passes",
    args: ["check", "--no-live", "--fail-on", "never"],
    files: { ...good, "b.accessmap.yaml": "mappings: [" },
    code: 0,
  },
  {
    name: "an organization that does not exist",
    args: ["plan", "-o", "prd"],
    files: good,
    code: 2,
    stderr: /no organization "prd".*did you mean "prod"/,
  },
  {
    name: "a seed that does not exist",
    args: ["sandbox", "--seed", "nowhere.json"],
    files: {},
    code: 2,
    stderr: /nowhere\.json cannot be read/,
  },
  { name: "a port that is none", args: ["sandbox", "--okta-port", "99999"], code: 2, stderr: /0 to 65535/ },
];

describe("command line", () => {
  for (const { name, args, files = {}, env = {}, code, stdout, stderr } of CASES) {
    test.concurrent(name, async () => {
      const folder = makeFolder(files);
      const run = await runCli(args, { cwd: folder.path, env });
      folder.remove();
      expect({ code: run.code, stdout: run.stdout, stderr: run.stderr }).toEqual({
        code,
        stdout: stdout ? expect.stringMatching(stdout) : expect.any(String),
        stderr: stderr ? expect.stringMatching(stderr) : expect.any(String),
      });
      expect(run.stdout + run.stderr).not.toMatch(/secret-value|at .*\.js:\d+/);
    });
  }
});

describe("JSON output", () => {
  let run: Run;
  let folder: ReturnType<typeof makeFolder>;
  beforeAll(async () => {
    folder = makeFolder({ ...good, "b.accessmap.yaml": "mappings:\n  - group: dd-sre\n    rols: [SRE]\n" });
    run = await runCli(["check", "--no-live", "--format", "json"], { cwd: folder.path });
  });
  afterAll(() => folder.remove());

  test("stdout is one JSON document with places counted from 1", () => {
    const { findings } = JSON.parse(run.stdout) as { findings: unknown[] };
    expect(findings).toContainEqual(
      expect.objectContaining({
        rule: "schema/unknown-key",
        severity: "error",
        file: "b.accessmap.yaml",
        line: 3,
        column: 5,
        endLine: 3,
        endColumn: 9,
        fixes: ['Change to "roles"'],
      }),
    );
  });

  test("fingerprints stay while lines move, and tell findings apart", async () => {
    const prints = async (text: string) => {
      const moved = makeFolder({ ...good, "b.accessmap.yaml": text });
      const { stdout } = await runCli(["check", "--no-live", "--format", "json"], { cwd: moved.path });
      moved.remove();
      const { findings } = JSON.parse(stdout) as { findings: { fingerprint: string }[] };
      return findings.map(({ fingerprint }) => fingerprint);
    };
    const twice = "mappings:\n  - group: dd-sre\n    rols: [SRE]\n  - group: dd-sre\n    rols: [SRE]\n";
    const before = await prints(twice);
    expect(new Set(before).size).toBe(before.length);
    expect(await prints(`# Moved.\n\n${twice}`)).toEqual(before);
  });
});
