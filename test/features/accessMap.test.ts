/** Access maps: who gets what, what is not checked, flows, a person's way, before and after a plan, and their files. */

import { expect, test } from "vitest";
import type { AccessFlow, HeatMap, MapCell } from "../../server/src/core/features/map/accessMap.ts";
import type { By } from "../../server/src/core/features/map/classes.ts";
import { flowOf, personFlow } from "../../server/src/core/features/map/flow.ts";
import { flowSvg } from "../../server/src/core/features/map/flowSvg.ts";
import { heatMap } from "../../server/src/core/features/map/heatMap.ts";
import { heatSvg } from "../../server/src/core/features/map/heatSvg.ts";
import { planMap } from "../../server/src/core/features/map/planMap.ts";
import { planSvg } from "../../server/src/core/features/map/planSvg.ts";
import { changeText } from "../../server/src/core/features/map/planWords.ts";
import { flowSheet, heatSheet, planSheet } from "../../server/src/core/features/map/sheets.ts";
import { cellText, cutText, nodeText, peopleIn, peopleSign } from "../../server/src/core/features/map/words.ts";
import { organizationNamed } from "../../server/src/core/features/rows/mapped.ts";
import { makePlan } from "../../server/src/core/sync/makePlan.ts";
import { parseXml } from "../../server/src/core/syntax/xml.ts";
import { expectText } from "../support/expectText.ts";
import { parseFixture } from "../support/fixture.ts";

const FILES = `
#- /a.accessmap.yaml
mappings:
  - { group: dd-ops, roles: [Operator], teams: [ops] }
  - { group: dd-read, roles: [Viewer] }
  - { group: dd-old, roles: [Operator], until: 2026-01-01 }
  - group: dd-admins
    roles: [Boss]
`;
const LIVE = `
#- lock
organizations: { prod: { adopted: true, roles: [Operator, Viewer, Boss] } }
#- live okta
groups:
  - { name: dd-ops, members: [ana, bob] }
  - { name: dd-read, members: [bob, cyd, dee] }
  - { name: dd-admins, members: [eve] }
  - { name: dd-old, members: [fay] }
#- live datadog
roles:
  - { name: Operator, permissions: [logs_modify_indexes, monitors_downtime] }
  - { name: Viewer, permissions: [dashboards_write] }
  - { name: Boss, permissions: [user_access_manage] }
  - { name: Legacy, permissions: [logs_modify_indexes] }
teams: [ops]
accounts: [{ login: ana, roles: [Operator] }, bob, { login: cyd, roles: [Legacy] }, dee, eve, { login: fay, roles: [Operator] }]
`;
const COMPANY = FILES + LIVE;

interface Question {
  readonly by?: By;
  readonly filter?: string;
  readonly most?: number;
}

function openOn(text: string) {
  const { snapshot } = parseFixture(text);
  const organization = organizationNamed(snapshot, "prod");
  if (!organization) throw new Error("no organization");
  return { snapshot, organization };
}

function heatOf(text: string, { by = "sensitivity", filter = "", most = 100 }: Question = {}): HeatMap {
  const { snapshot, organization } = openOn(text);
  return heatMap(snapshot, organization, { by, filter, most });
}

/** One line for each row: people, then cells of people×permissions, `.` for nothing, `?` for not checked. */
function draw(map: HeatMap): string {
  const cellOf = (cell: MapCell, people: string) =>
    cell.gives === "nothing" ? "." : cell.gives === "unknown" ? "?" : `${people}×${cell.permissions}`;
  const lines = map.rows.map((row) => {
    const cells = row.cells.map((cell) => cellOf(cell, peopleSign(peopleIn(row, cell))));
    const note = row.note ? ` (${row.note})` : "";
    return `${row.name}${note} ${peopleSign(row.people)} | ${cells.join(" ")}${row.place ? ` | :${row.place.line}` : ""}`;
  });
  return [
    `${map.columns.map(({ label, everybody }) => `${label}=${peopleSign(everybody)}`).join(" ")}`,
    ...lines,
    ...[cutText(map)].filter(Boolean),
    ...map.gaps.map((gap) => `gap: ${gap}`),
  ].join("\n");
}

interface Case {
  readonly text: string;
  readonly question?: Question;
  readonly drawn: string;
}

const OUTSIDE = "Outside the files (roles that no mapping gives) 2 | . 2×2 1×1 .";

