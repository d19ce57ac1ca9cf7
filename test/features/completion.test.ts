/** Completion, mostly in text that is being typed. */

import { expect, test } from "vitest";
import { checkCompletion, checkInsert, checkLabels, completionsOf } from "./support.ts";

const LIVE = `
#- live okta
groups:
  - { name: dd-sre, count: 23 }
  - { name: dd-dev, count: 140, kind: dynamic }
  - { name: dd-finance, count: 1 }
  - all-staff
#- live datadog
managed: none
roles:
  - { name: SRE, permissions: [logs_delete_data], users: 12 }
  - { name: Engineer, permissions: [monitors_write] }
  - { name: Guest, permissions: [], users: 0 }
teams: [{ handle: sre, name: Reliability, users: 4, managed: true }, dev]
`;

const mapping = (body: string, live = LIVE) => `#- /a.accessmap.yaml\n${body}${live}`;

test("groups: those without a mapping first, the likes of those nearby at their head, with size and kind", () =>
  checkCompletion(
    mapping(`mappings:
  - group: dd-dev
    roles: [Engineer]
  - group: $0`),
    `
dd-finance  1 member
dd-sre  23 members
all-staff
dd-dev  140 members · filled by a rule · mapped
`,
  ));

test("groups: what begins like the text comes before what merely holds it", () =>
  checkLabels(mapping("mappings:\n  - group: dev$0"), ["dd-dev"]));

test("groups: a misspelt name finds its neighbours", () => {
  const text = mapping("mappings:\n  - group: dd-sreee$0");
  checkLabels(text, ["dd-sre"]);
  expect(completionsOf(text)?.items[0]?.filter).toBe("dd-sreee dd-sre");
});

test("groups: the whole token is replaced, on both sides of the cursor", () =>
  checkInsert(
    mapping("mappings:\n  - group: dd$0-dev\n    roles: [SRE]"),
    "dd-sre",
    "mappings:\n  - group: dd-sre\n    roles: [SRE]",
  ));

test("groups come from the directory that the entry names", () =>
  checkLabels(
    `
#- /accessmap.yaml
version: 1
project: acme
directories:
  okta: { type: okta, domain: acme.okta.com }
  google: { type: google, customer: C01, admin: a@acme.com }
organizations:
  prod: { site: datadoghq.eu, directory: okta }
#- /a.accessmap.yaml
mappings:
  - group: { directory: google, name: $0
    roles: [SRE]
#- live okta
groups: [dd-sre]
#- live google
groups: [dd-finance@acme.com]
`,
    ["dd-finance@acme.com"],
  ));

test("groups by id are chosen by name", () =>
  checkInsert(
    mapping("mappings:\n  - group: { directory: okta, id: $0 }"),
    "dd-sre",
    "mappings:\n  - group: { directory: okta, id: group-dd-sre }",
  ));

test("names that YAML would misread are quoted", () =>
  checkInsert(
    mapping("mappings:\n  - group: $0", '\n#- live okta\ngroups: ["#ops: night", "true"]\n'),
    "#ops: night",
    'mappings:\n  - group: "#ops: night"',
  ));

test("a quote that was begun is completed", () => {
  const live = '\n#- live okta\ngroups: ["it\'s ops"]\n';
  checkInsert(mapping("mappings:\n  - group: 'it$0", live), "it's ops", "mappings:\n  - group: 'it''s ops'");
  checkInsert(mapping('mappings:\n  - group: "it$0"', live), "it's ops", 'mappings:\n  - group: "it\'s ops"');
  expect(completionsOf(mapping('mappings:\n  - group: "it$0"', live))?.items[0]?.filter).toBe("\"it it's ops");
});

test("without live data the names of other files are offered, and said to be unchecked", () =>
  checkCompletion(
    `
#- /a.accessmap.yaml
mappings:
  - group: $0
#- /b.accessmap.yaml
mappings:
  - group: dd-sre
    roles: [SRE]
#- live okta unreachable timeout
`,
    "dd-sre  used in this project, not checked",
  ));

test("roles not listed yet, with sensitivity and holders", () =>
  checkCompletion(
    mapping("mappings:\n  - group: dd-sre\n    roles: [Engineer, $0]"),
    `
Guest  low · 0 people
SRE    critical · 12 people
`,
  ));

