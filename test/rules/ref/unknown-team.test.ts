/** Teams that an organization does not have. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const project = (push: string) => `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu, push: { teams: ${push} } } }
`;

const MISSPELT = `${project("members")}
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    teams: [platfrom, sre, brand-new]
    #       ^^^^^^^^ error ref/unknown-team: "prod" has no team "platfrom"; did you mean "platform"? [fix]
    #                      ^^^^^^^^^ error ref/unknown-team: "prod" has no team "brand-new"; correct the handle or create the team in Datadog [fix]
#- live datadog
teams: [platform, sre]
`;

test("a complete read proves that the team does not exist", () => checkProblems(MISSPELT));

test("the near handle is offered", () =>
  checkFix(
    MISSPELT,
    'Change to "platform"',
    `
mappings:
  - group: dd-sre
    teams: [platform, sre, brand-new]
`,
  ));

test("the item can be removed", () =>
  checkFix(
    MISSPELT,
    "Remove this team",
    `
mappings:
  - group: dd-sre
    teams: [sre, brand-new]
`,
  ));

test("a push through SCIM creates teams, so only what looks misspelt is reported", () =>
  checkProblems(`${project("scim")}
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    teams: [platfrom, brand-new]
    #       ^^^^^^^^ error ref/unknown-team: "prod" has no team "platfrom", and a push would create it; did you mean "platform"? [fix]
#- live datadog
teams: [platform]
`));

const UPPER = `${project("scim")}
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    teams: [Brand-New]
    #       ^^^^^^^^^ error ref/unknown-team: "prod" has no team "Brand-New", and one that a push creates has the handle "brand-new"; write it that way [fix]
#- live datadog
teams: [platform]
`;

test("a push creates no team under another handle than is written", () => {
  checkProblems(UPPER);
  checkFix(UPPER, 'Change to "brand-new"', "mappings:\n  - group: dd-sre\n    teams: [brand-new]\n");
});

test("teams that could not be read prove nothing", () =>
  checkProblems(`${project("members")}
#- /a.accessmap.yaml
mappings:
  - { group: dd-sre, teams: [platfrom] }
#- live datadog
unread: [teams]
`));

const LINKED = `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod:
    site: datadoghq.eu
    push: { teams: scim }
    linked:
      teams:
        platfrom: [Datadog Read Only Role]
        #^^^^^^^ error ref/unknown-team: "prod" has no team "platfrom"; did you mean "platform"? [fix]
        sre: [Datadog Read Only Role]
#- live prod
teams: [platform, sre]
`;

test("a link is declared for a team that exists, whatever a push would create", () => {
  const only = { only: ["ref/unknown-team"] };
  checkProblems(LINKED, only);
  checkFix(
    LINKED,
    'Change to "platform"',
    LINKED.replace(/\n.*#\^.*/, "")
      .replace("platfrom", "platform")
      .replace(/#- live.*/s, "")
      .replace(/\n#- .*\n/, ""),
    only,
  );
});
