/** What the writers make of findings, claims and drift: valid by the formats' own schemas, whatever names hold. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv"; // ajv: compiles the project's own schemas, and here judges by an official one
import { createColors } from "picocolors";
import { describe, expect, test } from "vitest";
import { claimsAsGithub, findingsAsGithub } from "../../server/src/cli/formats/github.ts";
import { findingsAsGitlab } from "../../server/src/cli/formats/gitlab.ts";
import { claimsAsJson, findingsAsJson } from "../../server/src/cli/formats/json.ts";
import { claimsAsJunit, findingsAsJunit } from "../../server/src/cli/formats/junit.ts";
import { claimsAsMarkdown, driftAsMarkdown, findingsAsMarkdown } from "../../server/src/cli/formats/markdown.ts";
import type { Report, ReportedFinding, TestReport } from "../../server/src/cli/formats/report.ts";
import { findingsAsSarif } from "../../server/src/cli/formats/sarif.ts";
import { claimsAsText, findingsAsText } from "../../server/src/cli/formats/text.ts";
import { type Element, parseXml } from "../../server/src/core/syntax/xml.ts";

/** Everything that ends a command, a cell, an element, a string or a line somewhere. */
const NASTY = "a\n::error::b\r%0A,:]]>\"'<b>&amp;|`*[x](http://x)\u0000\u001b[31m\u202e\u{e0041}\ud800 ##[add-mask]c";

const region = (file: string, line: number) => ({
  file,
  start: { line, column: 4 },
  end: { line, column: 9 },
});

const finding: ReportedFinding = {
  rule: "ref/unknown-group",
  severity: "error",
  message: "Okta has no group",
  region: region("access/a b#.accessmap.yaml", 2),
  related: [],
  fixes: [],
  fingerprint: "f1",
  fails: true,
};

const REPORT: Report = {
  findings: [
    { ...finding, severity: "info", rule: "yaml/syntax", fingerprint: "f0", fails: false },
    {
      ...finding,
      message: NASTY,
      related: [{ region: region("b.accessmap.yaml", 0), message: NASTY }],
      fixes: [{ title: NASTY, edits: [{ region: region("b.accessmap.yaml", 1), text: NASTY }] }],
      asOf: "2026-11-20T10:00:00.000Z",
    },
    { ...finding, region: region(`${NASTY}.accessmap.yaml`, 0), fingerprint: "f2", inherited: true, fails: false },
  ],
  files: ["access/a b#.accessmap.yaml", `${NASTY}.accessmap.yaml`, "clean.accessmap.yaml"],
  counts: { mappings: 3, files: 3 },
  unreadable: [{ file: NASTY, message: "cannot be read" }],
  gaps: [`okta not checked: ${NASTY}`],
  notes: [NASTY],
  systems: [],
  pages: new Map([["ref/unknown-group", "# ref/unknown-group\n\nA mapping names a group that is not there.\n"]]),
  prefix: "infra/access map/",
  version: "1.2.3",
};

const TEST: TestReport = {
  claims: [
    { verdict: "holds", claim: NASTY, place: { file: "a.accessmap.yaml", line: 3, column: 5 } },
    { verdict: "fails", claim: NASTY, why: NASTY, place: { file: NASTY, line: 3, column: 5 } },
    { verdict: "unproven", claim: NASTY, why: NASTY, place: { file: "a.accessmap.yaml", line: 4, column: 5 } },
  ],
  mutations: [{ organization: NASTY, tried: 3, survivors: [{ kind: "drop", text: NASTY, people: 1 }] }],
  gaps: [NASTY],
  prefix: "",
};

const MANY: Report = {
  ...REPORT,
  findings: [
    { ...finding, severity: "info", fingerprint: "mild", fails: false },
    ...Array.from({ length: 25_000 }, (_, at) => ({ ...finding, fingerprint: `f${at}` })),
    { ...finding, fingerprint: "old", inherited: true, fails: false },
  ],
  files: [finding.region.file],
};

const EMPTY: Report = { ...REPORT, findings: [], unreadable: [], gaps: [], notes: [], files: ["a.accessmap.yaml"] };

