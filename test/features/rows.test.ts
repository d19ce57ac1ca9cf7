/** Rows of the activity view: what each level says, what the filter leaves, and that unknown is never none. */

import { expect, test } from "vitest";
import { Checker } from "../../server/src/core/analysis/checking/checker.ts";
import { changesLevel, describePending, stepsLevel } from "../../server/src/core/features/rows/changes.ts";
import { applyLevel, journalLevel } from "../../server/src/core/features/rows/journal.ts";
import { type Level, levelOf, MOST_ROWS, type View } from "../../server/src/core/features/rows/row.ts";
import { projectRows, rowsAt } from "../../server/src/core/features/rows/rows.ts";
import { RULES } from "../../server/src/core/rules/index.ts";
import { journalState } from "../../server/src/core/sync/journal/journal.ts";
import { expectText } from "../support/expectText.ts";
import { parseFixture } from "../support/fixture.ts";
import { applyRig, rigOf } from "../sync/support/applyFixture.ts";
import { planFor } from "../sync/support/checkPlan.ts";

/** Enough to have findings; what other rules say does not move these tests. */
const SOME = RULES.filter(({ id }) => id.startsWith("ref/"));
const PENDING = { detail: "planned when opened" };

const FILES = `
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    roles: [SRE]
    teams: [sre]
  - group: dd-gone
    roles: [SRE, Nope]
`;
const LIVE = `
#- live okta
groups: [{ name: dd-sre, members: [ana, bob] }]
#- live datadog
roles: [{ name: SRE, permissions: [logs_delete_data, user_access_manage] }, { name: Quiet }]
teams: [sre]
accounts: [{ login: ana, roles: [SRE] }, { login: root, roles: [Boss] }]
managed: none
`;
const UNREAD = `
#- live okta unreachable timeout
`;

const P = "organization prod";

test("organizations, and the sections of one", () => {
  check(FILES + LIVE, [], "organization prod | datadoghq.eu | error 2");
  check(
    FILES + LIVE,
    [P],
    `
groups Groups | 2
roles Roles | 3
people People | 3
findings Findings | 2 errors | error 2
changes Pending Changes | planned when opened
journal Journal
`,
  );
});

test("groups with whom they reach, and what is wrong with them", () => {
  check(
    FILES + LIVE,
    [P, "groups"],
    `
group dd-gone | not in okta | error 2 | a.accessmap.yaml:5
group dd-sre | 2 people · 2 critical | a.accessmap.yaml:2
`,
  );
  check(
    FILES + LIVE,
    [P, "groups", "prod\nokta\nid group-dd-sre"],
    `
role SRE | role · 2 critical | a.accessmap.yaml:3
team sre | team | a.accessmap.yaml:4
people People | 2 people
`,
  );
  check(
    FILES + LIVE,
    [P, "groups", "prod\nokta\nname dd-gone"],
    `
role SRE | role · 2 critical | a.accessmap.yaml:6
role Nope | role · not in prod | error | a.accessmap.yaml:6
`,
  );
  check(
    FILES + LIVE,
    [P, "groups", "prod\nokta\nid group-dd-sre", "people"],
    "person ana@acme.com | 1 group · 1 role outside the files · 2 critical\nperson bob@acme.com | 1 group · 2 critical",
  );
});

test("roles with who gives them and what they permit", () => {
  check(
    FILES + LIVE,
    [P, "roles"],
    `
role Nope | not in prod | error | a.accessmap.yaml:6
role Quiet | nothing privileged · not in the files
role SRE | 2 critical · given 2 times | a.accessmap.yaml:3
`,
  );
  check(
    FILES + LIVE,
    [P, "roles", "id role-sre"],
    `
group dd-sre | 2 people | a.accessmap.yaml:3
group dd-gone | 0 people | a.accessmap.yaml:6
permissions Permissions | 2 beyond what everybody has
`,
  );
  check(
    FILES + LIVE,
    [P, "roles", "id role-sre", "permissions"],
    "permission logs_delete_data | critical | warning\npermission user_access_manage | critical | warning",
  );
});

test("people with where their access comes from", () => {
  check(
    FILES + LIVE,
    [P, "people"],
    `
person ana@acme.com | 1 group · 1 role outside the files · 2 critical
person bob@acme.com | 1 group · 2 critical
person root@acme.com | 1 role outside the files
`,
  );
  check(
    FILES + LIVE,
    [P, "people", "account account-ana"],
    "group dd-sre | SRE | a.accessmap.yaml:3\nrole SRE | held outside the files · 2 critical",
  );
});

test("findings are those of the files", () => {
  check(FILES + LIVE, [P, "findings"], "file a.accessmap.yaml | 2 errors | error 2 | a.accessmap.yaml:1");
  const level = rowsAt(viewOf(FILES + LIVE), [P, "findings", "a.accessmap.yaml"], "nope", PENDING);
  expect(level.rows.map(({ name, tone }) => `${name} ${tone}`)).toEqual(["ref/unknown-role error"]);
  expect(level.hidden).toBe(1);
});

test("findings of accessmap.yaml stand beside the organizations", () => {
  const project =
    "#- /accessmap.yaml\nversion: 1\nproject: p\norganizations:\n  prod: { site: datadoghq.eu, directory: oktaa }\n";
  check(project, [], "organization prod | datadoghq.eu\nfindings Findings of the project | 2 errors | error 2");
});