const HEATS: Readonly<Record<string, Case>> = {
  "wholly known: the worst first, ended mappings not at all, what nobody mapped besides": {
    text: COMPANY,
    drawn: `
critical=1 high=4 medium=3 low=3
dd-admins 1 | 1×1 . . . | :5
dd-ops 2 | . 2×2 2×1 . | :2
dd-read 3 | . . . 3×1 | :3
${OUTSIDE}
`,
  },
  "service accounts are no people": {
    text: COMPANY.replace("eve, {", "eve, { login: bot, service: true, roles: [Legacy] }, {"),
    drawn: `
critical=1 high=4 medium=3 low=3
dd-admins 1 | 1×1 . . . | :5
dd-ops 2 | . 2×2 2×1 . | :2
dd-read 3 | . . . 3×1 | :3
${OUTSIDE}
`,
  },
  "by product area, of which only those that somebody holds something of": {
    text: COMPANY,
    question: { by: "area", filter: "ops" },
    drawn: `
Access Management=1 Log Management=4 Dashboards=3 Monitors=3
dd-ops 2 | . 2×2 . 2×1 | :2
2 groups left out by the filter; 54 product areas of which nobody holds anything
`,
  },
  "a filter hides the rest, and says so": {
    text: COMPANY,
    question: { filter: "READ" },
    drawn: `
critical=1 high=4 medium=3 low=3
dd-read 3 | . . . 3×1 | :3
2 groups left out by the filter
`,
  },
  "too many rows are cut, and counted": {
    text: COMPANY,
    question: { most: 1 },
    drawn: `
critical=1 high=4 medium=3 low=3
dd-admins 1 | 1×1 . . . | :5
${OUTSIDE}
2 more groups: filter to see them
`,
  },
  "members that are not wholly known make lower bounds, a group that was not read a question mark": {
    text: COMPANY.replace("members: [ana, bob] }", "members: [ana, bob], incomplete: a page is missing }").replace(
      "{ name: dd-admins, members: [eve] }",
      "dd-admins",
    ),
    drawn: `
critical=0+ high=4+ medium=3+ low=3
dd-admins ? | ?×1 . . . | :5
dd-ops 2+ | . 2+×2 2+×1 . | :2
dd-read 3 | . . . 3×1 | :3
${OUTSIDE}
gap: members of "dd-ops" not known completely: a page is missing
gap: members of "dd-admins" not known: the members of this group were not read from okta
`,
  },
  "only the directory's own count is an upper bound": {
    text: COMPANY.replace("{ name: dd-admins, members: [eve] }", "{ name: dd-admins, count: 7 }"),
    drawn: `
critical=0+ high=4 medium=3 low=3
dd-admins ≤7 | ≤7×1 . . . | :5
dd-ops 2 | . 2×2 2×1 . | :2
dd-read 3 | . . . 3×1 | :3
${OUTSIDE}
gap: members of "dd-admins" not known: the members of this group were not read from okta
`,
  },
  "a group that does not exist gives to nobody": {
    text: COMPANY.replace("group: dd-read", "group: dd-raed"),
    drawn: `
critical=1 high=4 medium=3 low=0
dd-admins 1 | 1×1 . . . | :5
dd-ops 2 | . 2×2 2×1 . | :2
dd-raed (not in okta) 0 | . . . 0×1 | :3
${OUTSIDE}
`,
  },
  "roles that could not be read may be anything": {
    text: `${FILES}${LIVE.replace("teams: [ops]", "teams: [ops]\nunread: [roles]")}`,
    drawn: `
critical=0+ high=0+ medium=0+ low=0+
dd-read 3 | ? ? ? ? | :3
dd-ops 2 | ? ? ? ? | :2
dd-admins 1 | ? ? ? ? | :5
Outside the files (roles that no mapping gives) 2 | ? ? ? ?
gap: role "Operator" of "dd-ops" not checked: roles may not be read
gap: role "Viewer" of "dd-read" not checked: roles may not be read
gap: role "Boss" of "dd-admins" not checked: roles may not be read
gap: role role-legacy was not read
gap: role role-operator was not read
`,
  },
  "a role with a permission that no list explains may give more": {
    text: COMPANY.replace("permissions: [dashboards_write] }", "permissions: [dashboards_write], unresolved: 1 }"),
    drawn: `
critical=1+ high=4+ medium=3+ low=3+
dd-read 3 | ? ? ? 3×1 | :3
dd-admins 1 | 1×1 . . . | :5
dd-ops 2 | . 2×2 2×1 . | :2
${OUTSIDE}
gap: role "Viewer" has 1 permission that no list explains
`,
  },
  "an organization that was never read: everything is a question mark": {
    text: `${FILES}#- live okta\ngroups: [{ name: dd-ops, members: [ana, bob] }]\n`,
    drawn: `
critical=? high=? medium=? low=?
dd-admins (not in okta) 0 | ? ? ? ? | :5
dd-ops 2 | ? ? ? ? | :2
dd-read (not in okta) 0 | ? ? ? ? | :3
gap: prod has not been read yet
`,
  },
};

