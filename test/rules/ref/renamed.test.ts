/** Names that the lock knows and that have changed. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const FIXTURE = `
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    #      ^^^^^^ warning ref/renamed: The group "dd-sre" is called "dd-sre-eu" in "okta" now; write the new name and run \`accessmap lock\` [fix]
    roles: [SRE]
    #       ^^^ warning ref/renamed [fix]
    teams: [sre]
    #       ^^^ warning ref/renamed [fix]
#- lock
organizations: { prod: { roles: { SRE: r1 }, teams: { sre: t1 } } }
groups: { okta: { dd-sre: g1 } }
#- live okta
groups: [{ name: dd-sre-eu, id: g1 }]
#- live datadog
roles: [{ name: Reliability, id: r1 }]
teams: [{ handle: reliability, id: t1 }]
`;

test("the id tells that it is the same thing, so nothing is unknown", () => checkProblems(FIXTURE));

test("the new name is offered", () =>
  checkFix(
    FIXTURE,
    'Change to "dd-sre-eu"',
    `
mappings:
  - group: dd-sre-eu
    roles: [SRE]
    teams: [sre]
`,
  ));

test("a pinned thing that is gone is unknown, one that is still there is not renamed", () =>
  checkProblems(`
#- /a.accessmap.yaml
mappings:
  - group: dd-gone
    #      ^^^^^^^ error ref/unknown-group [fix]
  - group: dd-sre
#- lock
groups: { okta: { dd-gone: g0, dd-sre: g1 } }
#- live okta
groups: [{ name: dd-sre, id: g1 }]
`));

test("an incomplete listing proves no rename", () =>
  checkProblems(`
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
#- lock
groups: { okta: { dd-sre: g1 } }
#- live okta incomplete page 2 is missing
groups: [{ name: dd-sre-eu, id: g1 }]
`));
