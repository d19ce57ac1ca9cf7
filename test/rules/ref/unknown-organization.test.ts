/** Organizations that accessmap.yaml does not have. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const PROJECT = `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu, directory: okta }, lab: { site: datadoghq.com, directory: okta } }
`;

const MISSPELT = `${PROJECT}
#- /a.accessmap.yaml
organization: prodd
#^^^^^^^^^^^^ error schema/none
mappings: []
`.replace(
  /#\^.*\n/,
  '#             ^^^^^ error ref/unknown-organization: accessmap.yaml has no organization "prodd"; did you mean "prod"? [fix]\n',
);

test("the name is unknown", () => checkProblems(MISSPELT));

test("the near name is offered", () => checkFix(MISSPELT, 'Change to "prod"', "organization: prod\nmappings: []"));

const SILENT = `${PROJECT}
#- /a.accessmap.yaml
# who gets what
mappings:
  - group: dd-sre
    #      ^^^^^^ error ref/unknown-organization: This file does not say which organization it is for: "prod" and "lab"; add "organization" [fix]
`;

test("with several organizations a file must say which it is for", () => checkProblems(SILENT));

test("one can be chosen", () =>
  checkFix(SILENT, 'Add "organization: lab"', "# who gets what\norganization: lab\nmappings:\n  - group: dd-sre"));

test("a project's only organization need not be named, and bundles need none", () => {
  checkProblems("#- /a.accessmap.yaml\nmappings:\n  - group: dd-sre\n");
  checkProblems(`${PROJECT}#- /a.accessmap.yaml\nbundles: { base: {} }\nmappings: []\n`);
});

test("an organization whose entry is broken is not unknown besides", () =>
  checkProblems(`
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: nowhere.example }
  #             ^^^^^^^^^^^^^^^ error schema/wrong-type
#- /a.accessmap.yaml
organization: prod
mappings: []
`));

test("an override of the policy names one too", () =>
  checkProblems(
    `${PROJECT}policy:
  overrides: [{ rules: [exp/*], organizations: [lab, labs], severity: off }]
  #                                                  ^^^^ error ref/unknown-organization: accessmap.yaml has no organization "labs"; did you mean "lab"? [fix]
`,
    { only: ["ref/unknown-organization"] },
  ));