test("the filter leaves names that have all its words, and counts what it hides", () => {
  check(FILES + LIVE, [P, "groups"], "group dd-sre | 2 people · 2 critical | a.accessmap.yaml:2\n(1 hidden)", "SR dd");
  const sections = rowsAt(viewOf(FILES + LIVE), [P], "sre", PENDING).rows;
  expect(sections.map(({ label, detail }) => `${label} ${detail ?? ""}`)).toEqual([
    "Groups 1 of 2",
    "Roles 1 of 3",
    "People 0 of 3",
    "Findings none",
    "Pending Changes planned when opened",
    "Journal ",
  ]);
});

test("what was not read is not checked, never none", () => {
  check(
    FILES + UNREAD,
    [P],
    `
groups Groups | 2
roles Roles | not checked | unknown
people People | not checked | unknown
findings Findings | none
changes Pending Changes | planned when opened
journal Journal
`,
  );
  check(
    FILES + UNREAD,
    [P, "groups"],
    `
group dd-gone | people not checked · roles not checked | unknown | a.accessmap.yaml:5
group dd-sre | people not checked · roles not checked | unknown | a.accessmap.yaml:2
`,
  );
  check(FILES + UNREAD, [P, "people"], "note prod has not been read yet | unknown");
  const unreadMembers = "#- live okta\ngroups: [{ name: dd-sre }]\n#- live datadog\nroles: [SRE]\naccounts: [ana]\n";
  expect(rowsAt(viewOf(FILES + unreadMembers), [P, "people"], "", PENDING).rows[0]?.label).toMatch(
    /^There may be more/,
  );
});

test("a level ends at its limit with a row that says so", () => {
  const items = Array.from({ length: MOST_ROWS + 12 }, (_, index) => `person ${index}`);
  const row = (label: string) => ({ key: label, kind: "person" as const, label });
  const { rows, hidden } = levelOf(items, (item) => item, row, "");
  expect(rows).toHaveLength(MOST_ROWS + 1);
  expect(rows.at(-1)).toMatchObject({ kind: "note", label: "12 more; the filter narrows them down" });
  expect(hidden).toBe(12);
});

test("letters that cannot be seen are shown", () => {
  const row = (label: string) => ({ key: label, kind: "group" as const, label });
  expect(levelOf(["dd-\u202eers"], (item) => item, row, "").rows[0]?.label).toBe("dd-?ers");
});

test("a plan by whom it changes, with what stands in its way, and its steps", () => {
  const plan = planFor(parseFixture(FILES + LIVE).snapshot);
  expect(describePending(plan)).toBe("1 gain");
  expectText(
    render(changesLevel(plan, "")),
    `
steps Steps | 2
access ana@acme.com | +team sre | a.accessmap.yaml:4
held dd-gone → Nope | held back | info | a.accessmap.yaml:6
held dd-gone (1 grant) | held back | info | a.accessmap.yaml:5
held bob@acme.com | held back | info
`,
  );
  expect(changesLevel(plan, "bob").hidden).toBe(1);
  expectText(
    render(stepsLevel(plan, "")),
    `
step put team sre under SCIM as "sre" (accessmap:acme-access:sre) | a.accessmap.yaml:4
step team sre: add ana@acme.com | a.accessmap.yaml:4
`,
  );
});

test("applies with what came of them, and of each step", async () => {
  const { journal } = await applyRig(rigOf(FILES + LIVE));
  const state = journalState(journal);
  expectText(
    render(journalLevel([{ key: "one.jsonl", file: "one.jsonl", state }], 0)),
    "apply 2026-11-23 12:00 UTC | 2 of 2 steps done | one.jsonl:1",
  );
  expectText(
    render(applyLevel(state, "")),
    `
step put team sre under SCIM as "sre" (accessmap:acme-access:sre) | done
step team sre: add ana@acme.com | done
`,
  );
  const cut = journalState(journal.slice(0, 2));
  expectText(
    render(journalLevel([{ key: "one.jsonl", file: "one.jsonl", state: cut }], 3)),
    "apply 2026-11-23 12:00 UTC | 0 of 2 steps done · interrupted in the middle of a step | warning | one.jsonl:1\n(3 hidden)",
  );
  expectText(render(journalLevel([], 0)), "note Nothing was pushed from this folder yet");
});

function check(fixture: string, path: readonly string[], expected: string, filter = ""): void {
  const view = viewOf(fixture);
  const level =
    path.length === 0 ? { rows: projectRows(view, filter), hidden: 0 } : rowsAt(view, path, filter, PENDING);
  expectText(render(level), expected);
}

function viewOf(fixture: string): View {
  const { snapshot, files } = parseFixture(fixture);
  const checker = new Checker(SOME);
  checker.update(snapshot);
  checker.settle();
  return { snapshot, files: [...files.keys()].sort(), findingsOf: (file) => checker.findings(file) };
}

function render({ rows, hidden }: Level): string {
  const lines = rows.map(({ kind, label, detail, tone, findings, place }) =>
    [
      `${kind} ${label}`,
      ...(detail === undefined ? [] : [detail]),
      ...(tone === undefined ? [] : [findings === undefined ? tone : `${tone} ${findings}`]),
      ...(place ? [`${place.file}:${place.line + 1}`] : []),
    ].join(" | "),
  );
  return [...lines, ...(hidden === 0 ? [] : [`(${hidden} hidden)`])].join("\n");
}
