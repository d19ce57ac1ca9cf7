/** Two organizations of one project: what one gives and the other does not, and carrying it over. */

import { describe, expect, test } from "vitest";
import { compareOrganizations } from "../../server/src/core/adopt/compareOrganizations.ts";
import { promote } from "../../server/src/core/adopt/promote.ts";
import { differenceToJson, renderDifference } from "../../server/src/core/adopt/renderDifference.ts";
import { writeMappings } from "../../server/src/core/adopt/writeMappings.ts";
import { expectText } from "../support/expectText.ts";
import { parseFixture } from "../support/fixture.ts";
import { afterwards, writtenOf } from "./support.ts";

const PROJECT = `
#- /accessmap.yaml
version: 1
project: acme
directories:
  okta: { type: okta, domain: acme.okta.com }
  lab: { type: okta, domain: lab.okta.com }
organizations:
  prod: { site: datadoghq.eu, directory: okta, push: { roles: scim, teams: scim } }
  dev: { site: datadoghq.eu, directory: okta, push: { roles: scim, teams: members } }
  far: { site: datadoghq.com, directory: lab, push: { roles: scim, teams: scim } }
`;

function checkDifference(
  files: string,
  expected: string,
  [from, to]: readonly [string, string] = ["prod", "dev"],
): void {
  const { snapshot } = parseFixture(PROJECT + files.replace(/^\n/, ""));
  const reverse = compareOrganizations(snapshot, to, from).groups.length;
  expectText(renderDifference(compareOrganizations(snapshot, from, to), reverse), expected);
}

const UNREAD = `
Not compared:
  no roles of prod were compared: it was not read
  no roles of dev were compared: it was not read`;

describe("what one gives and the other does not", () => {
  test("by group, with the place that gives it for longest", () =>
    checkDifference(
      `
#- /prod.accessmap.yaml
organization: prod
bundles:
  ops: { roles: [SRE], teams: [sre] }
mappings:
  - group: dd-sre
    bundles: [ops]
  - group: dd-web
    roles: [Engineer]
    until: 2027-01-31
  - group: dd-web
    roles: [Engineer]
    until: 2027-06-30
  - group: dd-old
    roles: [Engineer]
    until: 2020-01-01
#- /dev.accessmap.yaml
organization: dev
mappings:
  - group: dd-sre
    roles: [SRE]
  - group: dd-only-here
    roles: [SRE]
`,
      `
The mappings of prod give 2 groups what those of dev do not:

dd-sre
  + team sre  prod.accessmap.yaml:5

dd-web
  + role Engineer  prod.accessmap.yaml:10, until 2027-06-30
${UNREAD}

The other way round: 1 group holds more in dev (accessmap diff dev prod).
`,
    ));

  test("is nothing when they give the same", () =>
    checkDifference(
      `
#- /prod.accessmap.yaml
organization: prod
mappings: [{ group: dd-sre, roles: [SRE] }]
#- /dev.accessmap.yaml
organization: dev
mappings: [{ group: { directory: okta, name: dd-sre }, roles: [SRE] }]
`,
      `The mappings of prod give nothing that those of dev do not.\n${UNREAD}`,
    ));

  test("groups of each organization's own directory are the same by name, each is itself, others are told apart", () =>
    checkDifference(
      `
#- /prod.accessmap.yaml
organization: prod
mappings:
  - group: dd-sre
    roles: [SRE]
  - group: { directory: lab, name: dd-lab }
    roles: [SRE]
  - group: { directory: lab, name: dd-other }
    roles: [SRE]
#- /far.accessmap.yaml
organization: far
mappings:
  - group: dd-sre
    roles: [SRE]
  - group: dd-lab
    roles: [SRE]
  - group: { directory: okta, name: dd-other }
    roles: [SRE]
`,
      `
The mappings of prod give 1 group what those of far do not:

dd-other (lab)
  + role SRE  prod.accessmap.yaml:7

Not compared:
  no roles of prod were compared: it was not read
  no roles of far were compared: it was not read

The other way round: 1 group holds more in far (accessmap diff far prod).
`,
      ["prod", "far"],
    ));

  test("roles and teams that are not there, ended grants, ids without a name", () =>
    checkDifference(
      `
#- /prod.accessmap.yaml
organization: prod
mappings:
  - group: { id: group-dd-a }
    roles: [{ id: role-sre }, Twin, { id: lost }]
    teams: [web, app]
  - group: { id: nobody }
    bundles: [gone]
    roles: [Engineer]
#- /dev.accessmap.yaml
organization: dev
mappings:
  - group: nobody
    roles: [Engineer]
    until: 2020-01-01
#- live okta
groups: [dd-a]
#- live prod
roles: [SRE, Twin, Engineer]
#- live dev
roles: [{ name: Twin }, { name: Twin, id: twin-2 }, Engineer]
teams: [app]
`,
      `
The mappings of prod give 2 groups what those of dev do not:

dd-a
  + role SRE  prod.accessmap.yaml:3; dev has no role of this name
  + role Twin  prod.accessmap.yaml:3; dev has several roles of this name
  + team app  prod.accessmap.yaml:3
  + team web  prod.accessmap.yaml:3; dev has no team of this handle

nobody
  + role Engineer  prod.accessmap.yaml:6; it ended in dev on 2020-01-01: dev.accessmap.yaml:3

Not compared:
  role lost of prod is known by its id alone (prod.accessmap.yaml:3)
  bundle "gone" does not exist, so nobody knows what it gives (prod.accessmap.yaml:6)
`,
    ));

  test("roles of one name that permit different things, as far as they are known", () =>
    checkDifference(
      `
#- live prod
roles:
  - { name: Same, permissions: [logs_read_data] }
  - { name: Wider, permissions: [logs_read_data, logs_delete_data] }
  - { name: Other, permissions: [logs_read_data] }
  - { name: Blurred, permissions: [], unresolved: 1 }
  - { name: Here, permissions: [logs_read_data] }
#- live dev incomplete a page is missing
roles:
  - { name: Same, permissions: [logs_read_data] }
  - { name: Wider, permissions: [logs_read_data] }
  - { name: Other, permissions: [billing_edit] }
  - { name: Blurred, permissions: [billing_edit] }
`,
      `
The mappings of prod give nothing that those of dev do not.

Roles of one name that permit different things:
  Other
    only in prod: logs_read_data
    only in dev: billing_edit
  Wider
    only in prod: logs_delete_data

Not compared:
  not all roles of dev were compared: a page is missing
  role Blurred was not compared: not all of what it permits is known
`,
    ));
});

