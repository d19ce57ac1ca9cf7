/** Groups that a directory does not have. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";
import { projectWith } from "../../support/fixture.ts";

const MISSPELT = `
#- /a.accessmap.yaml
mappings:
  # on-call of production
  - group: "dd-ser"
    #      ^^^^^^^^ error ref/unknown-group: "okta" has no group "dd-ser", so nobody gets anything here; did you mean "dd-sre"? [fix]
    teams: [] # none yet
  - group: dd-sre
#- live okta
groups: [dd-sre, dd-finance]
`;

test("a complete read proves that the group does not exist", () => checkProblems(MISSPELT));

test("the near name is offered in the quotes that were there", () =>
  checkFix(
    MISSPELT,
    'Change to "dd-sre"',
    `
mappings:
  # on-call of production
  - group: "dd-sre"
    teams: [] # none yet
  - group: dd-sre
`,
  ));

test("the mapping can be removed, its neighbours and comments stay", () =>
  checkFix(
    MISSPELT,
    "Remove this mapping",
    `
mappings:
  # on-call of production
  - group: dd-sre
`,
  ));

test("nothing near: the way out is said", () =>
  checkProblems(`
#- /a.accessmap.yaml
mappings:
  - group: { directory: okta, id: 00g-gone }
    #                             ^^^^^^^^ error ref/unknown-group: "okta" has no group with the id "00g-gone", so nobody gets anything here; correct the id or remove the mapping [fix]
  - group: elsewhere
    #      ^^^^^^^^^ error ref/unknown-group: "okta" has no group "elsewhere", so nobody gets anything here; correct the name or remove the mapping [fix]
#- live okta
groups: [dd-sre]
`));

test("an unreachable directory, an incomplete listing and a directory never read prove nothing", () => {
  const file = "#- /a.accessmap.yaml\nmappings:\n  - group: dd-ser\n";
  checkProblems(file);
  checkProblems(`${file}#- live okta unreachable timeout\n`);
  checkProblems(`${file}#- live okta incomplete page 2 is missing\ngroups: [dd-sre]\n`);
});

const FILTERED = `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com, groups: "dd-*" } }
organizations: { prod: { site: datadoghq.eu } }
#- /a.accessmap.yaml
mappings:
  - group: finance
`;

test("a name outside the filter is absent once it was looked up", () => {
  checkProblems(`${FILTERED}#- live okta\ngroups: [dd-sre]\n`);
  checkProblems(
    `${FILTERED}    #      ^^^^^^^ error ref/unknown-group\n#- live okta\ngroups: [dd-sre]\nabsent: [finance]\n`,
  );
});

const expecting = (subject: string, live: string) => `
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
expect:
  - { ${subject}, cannot: [logs_delete_data] }
${live}`;
const OKTA = "#- live okta\ngroups: [dd-sre, dd-finance]\n";

test("an expectation of a group that is nowhere tests nothing", () => {
  checkProblems(
    expecting(
      "group: dd-ser",
      `    #        ^^^^^^ error ref/unknown-group: "okta" has no group "dd-ser", so this expectation tests nothing; did you mean "dd-sre"? [fix]\n${OKTA}`,
    ),
  );
  checkProblems(
    expecting(
      "members: dd-elsewhere-and-far",
      `    #          ^^^^^^^^^^^^^^^^^^^^ error ref/unknown-group: "okta" has no group "dd-elsewhere-and-far", so this expectation tests nothing; correct the name or remove it\n${OKTA}`,
    ),
  );
});

test("one that exists, by name or id, mapped or not; one of a directory that was not read", () => {
  checkProblems(expecting("group: dd-finance", OKTA));
  checkProblems(expecting("group: group-dd-finance", OKTA));
  checkProblems(expecting("group: dd-ser", OKTA.replace("okta", "okta incomplete cut")));
  checkProblems(expecting("group: dd-ser", ""));
  const two = projectWith("{}").replace("  okta:", "  hr: { type: scim, url: https://hr.example/scim/v2 }\n  okta:");
  checkProblems(two + expecting("group: dd-ser", OKTA), { only: ["ref/unknown-group"] });
  checkProblems(
    two +
      expecting(
        "group: dd-ser",
        `    #        ^^^^^^ error ref/unknown-group: No directory has a group "dd-ser", so this expectation tests nothing; did you mean "dd-sre"? [fix]\n${OKTA}#- live hr\ngroups: []\n`,
      ),
    { only: ["ref/unknown-group"] },
  );
});