describe("SARIF", () => {
  const schema = createRequire(import.meta.url).resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
  const { $schema: _, id: __, ...official } = JSON.parse(readFileSync(schema, "utf8"));
  // The schema is of draft 4 and has no keyword that later ones read otherwise, but for its own name.
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(official);
  const runOf = (report: Report) => JSON.parse(findingsAsSarif(report)).runs[0];

  for (const [name, report] of Object.entries({ hostile: REPORT, empty: EMPTY })) {
    test(`a ${name} log is valid by the official schema`, () => {
      validate(JSON.parse(findingsAsSarif(report)));
      expect(validate.errors ?? []).toEqual([]);
    });
  }

  test("there are no more results than GitHub takes: the mildest are left out, which is said", () => {
    const { results, invocations } = runOf(MANY);
    expect([results.length, results[0].partialFingerprints]).toEqual([25_000, { "accessmapSubject/v1": "f0" }]);
    expect(invocations[0].toolExecutionNotifications.at(-1).message.text).toMatch(/^2 of 25002 findings are left out/);
    const related = Array.from({ length: 2_000 }, () => ({
      region: region("b.accessmap.yaml", 0),
      message: "also here",
    }));
    expect(runOf({ ...REPORT, findings: [{ ...finding, related }] }).results[0].relatedLocations).toHaveLength(100);
  });

  test("a name that is written like a link stays words", () => {
    const message = 'group "[look](https://evil.example)" does not exist';
    const { results, invocations } = runOf({ ...REPORT, findings: [{ ...finding, message }], notes: [message] });
    const text = 'group "[look] (https://evil.example)" does not exist';
    expect([results[0].message, invocations[0].toolExecutionNotifications.at(-1).message]).toEqual([
      { text },
      { text },
    ]);
  });

  test("the schema refuses what is no log", () => {
    expect(validate({ version: "2.1.0", runs: [{ tool: { driver: {} } }] })).toBe(false);
  });

  test("places are those of the repository, in UTF-16 units from 1", () => {
    const run = runOf(REPORT);
    expect(run.columnKind).toBe("utf16CodeUnits");
    expect(run.results[1].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: "infra/access%20map/access/a%20b%23.accessmap.yaml", uriBaseId: "REPOSITORY" },
      region: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 10 },
    });
  });

  test("rules have their manual page, inherited findings are suppressed, gaps are told", () => {
    const run = runOf(REPORT);
    expect(run.tool.driver.rules[run.results[1].ruleIndex]).toMatchObject({
      id: "ref/unknown-group",
      shortDescription: { text: "A mapping names a group that is not there." },
    });
    expect(run.results.map(({ suppressions }: { suppressions?: unknown[] }) => suppressions?.length)).toEqual([
      undefined,
      undefined,
      1,
    ]);
    expect(run.invocations[0]).toMatchObject({ executionSuccessful: false, toolExecutionNotifications: { length: 3 } });
    expect(run.results[1].partialFingerprints).toEqual({ "accessmapSubject/v1": "f1" });
  });
});

describe("JUnit", () => {
  /** Elements, their attributes and what may stand in them, as servers that read JUnit agree on them. */
  const SHAPE: Readonly<Record<string, { attributes: readonly string[]; children: readonly string[] }>> = {
    testsuites: { attributes: ["name", "tests", "failures", "errors", "time"], children: ["testsuite"] },
    testsuite: { attributes: ["name", "tests", "failures", "errors", "time", "skipped"], children: ["testcase"] },
    testcase: { attributes: ["name", "classname", "time"], children: ["failure", "error", "skipped", "system-out"] },
    failure: { attributes: ["message", "type"], children: [] },
    error: { attributes: ["message", "type"], children: [] },
    skipped: { attributes: ["message"], children: [] },
    "system-out": { attributes: [], children: [] },
  };

  function checkShape(element: Element): void {
    const { attributes, children } = SHAPE[element.name] ?? { attributes: [], children: [] };
    expect([...element.attributes.keys()]).toEqual(attributes);
    for (const child of element.children) {
      expect(children).toContain(child.name);
      checkShape(child);
    }
    if (element.name === "testcase") expect(element.children.length).toBeLessThanOrEqual(1);
    if (!element.name.startsWith("testsuite")) return;
    const all = casesIn(element);
    const count = (name: string) => String(all.filter(({ children: [first] }) => first?.name === name).length);
    expect(element.attributes.get("tests")).toBe(String(all.length));
    expect(element.attributes.get("failures")).toBe(count("failure"));
    expect(element.attributes.get("errors")).toBe(count("error"));
  }

  function casesIn(element: Element): readonly Element[] {
    return element.name === "testcase" ? [element] : element.children.flatMap(casesIn);
  }

  function parsed(xml: string): Element {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 forbids
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u);
    const root = parseXml(xml);
    if ("problem" in root) throw new Error(root.problem);
    return root;
  }

  for (const [name, xml] of Object.entries({
    findings: findingsAsJunit(REPORT),
    "no findings": findingsAsJunit(EMPTY),
    claims: claimsAsJunit(TEST),
    "no claims": claimsAsJunit({ ...TEST, claims: [], mutations: [], gaps: [] }),
  })) {
    test(`${name} have the usual shape`, () => checkShape(parsed(xml)));
  }

  test("what fails the check fails, what is inherited or not checked is skipped, the rest passes", () => {
    const outcomes = casesIn(parsed(findingsAsJunit(REPORT))).map(({ children: [first] }) => first?.name ?? "passed");
    expect(outcomes).toEqual(["system-out", "failure", "skipped", "passed", "error", "skipped", "passed"]);
  });

  test("there are no more cases than GitLab reads, and no file looks clean for it", () => {
    const xml = findingsAsJunit({ ...MANY, files: [...MANY.files, "mild.accessmap.yaml"] });
    const counts = [...xml.matchAll(/<testsuite name=".*" tests="(\d+)"/g)].map(([, tests]) => Number(tests));
    expect(counts).toEqual([20_000, 1, 1, 1, 2]);
    expect(xml).toContain('<testcase name="5002 of 25002 findings are left out');
  });

  test("unproven is not passed", () => {
    const outcomes = casesIn(parsed(claimsAsJunit(TEST))).map(({ children: [first] }) => first?.name ?? "passed");
    expect(outcomes).toEqual(["passed", "skipped", "failure", "system-out", "skipped"]);
  });
});