/** Promotes prod to dev, and again: then nothing may be left but what is held back. */
function checkPromotion(files: string, expected: string, groups?: readonly string[]): readonly string[] {
  const { snapshot } = parseFixture(PROJECT + files.replace(/^\n/, ""));
  const { proposal, heldBack } = promote(snapshot, compareOrganizations(snapshot, "prod", "dev"), groups);
  const written = writtenOf(writeMappings(snapshot, proposal, { withNotes: false }));
  expectText(written.changes.map(({ file, after }) => `#- /${file}\n${after}`).join(""), expected);
  const after = afterwards(snapshot, written);
  const again = promote(after, compareOrganizations(after, "prod", "dev"), groups);
  expect(again.proposal.mappings.flatMap(({ roles, teams }) => [...roles, ...teams])).toEqual([]);
  expect(again.heldBack).toEqual(heldBack);
  return heldBack;
}

const PROD = `
#- /prod.accessmap.yaml
organization: prod
owner: lead@acme.com
mappings:
  - group: dd-sre
    roles: [SRE, Engineer]
    reason: On call
    allow:
      - { rule: priv/destructive, reason: because }
  - group: dd-sre
    roles: [Log Admin]
    until: 2027-01-31
    owner: ana@acme.com
  - group: dd-web
    teams: [web]
`;

describe("promotion", () => {
  test("makes entries with reason, owner and end, and takes no suppression along", () =>
    void checkPromotion(
      PROD,
      `
#- /access/dev.accessmap.yaml
organization: dev
mappings:
  - group: dd-sre
    roles: [Engineer, SRE]
    reason: On call
    owner: lead@acme.com
  - group: dd-sre
    roles: [Log Admin]
    owner: ana@acme.com
    until: 2027-01-31
  - group: dd-web
    teams: [web]
    owner: lead@acme.com
`,
    ));

  test("of some groups alone", () =>
    void checkPromotion(
      PROD,
      "#- /access/dev.accessmap.yaml\norganization: dev\nmappings:\n  - group: dd-web\n    teams: [web]\n    owner: lead@acme.com\n",
      ["dd-web"],
    ));

  test("makes entries longer that end on the same day, and none that end on another", () =>
    void checkPromotion(
      `${PROD}#- /dev.accessmap.yaml
organization: dev
mappings:
  # theirs
  - group: dd-sre
    roles: [SRE] # one
    owner: them@acme.com
  - group: dd-web
    until: 2026-12-31
`,
      `
#- /access/dev.accessmap.yaml
organization: dev
mappings:
  - group: dd-sre
    roles: [Log Admin]
    owner: ana@acme.com
    until: 2027-01-31
  - group: dd-web
    teams: [web]
    owner: lead@acme.com
#- /dev.accessmap.yaml
organization: dev
mappings:
  # theirs
  - group: dd-sre
    roles: [SRE, Engineer] # one
    owner: them@acme.com
  - group: dd-web
    until: 2026-12-31
`,
    ));

  test("holds back what the other organization does not have, and what ended there", () => {
    const heldBack = checkPromotion(
      `${PROD}#- /dev.accessmap.yaml
organization: dev
mappings:
  - group: dd-sre
    roles: [Engineer]
    until: 2020-01-01
#- live dev
roles: [Engineer, Log Admin]
teams: [web]
`,
      `
#- /access/dev.accessmap.yaml
organization: dev
mappings:
  - group: dd-sre
    roles: [Log Admin]
    owner: ana@acme.com
    until: 2027-01-31
  - group: dd-web
    teams: [web]
    owner: lead@acme.com
`,
    );
    expect(heldBack).toEqual([
      "dd-sre: role Engineer: it ended in dev on 2020-01-01: dev.accessmap.yaml:3",
      "dd-sre: role SRE: dev has no role of this name",
    ]);
  });
});

test("as data it names places and no objects of ours", () => {
  const { snapshot } = parseFixture(PROJECT + PROD.replace(/^\n/, ""));
  const { groups } = JSON.parse(differenceToJson(compareOrganizations(snapshot, "prod", "dev")));
  expect(groups[0]).toEqual({
    group: "dd-sre",
    by: "name",
    lacking: [
      { kind: "role", name: "Engineer", file: "prod.accessmap.yaml", line: 4 },
      { kind: "role", name: "Log Admin", file: "prod.accessmap.yaml", line: 9, until: "2027-01-31" },
      { kind: "role", name: "SRE", file: "prod.accessmap.yaml", line: 4 },
    ],
  });
});