test.each([
  ["an open bracket", "mappings:\n  - group: dd-sre\n    roles: [Engineer, $0"],
  [
    "an open bracket with keys below",
    "mappings:\n  - group: dd-sre\n    roles: [Engineer, $0\n    teams: [sre]\n  - group: x",
  ],
  ["an open bracket and a comma at once", "mappings:\n  - group: dd-sre\n    roles: [Engineer,$0"],
  ["a dash", "mappings:\n  - group: dd-sre\n    roles:\n      - Engineer\n      - $0"],
  [
    "a dash in its key's column",
    "mappings:\n  - group: dd-sre\n    roles:\n    - Engineer\n    - $0\n    teams: [sre]",
  ],
  ["a bracket over lines", "mappings:\n  - group: dd-sre\n    roles: [\n      Engineer,\n      $0\n    ]"],
  ["a bundle", "bundles:\n  base:\n    roles: [Engineer, $0"],
  ["a pinned role's name", "mappings:\n  - group: a\n    roles: [{ name: $0"],
])("roles behind %s", (_title, text) => {
  expect(completionsOf(mapping(text))?.items.map(({ label }) => label)).toContain("SRE");
});

test("a list's first item on a line of its own brings its dash", () =>
  checkInsert(
    mapping("mappings:\n  - group: dd-sre\n    roles:\n      $0"),
    "SRE",
    "mappings:\n  - group: dd-sre\n    roles:\n      - SRE",
  ));

test.each([
  ["behind a key", "mappings:\n  - group: dd-sre\n    roles: $0", "mappings:\n  - group: dd-sre\n    roles: [SRE]"],
  [
    "right behind its colon",
    "mappings:\n  - group: dd-sre\n    roles:$0",
    "mappings:\n  - group: dd-sre\n    roles: [SRE]",
  ],
  ["half-typed", "mappings:\n  - roles: S$0\n    group: dd-sre", "mappings:\n  - roles: [SRE]\n    group: dd-sre"],
  ["in quotes", 'mappings:\n  - roles: "S$0"\n    group: dd-sre', "mappings:\n  - roles: [SRE]\n    group: dd-sre"],
  ["in braces", "mappings:\n  - { group: dd-sre, roles: S$0 }", "mappings:\n  - { group: dd-sre, roles: [SRE] }"],
])("a list's first item brings its brackets: %s", (_title, text, expected) =>
  checkInsert(mapping(text), "SRE", expected),
);

test("no brackets where a list has mappings, or is there already", () => {
  checkLabels(mapping("mappings: $0"), []);
  checkInsert(mapping("mappings:\n  - roles: [S$0]"), "SRE", "mappings:\n  - roles: [SRE]");
});

test("a value right behind the colon brings its blank", () =>
  checkInsert(mapping("mappings:\n  - group:$0"), "dd-sre", "mappings:\n  - group: dd-sre"));

test("teams by handle", () =>
  checkCompletion(
    mapping("mappings:\n  - group: dd-sre\n    teams: [$0"),
    `
dev
sre  Reliability · 4 people · membership by SCIM
`,
  ));

test("bundles of the whole project", () =>
  checkCompletion(
    mapping(
      "mappings:\n  - group: a\n    bundles: [$0\n#- /b.accessmap.yaml\nbundles:\n  base: { roles: [SRE, Guest], teams: [dev] }\nmappings: []",
    ),
    "base  2 roles, 1 team",
  ));

test("keys that are not there yet, the required one first", () =>
  checkCompletion(
    mapping("mappings:\n  - roles: [SRE]\n    $0\n    until: 2027-01-31"),
    `
group  required
bundles
teams
hoop
reason
owner
allow
`,
  ));

test("half a key", () =>
  checkInsert(mapping("mappings:\n  - group: a\n    te$0"), "teams", "mappings:\n  - group: a\n    teams: []"));

test("a key that has its colon keeps its value", () =>
  checkInsert(
    mapping("mappings:\n  - group: a\n    te$0: [sre]"),
    "teams",
    "mappings:\n  - group: a\n    teams: [sre]",
  ));

test("a new mapping behind a dash", () =>
  checkInsert(mapping("mappings:\n  - $0"), "new mapping", "mappings:\n  - group: \n    roles: []\n    reason:"));

test("a new mapping on a fresh line", () =>
  checkInsert(mapping("mappings:\n  $0"), "new mapping", "mappings:\n  - group: \n    roles: []\n    reason:"));

test("a new mapping of teams", () =>
  checkInsert(mapping("mappings:\n  - $0"), "new mapping of teams", "mappings:\n  - group: \n    teams: []"));