describe("GitHub annotations", () => {
  test("one command a line, the worst first, nothing of a name a command of its own", () => {
    const lines = findingsAsGithub(REPORT).split("\n");
    expect(lines.map((line) => /^::(\w+) /.exec(line)?.[1] ?? line)).toEqual([
      "error",
      "error",
      "notice",
      "notice",
      "notice",
      "1 error, 0 warnings, 1 note in 3 mappings in 3 files.",
    ]);
    expect(lines[1]).toMatch(
      /^::error file=infra\/access map\/access\/a b#\.accessmap\.yaml,line=3,endLine=3,col=5,endColumn=10,title=ref\/unknown-group::a\?::error::b\?%250A/,
    );
    expect(lines[0]).toMatch(/^::error file=[^:,]*%3A%3Aerror%3A%3Ab\?%250A%2C%3A[^:,]*::/);
  });

  test("what GitHub does not show is said, and what was not checked comes before mild findings", () => {
    const mild = Array.from({ length: 12 }, () => ({ ...finding, severity: "info", fails: false }) as const);
    const lines = findingsAsGithub({ ...REPORT, findings: mild, unreadable: [] }).split("\n");
    expect(lines.slice(0, 2).map((line) => /title=([^:]*)/.exec(line)?.[1])).toEqual(["Not checked", "accessmap"]);
    expect(lines.at(-2)).toBe("GitHub shows 10 of 14 notices; this log has all.");
  });

  test("claims that fail are errors, unproven ones warnings", () => {
    const lines = claimsAsGithub(TEST).split("\n");
    expect(lines.map((line) => /^::(\w+) /.exec(line)?.[1] ?? line)).toEqual([
      "error",
      "warning",
      "notice",
      "1 of 3 hold, 1 fail, 1 could not be proven.",
    ]);
  });
});

test("GitLab's report has the fields that GitLab needs, and each fingerprint once", () => {
  const rows: Record<string, unknown>[] = JSON.parse(findingsAsGitlab(REPORT));
  expect(rows.map(({ severity }) => severity)).toEqual(["blocker", "info", "critical", "critical"]);
  expect(rows[2]).toEqual({
    description: NASTY,
    check_name: "ref/unknown-group",
    fingerprint: "f1",
    severity: "critical",
    location: { path: "infra/access map/access/a b#.accessmap.yaml", lines: { begin: 3, end: 3 } },
  });
  expect(new Set(rows.map(({ fingerprint }) => fingerprint)).size).toBe(rows.length);
});

test("JSON says the same in our own words", () => {
  expect(JSON.parse(findingsAsJson(REPORT)).findings[1]).toMatchObject({ line: 3, column: 5, fingerprint: "f1" });
  expect(JSON.parse(claimsAsJson(TEST)).results[1]).toMatchObject({ verdict: "fails", line: 3 });
});

describe("Markdown", () => {
  const drift = driftAsMarkdown([
    { depth: 0, text: `Drift in ${NASTY}` },
    { depth: 1, text: NASTY },
    { depth: 2, text: NASTY },
  ]);
  for (const [name, text] of Object.entries({
    findings: findingsAsMarkdown(REPORT),
    claims: claimsAsMarkdown(TEST),
    drift,
  })) {
    test(`${name}: nothing of a name is markup`, () => {
      expect(text).not.toMatch(/(?<!\\)(<b>|\[x\]|\*\[)/);
      expect(text).not.toMatch(/^::|\u202e|\r/m);
    });
  }

  test("every row of a table has its cells", () => {
    const rows = findingsAsMarkdown(REPORT)
      .split("\n")
      .filter((line) => line.startsWith("|"));
    expect(rows.map((row) => row.split(/(?<!\\)\|/).length)).toEqual([6, 6, 6, 6]);
  });

  test("long lists end with what is left out", () => {
    const findings = Array.from({ length: 250 }, () => finding);
    expect(findingsAsMarkdown({ ...REPORT, findings })).toContain("And 50 more.");
  });
});

test("text has findings by file, notes, and the numbers last", () => {
  const color = createColors(false);
  expect(findingsAsText({ ...REPORT, findings: [finding], notes: ["said"], gaps: [], unreadable: [] }, color)).toBe(
    [
      "access/a b#.accessmap.yaml",
      "  3:5     error   Okta has no group  ref/unknown-group",
      "",
      "note    said",
      "1 error, 0 warnings, 0 notes in 3 mappings in 3 files.",
    ].join("\n"),
  );
  expect(claimsAsText({ ...TEST, claims: [], mutations: [] }, color)).toContain("expect nothing of access");
});

test("a line break in a name does not make a line that looks like one of ours", () => {
  const color = createColors(false);
  const lines = [findingsAsText(REPORT, color), claimsAsText(TEST, color)].flatMap((text) => text.split("\n"));
  expect(lines.filter((line) => line.startsWith("::"))).toEqual([]);
});