for (const [title, { text, question, drawn }] of Object.entries(HEATS))
  test(`heat map: ${title}`, () => expectText(draw(heatOf(text, question)), drawn));

test("cells and nodes say aloud what they show", () => {
  const map = heatOf(COMPANY.replace("members: [ana, bob] }", "incomplete: a page is missing }"));
  const [, ops] = map.rows;
  const say = (at: number) => ops && cellText(ops, map.columns[at] ?? { label: "" }, ops.cells[at] as MapCell);
  expect(say(0)).toBe("dd-ops, critical: nothing");
  expect(say(1)).toMatch(
    /^dd-ops, high: people not checked: .+, 2 permissions \(up to high\): logs_modify_indexes, logs_write_exclusion_filters$/,
  );
});

/** One line for each link, after the nodes with people or something to note. */
function drawFlow(flow: AccessFlow | undefined): string {
  if (!flow) return "nobody";
  const names = new Map(flow.nodes.map(({ key, kind, name }) => [key, kind === "team" ? `team ${name}` : name]));
  const nodes = flow.nodes.flatMap(({ name, people, note, kind }) =>
    kind === "group" ? [`${name} ${people ? peopleSign(people) : ""}${note ? ` (${note})` : ""}`.trim()] : [],
  );
  const links = flow.links.map(({ from, to, worst = "-", permissions, place }) => {
    const what = permissions ? `: ${permissions.join(" ")}` : "";
    return `${names.get(from)} → ${names.get(to)} ${worst}${what}${place ? ` :${place.line}` : ""}`;
  });
  return [flow.title, ...nodes, ...links, ...flow.gaps.map((gap) => `gap: ${gap}`)].join("\n");
}

function flowIn(text: string, filter = ""): AccessFlow {
  const { snapshot, organization } = openOn(text);
  return flowOf(snapshot, organization, { by: "sensitivity", filter, most: 100 });
}

test("a flow leads from groups over roles and teams to classes; a filter looks at roles too", () => {
  expectText(
    drawFlow(flowIn(COMPANY)),
    `
Who gets what in prod
dd-admins 1
dd-ops 2
dd-read 3
Boss → critical critical: user_access_manage
dd-admins → Boss critical :6
Operator → high high: logs_modify_indexes logs_write_exclusion_filters
Operator → medium medium: monitors_downtime
dd-ops → Operator high :2
dd-ops → team ops - :2
Viewer → low low: dashboards_write
dd-read → Viewer low :3
`,
  );
  expect(flowIn(COMPANY, "boss").nodes.map(({ name }) => name)).toEqual(["dd-admins", "Boss", "critical"]);
});

const PEOPLE: Readonly<Record<string, string>> = {
  "bob@acme.com": `
bob@acme.com in prod
dd-ops 2
dd-read 3
Operator → high high: logs_modify_indexes logs_write_exclusion_filters
Operator → medium medium: monitors_downtime
dd-ops → Operator high :2
dd-ops → team ops - :2
Viewer → low low: dashboards_write
dd-read → Viewer low :3
`,
  "cyd@acme.com": `
cyd@acme.com in prod
dd-read 3
Outside the files
Viewer → low low: dashboards_write
dd-read → Viewer low :3
Legacy → high high: logs_modify_indexes logs_write_exclusion_filters
Outside the files → Legacy high
`,
  "zoe@acme.com": "nobody",
};

for (const [person, expected] of Object.entries(PEOPLE))
  test(`the way of ${person}`, () => {
    const { snapshot, organization } = openOn(COMPANY);
    expectText(drawFlow(personFlow(snapshot, organization, "sensitivity", person)), expected);
  });

function planIn(text: string) {
  const { snapshot } = openOn(text);
  const made = makePlan(snapshot, "prod", { fileHashes: {} });
  const target = snapshot.targets.get("prod");
  if ("missing" in made || !target) throw new Error("no plan");
  return planMap(made.plan, target, "sensitivity");
}