test.each([
  ["a mapping file", "#- /a.accessmap.yaml\n$0\n", ["new mapping file", "mappings", "organization"]],
  ["a project file", "#- /accessmap.yaml\n$0\n", ["new project file", "version", "project"]],
])("the whole of %s, where it is empty", (_title, text, labels) =>
  expect(
    completionsOf(text)
      ?.items.map(({ label }) => label)
      .slice(0, 3),
  ).toEqual(labels),
);

test("no whole file where there is something already", () =>
  expect(completionsOf(mapping("organization: prod\n$0"))?.items.map(({ label }) => label)).not.toContain(
    "new mapping file",
  ));

test("keys between braces", () => checkLabels(mapping("mappings:\n  - group: { directory: okta, $0"), ["name", "id"]));

test("rules in a suppression", () =>
  checkCompletion(
    mapping("mappings:\n  - group: a\n    allow: [{ rule: priv$0"),
    `
priv/admin-broad-group  error
priv/destructive        warning
`,
  ));

test("an empty suppression", () =>
  checkInsert(
    mapping("mappings:\n  - group: a\n    allow: [$0]"),
    "new suppression",
    "mappings:\n  - group: a\n    allow: [{ rule: , reason: , until:  }]",
  ));

test("end dates, written plainly", () => {
  checkCompletion(
    mapping("mappings:\n  - group: a\n    until: $0"),
    `
2026-12-23  in 30 days
2027-02-21  in 90 days
2027-05-22  in 180 days
`,
  );
  checkInsert(
    mapping("mappings:\n  - group: a\n    until: 2$0"),
    "2026-12-23",
    "mappings:\n  - group: a\n    until: 2026-12-23",
  );
});

test("permissions in an access test", () => {
  const found = completionsOf(mapping("mappings: []\nexpect:\n  - { group: a, cannot: [logs_delete_d$0"));
  expect(found?.items.map(({ label, detail }) => `${label} ${detail}`)).toContain(
    "logs_delete_data critical · Log Management",
  );
});

test("owners that the project already names", () =>
  checkLabels(mapping("owner: leads@acme.com\nmappings:\n  - group: a\n    owner: $0"), ["leads@acme.com"]));

test("organizations and directories by their names", () => {
  checkLabels(mapping("organization: $0\nmappings: []"), ["prod"]);
  checkLabels(mapping("mappings:\n  - group: { directory: $0"), ["okta"]);
});

const project = (body: string) => `#- /accessmap.yaml\n${body}`;

test.each([
  ["root keys", "version: 1\n$0", ["project", "directories", "organizations", "policy", "safety"]],
  ["kinds of directory", "directories:\n  okta: { type: $0", ["okta", "entra", "google", "scim"]],
  ["keys of a block mapping", "safety:\n  $0", ["removals", "admins", "journal"]],
  ["push paths", "organizations:\n  prod:\n    push: { roles: $0 }", ["scim", "saml", "members", "off"]],
  ["severities of a rule", "policy:\n  rules:\n    exp/expired: $0", ["off", "info", "warning", "error"]],
  ["rules as keys", "policy:\n  rules:\n    exp$0", ["exp/expired"]],
  ["levels", "policy:\n  require: { reason: $0", ["low", "medium", "high", "critical"]],
  ["locked rules", "policy:\n  locked: [exp$0", ["exp/expired"]],
  ["permissions of a class", "policy:\n  classes:\n    - never: [logs_delete_da$0", ["logs_delete_data"]],
  ["permissions to keep apart", "policy:\n  apart: [[billing_edit, audit_logs_wr$0", ["audit_logs_write"]],
])("project file: %s", (_title, body, labels) => checkLabels(project(body), labels));

test.each([
  ["a comment", "mappings: [] # $0"],
  ["a reason", "mappings:\n  - group: a\n    reason: $0"],
  ["a block text", "mappings:\n  - group: a\n    reason: |\n      why $0"],
  ["the name of a bundle", "bundles:\n  $0"],
])("nothing is offered in %s", (_title, text) => checkLabels(mapping(text), []));

const listed = (names: readonly string[]) => `\n#- live okta\ngroups: [${names.join(", ")}]\n`;

test("the kind of match goes before familiarity, familiarity before the alphabet", () =>
  checkLabels(
    mapping(
      "mappings:\n  - group: web-ops-1\n    roles: [Guest]\n  - group: ops$0",
      listed(["a-ops", "a-o-p-s", "ops", "ops-b", "ops-a", "blops", "web-ops-1", "web-ops-2"]),
    ),
    ["ops", "ops-a", "ops-b", "web-ops-2", "a-ops", "web-ops-1", "blops", "a-o-p-s"],
  ));

