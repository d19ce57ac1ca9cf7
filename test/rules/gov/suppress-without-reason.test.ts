/** Suppressions that cannot be judged again. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const FIXTURE = `
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    allow:
      - { rule: priv/destructive }
      #         ^^^^^^^^^^^^^^^^ warning gov/suppress-without-reason: The suppression of priv/destructive has no reason and no end; add both [fix]
      - rule: priv/limit-exceeded # known
        #     ^^^^^^^^^^^^^^^^^^^ warning gov/suppress-without-reason: The suppression of priv/limit-exceeded has no end; add it [fix]
        reason: small team
      - { rule: hyg/duplicate, reason: moving, until: 2027-01-31 }
#- now 2026-11-23
`;

test("reason and end, each", () => checkProblems(FIXTURE));

test("the reason is added between braces", () =>
  checkFix(
    FIXTURE,
    'Add "reason"',
    FIXTURE.slice(FIXTURE.indexOf("mappings"), FIXTURE.indexOf("#- now"))
      .replace(/ +# +\^.*\n/g, "")
      .replace("{ rule: priv/destructive }", "{ rule: priv/destructive, reason:  }"),
  ));

test("the end is added below", () =>
  checkFix(
    `
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    allow:
      - rule: priv/limit-exceeded # known
        reason: small team
    teams: []
#- now 2026-11-23
`,
    'Add "until: 2027-02-21"',
    `
mappings:
  - group: dd-sre
    allow:
      - rule: priv/limit-exceeded # known
        reason: small team
        until: 2027-02-21
    teams: []
`,
  ));

test("nothing live is asked, and one that has ended is another finding", () =>
  checkProblems(
    "#- /a.accessmap.yaml\nmappings:\n  - { group: x, allow: [{ rule: priv/destructive, until: 2026-01-31 }] }\n#- live datadog unreachable timeout\n",
    { only: ["gov/suppress-without-reason"] },
  ));
