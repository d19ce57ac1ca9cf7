/** An import into files that are there: what they say stays as it stands, entries grow, new ones go behind the last. */

import { expect, test } from "vitest";
import { proposeFromLive } from "../../server/src/core/adopt/fromLive.ts";
import type { Proposal } from "../../server/src/core/adopt/proposal.ts";
import { writeMappings } from "../../server/src/core/adopt/writeMappings.ts";
import { parseFixture } from "../support/fixture.ts";
import { checkImport, proposalOf } from "./support.ts";

/** dd-a holds SRE and is in sre, dd-b holds Engineer. */
const LIVE = `
#- live okta
groups: [{ name: dd-a, members: [] }, { name: dd-b, members: [] }]
#- live datadog
switches: { roleMapping: true, teamSource: saml_only }
roles: [SRE, Engineer]
teams: [sre]
mappings: [{ group: dd-a, role: SRE }, { group: dd-a, team: sre }, { group: dd-b, role: Engineer }]
`;

const CASES: readonly (readonly [string, string, string])[] = [
  [
    "comments, order and layout stay",
    `
#- /access/prod.accessmap.yaml
# Ours.
owner: lead@acme.com   # who answers
organization: prod

mappings:
  # The second group comes first, for a reason.
  - group: dd-b # web
    reason: because
    roles: # today
      - Standard # for now
  - { group: dd-a, roles: [ SRE ] }
# The end.
`,
    `
# Ours.
owner: lead@acme.com   # who answers
organization: prod

mappings:
  # The second group comes first, for a reason.
  - group: dd-b # web
    reason: because
    roles: # today
      - Standard # for now
      - Engineer
  - { group: dd-a, roles: [ SRE ], teams: [sre] }
# The end.
`,
  ],
  [
    "entries in other files grow where they stand; new ones go to the organization's file",
    `
#- /teams/a.accessmap.yaml
mappings:
  - group: dd-a
    teams: [sre]
`,
    `
organization: prod
mappings:
  - group: dd-b
    roles: [Engineer]
#- /teams/a.accessmap.yaml
mappings:
  - group: dd-a
    roles: [SRE]
    teams: [sre]
`,
  ],
  [
    "what a bundle gives, or gave until it ended, is said already",
    `
#- /a.accessmap.yaml
bundles:
  ops: { roles: [SRE], teams: [sre] }
mappings:
  - group: dd-a
    bundles: [ops]
  - group: dd-b
    roles: [Engineer]
    until: 2020-01-01
`,
    "",
  ],
  [
    "an entry that ends grows no grant that does not",
    `
#- /access/prod.accessmap.yaml
mappings:
  - group: dd-b
    roles: [SRE]
    until: 2027-01-31
  - group: dd-a
    roles: [SRE]
    teams: [sre]
`,
    `
mappings:
  - group: dd-b
    roles: [SRE]
    until: 2027-01-31
  - group: dd-a
    roles: [SRE]
    teams: [sre]
  - group: dd-b
    roles: [Engineer]
`,
  ],
  [
    "a group by id, a role by id",
    `
#- /access/prod.accessmap.yaml
mappings:
  - group: { directory: okta, id: group-dd-a }
    roles: [{ id: role-sre }]
  - group: { name: dd-b }
    roles: [Engineer]
`,
    `
mappings:
  - group: { directory: okta, id: group-dd-a }
    roles: [{ id: role-sre }]
    teams: [sre]
  - group: { name: dd-b }
    roles: [Engineer]
`,
  ],
  [
    "a list that is an alias is left alone",
    `
#- /access/prod.accessmap.yaml
mappings:
  - group: dd-x
    roles: &usual [Standard]
  - group: dd-b
    roles: *usual
  - group: dd-a
    roles: [SRE]
    teams: [sre]
`,
    `
mappings:
  - group: dd-x
    roles: &usual [Standard]
  - group: dd-b
    roles: *usual
  - group: dd-a
    roles: [SRE]
    teams: [sre]
  - group: dd-b
    roles: [Engineer]
`,
  ],
];

test.each(CASES)("%s", (_, files, expected) =>
  checkImport(`${files.trimEnd()}${LIVE}`, expected, { withNotes: false }),
);

test("new entries go into another folder when told so", () =>
  checkImport(
    LIVE,
    `
#- /teams/imported/prod.accessmap.yaml
organization: prod
mappings:
  - group: dd-a
    roles: [SRE]
    teams: [sre]
  - group: dd-b
    roles: [Engineer]
`,
    { folder: "teams/imported" },
  ));

test("notes of an earlier import are replaced where they stand, and go when nothing is left to say", () => {
  const noted = (notes: string) => `
#- /access/prod.accessmap.yaml
mappings: []

# What \`accessmap import\` could not explain. Each import writes these lines anew.
#
${notes}# End of what could not be explained.

expect:
  - { group: dd-a, can: [apm_read] }
`;
  const live = (roles: string) => `
#- live okta
groups: []
#- live datadog
roles: [SRE]
accounts: [{ login: ana, roles: [${roles}] }]
`;
  const said = "# role SRE: 1 person has it by hand, and no group explains most of them: ana@acme.com.\n";
  checkImport(
    `${noted("# role SRE: something else.\n").trimEnd()}${live("SRE")}`,
    noted(said).replace(/^.*\n.*\n/, ""),
  );
  checkImport(
    `${noted(said).trimEnd()}${live("")}`,
    "mappings: []\n\n\nexpect:\n  - { group: dd-a, can: [apm_read] }",
    { isFormatted: false },
  );
});

test.each([
  [
    "the organization's file is another one's",
    `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu, directory: okta }, dev: { site: datadoghq.eu } }
#- /access/prod.accessmap.yaml
organization: dev
mappings: []`,
    /access\/prod\.accessmap\.yaml holds mappings of dev; name another folder/,
  ],
  [
    "it writes its mappings between brackets",
    "\n#- /access/prod.accessmap.yaml\nmappings: [{ group: x }]",
    /between brackets/,
  ],
])("nothing is written when %s", (_, files, said) => {
  const { snapshot } = parseFixture(`${files}${LIVE.replace("live datadog", "live prod")}`);
  const proposal = proposalOf(proposeFromLive(snapshot, "prod", { people: "names" }));
  expect(writeMappings(snapshot, proposal, { withNotes: true })).toEqual({ problem: expect.stringMatching(said) });
});

test("a thousand groups over a file of ten thousand entries", () => {
  const entries = Array.from({ length: 10_000 }, (_, at) => `  - group: dd-${at}\n    roles: [SRE]\n`).join("");
  const { snapshot } = parseFixture(
    `\n#- /access/prod.accessmap.yaml\nmappings:\n${entries}#- live datadog\nroles: [SRE]\n`,
  );
  const proposal: Proposal = {
    organization: "prod",
    notes: [],
    mappings: Array.from({ length: 1000 }, (_, at) => ({
      group: { directory: "okta", by: "name", text: `dd-${at * 11}` },
      roles: [{ name: "Engineer" }],
      teams: [],
      comments: [],
    })),
  };
  expect(writeMappings(snapshot, proposal, { withNotes: false })).toMatchObject({ added: 90, extended: 910 });
});
