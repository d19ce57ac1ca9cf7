/** The same grant twice on different terms. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

test("two ends for one grant, at the later place", () =>
  checkProblems(`
#- /a.accessmap.yaml
mappings:
  - { group: dd-sre, roles: [SRE] }
#- /b.accessmap.yaml
mappings:
  - group: dd-sre
    roles: [SRE]
    #       ^^^ error hyg/contradiction: "dd-sre" gets the role "SRE" twice on different terms: no end there, until 2027-06-30 here. Decide on one and remove the other
    until: 2027-06-30
`));

test("two owners for one grant", () =>
  checkProblems(`
#- /a.accessmap.yaml
owner: ana@acme.com
mappings:
  - { group: dd-sre, teams: [sre] }
#- /b.accessmap.yaml
owner: bob@acme.com
mappings:
  - { group: dd-sre, teams: [sre] }
  #                          ^^^ error hyg/contradiction: "dd-sre" gets the team "sre" twice on different terms: the owners differ. Decide on one and remove the other
`));

test("a bundle that is defined twice differently", () =>
  checkProblems(`
#- /a.accessmap.yaml
bundles: { base: { teams: [a] } }
mappings: []
#- /b.accessmap.yaml
bundles: { base: { teams: [b] } }
#          ^^^^ error hyg/contradiction: Bundle "base" is defined twice with different content, and only the first one counts; rename or remove this one
mappings: []
`));

test("reasons are prose, and what has ended contradicts nothing", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
mappings:
  - { group: dd-sre, roles: [SRE], reason: on call }
  - { group: dd-sre, roles: [SRE], reason: at night }
  - { group: dd-sre, roles: [SRE], until: 2026-01-31 }
`,
    { only: ["hyg/contradiction"] },
  ));

test("a group by id is another one as long as its name is not known", () =>
  checkProblems(`
#- /a.accessmap.yaml
mappings:
  - { group: dd-sre, roles: [SRE] }
  - { group: { id: g1 }, roles: [SRE], until: 2027-06-30 }
#- live okta unreachable timeout
`));