test("roles of the same owner come first, then those nearby", () => {
  const far = `#- /b.accessmap.yaml\nowner: leads@acme.com\nmappings:\n  - group: x\n    roles: [SRE]\n`;
  const here =
    "mappings:\n  - group: y\n    roles: [Guest]\n  - group: z\n    owner: leads@acme.com\n    roles: [$0]\n";
  checkLabels(`${far}#- /a.accessmap.yaml\n${here}${LIVE}`, ["SRE", "Guest", "Engineer"]);
  checkLabels(`${far}#- /a.accessmap.yaml\n${here.replace(/ *owner.*\n/, "")}${LIVE}`, ["Guest", "Engineer", "SRE"]);
});

test.each([
  ["accents", "equipe", ["Équipe-Paris"]],
  ["case", "ÉQUIPE", ["Équipe-Paris"]],
  ["a blank that is a dash", "equipe paris", ["Équipe-Paris"]],
  ["signs beyond the first plane", "🦊", ["🦊-fox"]],
])("names are found whatever their spelling: %s", (_title, typed, labels) =>
  checkLabels(mapping(`mappings:\n  - group: ${typed}$0`, listed(["Équipe-Paris", "🦊-fox", "other"])), labels),
);

test("two groups of one name are one choice by name and two by id", () => {
  const live = "\n#- live okta\ngroups: [{ id: a, name: twin }, { id: b, name: twin }]\n";
  checkLabels(mapping("mappings:\n  - group: tw$0", live), ["twin"]);
  checkLabels(mapping("mappings:\n  - group: { directory: okta, id: tw$0 }", live), ["twin", "twin"]);
});

test("a name that nobody has checked is no id", () =>
  checkLabels(
    mapping(
      "mappings:\n  - group: dd-sre\n    roles: [SRE]\n  - group: { directory: okta, id: $0 }",
      "\n#- live okta unreachable timeout\n",
    ),
    [],
  ));

test("ranked names match what was typed alike, and are asked for again with the next key", () => {
  const found = completionsOf(mapping("mappings:\n  - group: dd$0"));
  expect(found?.items.map(({ filter }) => filter)).toEqual(["dd dd-dev", "dd dd-finance", "dd dd-sre"]);
  expect(found?.isIncomplete).toBe(true);
  const untyped = completionsOf(mapping("mappings:\n  - group: $0"));
  expect(untyped?.items.map(({ filter }) => filter)).toContain("dd-dev");
});

test("a huge directory answers with the best hundred, in order over all pieces of its index", () => {
  const names = Array.from({ length: 10_000 }, (_, number) => `team-${(number * 7919) % 10_000}`);
  const found = completionsOf(mapping("mappings:\n  - group: team-49$0", listed(names)));
  const expected = names.filter((name) => name.startsWith("team-49")).sort();
  expect(found?.items.map(({ label }) => label)).toEqual(expected.slice(0, 100));
  expect(found?.isIncomplete).toBe(true);
});

const filtered = (filter: string) => `#- /accessmap.yaml
version: 1
project: acme
directories:
  okta: { type: okta, domain: acme.okta.com${filter} }
organizations:
  prod: { site: datadoghq.eu, directory: okta }
`;

test.each([
  ["outside the filter", ', groups: "dd-*"', "group: pay$0", "pay"],
  ["in two letters", ', groups: "dd-*"', "group: pa$0", undefined],
  ["inside the filter", ', groups: "dd-*"', "group: dd-p$0", undefined],
  ["of another case than the filter", ', groups: "dd-*"', "group: DD-p$0", "DD-p"],
  ["under a filter that tells no beginning", ', groups: "*-ops"', "group: dd-p$0", "dd-p"],
  ["without a filter", "", "group: pay$0", undefined],
  ["that is there", ', groups: "*-ops"', "group: dd-sre$0", undefined],
  ["meant by its id", ', groups: "dd-*"', "group: { directory: okta, id: pay$0 }", "pay"],
  ["of a role", ', groups: "dd-*"', "roles: [pay$0]", undefined],
])("whether a directory may know more of a name %s", (_title, filter, body, beginning) => {
  const text = `${filtered(filter)}#- /a.accessmap.yaml\nmappings:\n  - ${body}\n${LIVE}`;
  expect(completionsOf(text)?.beyond?.beginning).toBe(beginning);
});

test("a directory that could not be listed may know any name", () => {
  const found = completionsOf(mapping("mappings:\n  - group: pay$0", "\n#- live okta unreachable timeout\n"));
  expect(found?.beyond).toEqual({ directory: "okta", beginning: "pay" });
});
