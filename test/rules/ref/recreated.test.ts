/** Names that came back with another thing behind them. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

test("another id than was reviewed", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    #      ^^^^^^ error ref/recreated: "dd-sre" in "okta" is another group than the one that was reviewed; look at it, then run \`accessmap review\`
    roles: [SRE, { name: SRE, id: r2 }]
    #       ^^^ error ref/recreated: "SRE" in "prod" is another role than the one that was reviewed (gained user_access_manage (critical), lost apm_read); look at it, then run \`accessmap review\`
    teams: [sre]
    #       ^^^ error ref/recreated
#- lock
organizations: { prod: { roles: { SRE: { id: r1, permissions: [apm_read] } }, teams: { sre: t1 } } }
groups: { okta: { dd-sre: g1 } }
#- live okta
groups: [{ name: dd-sre, id: g2 }]
#- live datadog
roles: [{ name: SRE, id: r2, permissions: [user_access_manage] }]
teams: [{ handle: sre, id: t2 }]
`,
    { only: ["ref/recreated"] },
  ));

test("the same id, and names that the lock does not know, are not reported", () =>
  checkProblems(`
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
  - group: dd-new
#- lock
groups: { okta: { dd-sre: group-dd-sre } }
#- live okta
groups: [dd-sre, dd-new]
`));

test("what could not be looked up is not judged", () =>
  checkProblems(`
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
#- lock
groups: { okta: { dd-sre: g1 } }
#- live okta unreachable timeout
`));
