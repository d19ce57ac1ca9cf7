/** Directories that accessmap.yaml does not have. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const FIXTURE = `
#- /accessmap.yaml
version: 1
project: acme
directories:
  okta: { type: okta, domain: acme.okta.com }
  google: { type: google, customer: C01, admin: reader@acme.com }
organizations:
  prod: { site: datadoghq.eu, directory: octa }
  #                                      ^^^^ error ref/unknown-directory: accessmap.yaml has no directory "octa"; did you mean "okta"? [fix]
  lab: { site: datadoghq.com }
#- /a.accessmap.yaml
organization: lab
mappings:
  - group: { directory: gogle, name: dd-finance }
    #                   ^^^^^ error ref/unknown-directory: accessmap.yaml has no directory "gogle"; did you mean "google"? [fix]
  - group: dd-sre
    #      ^^^^^^ error ref/unknown-directory: "dd-sre" could be in any of "okta" and "google"; name one in "group" or at the organization
  - group: { directory: google, name: dd-sre }
`;

test("in files and in the project", () => checkProblems(FIXTURE));

test("the near name is offered", () =>
  checkFix(
    FIXTURE,
    'Change to "google"',
    `
organization: lab
mappings:
  - group: { directory: google, name: dd-finance }
  - group: dd-sre
  - group: { directory: google, name: dd-sre }
`,
  ));

test("a directory whose entry is broken is not unknown besides", () =>
  checkProblems(`
#- /accessmap.yaml
version: 1
project: acme
directories:
  okta: { type: okta }
  #       ^^^^ error schema/missing
organizations:
  prod: { site: datadoghq.eu, directory: okta }
#- /a.accessmap.yaml
mappings:
  - group: { directory: okta, name: x }
`));
