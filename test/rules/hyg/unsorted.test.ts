/** Keys out of order. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const FIXTURE = `
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    #      ^^^^^^ info hyg/unsorted: The keys of this mapping are not in the usual order; format the file [fix]
    until: 2027-01-31
    # Nights and weekends.
    roles: [SRE] # on call
`;

test("an end before the roles", () => checkProblems(FIXTURE));

test("comments move along", () =>
  checkFix(
    FIXTURE,
    "Put the keys in order",
    `
mappings:
  - group: dd-sre
    # Nights and weekends.
    roles: [SRE] # on call
    until: 2027-01-31
`,
  ));

const BRACES = `
#- /a.accessmap.yaml
mappings:
  - { group: dd-b, until: 2027-01-31, roles: [SRE] } # for now
  #          ^^^^ info hyg/unsorted [fix]
`;

test("in braces on one line", () => checkProblems(BRACES));

test("words move within braces", () =>
  checkFix(
    BRACES,
    "Put the keys in order",
    "mappings:\n  - { group: dd-b, roles: [SRE], until: 2027-01-31 } # for now\n",
  ));

test("in order, in braces over several lines, doubtful, or shared through an alias", () =>
  checkProblems(`
#- /a.accessmap.yaml
bundles:
  one: { roles: &all [SRE] }
mappings:
  - group: dd-a
    bundles: [one]
    roles: [Other]
    teams: [sre]
    reason: x
    owner: y
    until: 2027-01-31
  - { group: dd-b, until: 2027-01-31,
      roles: [SRE] }
  - group: dd-c
    until: 2027-01-31

    roles: [SRE]
  - group: dd-d
    teams: [sre]
    reason: z
  - group: dd-e
    roles: *all
`));