test("before and after a plan, by class, role and team", () =>
  expectText(
    planIn(COMPANY)
      .rows.map((row) => `${row.kind} ${row.name}: ${changeText(row)}${row.place ? ` :${row.place.line}` : ""}`)
      .join("\n"),
    `
class critical: 0 → 1  +1
class high: 3 → 4  +1
class medium: 2 → 3  +1
class low: 0 → 3  +3
role Boss: 0 → 1  +1 :6
role Operator: 2 → 3  +1 :2
role Viewer: 0 → 3  +3 :3
team ops: 0 → 2  +2 :2
`,
  ));

test("pictures stand by themselves: titled, described, escaped, without anything from elsewhere", () => {
  const evil = COMPANY.replaceAll("dd-ops", `"<script>alert(1)</script>&"`).replaceAll("Viewer", `"\\u202Ex'\\x00"`);
  const { snapshot, organization } = openOn(evil);
  const question = { by: "area", filter: "", most: 50 } as const;
  const pictures = [
    heatSvg(heatMap(snapshot, organization, question), "prod, read today."),
    flowSvg(flowOf(snapshot, organization, question), "prod, read today.", true),
    flowSvg(flowOf(snapshot, organization, question), "prod, read today.", false),
    planSvg(planIn(COMPANY), "prod, read today."),
  ];
  for (const svg of pictures) {
    expect(parseXml(svg)).toMatchObject({ name: "svg" });
    expect(svg).toMatch(/<title id="map-title">[^<]+<\/title><desc id="map-description">[^<]+<\/desc>/);
    expect(svg).not.toMatch(/<script|href|url\((?!#)|http(?!:\/\/www\.w3\.org\/2000\/svg)|\u202e/);
  }
  expect(pictures[2]).not.toContain("<style>");
  expect(pictures[2]).toContain('role="link"');
});

test("unknown is hatched in pictures, and said in tables", () => {
  const map = heatOf(COMPANY.replace("{ name: dd-admins, members: [eve] }", "dd-admins"));
  const svg = heatSvg(map, "");
  expect(svg).toContain('class="am-unknown"');
  expect(heatSheet(map).rows[0]?.slice(0, 6)).toEqual([
    "dd-admins",
    "not checked",
    "",
    "a.accessmap.yaml:5",
    "not checked",
    "1",
  ]);
});

test("tables of flows and plans", () => {
  expect(flowSheet(flowIn(COMPANY, "ops")).rows).toEqual([
    [
      "dd-ops",
      "2",
      "role",
      "Operator",
      "a.accessmap.yaml:2",
      "high",
      "logs_modify_indexes logs_write_exclusion_filters",
    ],
    ["dd-ops", "2", "role", "Operator", "a.accessmap.yaml:2", "medium", "monitors_downtime"],
    ["dd-ops", "2", "team", "ops", "a.accessmap.yaml:2", "", ""],
  ]);
  expect(planSheet(planIn(COMPANY)).rows).toContainEqual(["role", "Viewer", "0", "3", "3", "0", "a.accessmap.yaml:3"]);
});

test("a node of a flow says what it gives", () => {
  const flow = flowIn(COMPANY, "ops");
  expect(flow.nodes.map((node) => nodeText(flow, node))).toEqual([
    "group dd-ops, 2 people, gives Operator, team ops",
    "role Operator, gives high, medium, from dd-ops",
    "team ops, from dd-ops",
    "high, from Operator",
    "medium, from Operator",
  ]);
});

test("10,000 mappings are drawn, as far as they can be looked at", () => {
  const entries = Array.from({ length: 10_000 }, (_, at) => `  - { group: g${at}, roles: [R${at % 20}] }`);
  const groups = Array.from(
    { length: 10_000 },
    (_, at) => `  - { name: g${at}, members: [p${at}, p${(at * 7) % 10_000}] }`,
  );
  const roles = Array.from({ length: 20 }, (_, at) => `  - { name: R${at}, permissions: [logs_modify_indexes] }`);
  const text = `\n#- /a.accessmap.yaml\nmappings:\n${entries.join("\n")}\n#- live okta\ngroups:\n${groups.join("\n")}\n#- live datadog\nroles:\n${roles.join("\n")}\n`;
  const { snapshot, organization } = openOn(text);
  heatMap(snapshot, organization, { by: "area", filter: "", most: 200 });
  const map = heatMap(snapshot, organization, { by: "area", filter: "g1", most: 200 });
  expect(cutText(map)).toMatch(/^911 more groups: filter to see them; 8889 groups left out by the filter/);
});
